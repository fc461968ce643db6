"""What is refused at `/fhir` and nowhere else."""

from typing import ClassVar

from providers.errors import GenvejError
from providers.words import N_


class FormatUnknown(GenvejError):
    code: ClassVar[str] = "format_unknown"
    message: ClassVar[str] = N_("FHIR tales her kun som JSON i version 4.0: application/fhir+json.")


class ResourceUnknown(GenvejError):
    """Nothing of that number is shown: it never was, or it cannot be booked any more."""

    code: ClassVar[str] = "resource_unknown"
    message: ClassVar[str] = N_("Der er ikke noget med det nummer, som kan bookes nu.")


class TooMuchToCount(GenvejError):
    """`details["most"]` is how far we count."""

    code: ClassVar[str] = "too_much_to_count"
    message: ClassVar[str] = N_("Der er flere end %(most)s. Søg efter noget mere bestemt, så tæller vi dem.")
