"""Why somebody is not let in, or not now."""

from collections.abc import Mapping
from typing import ClassVar

from providers.errors import GenvejError
from providers.words import N_


class CodeNeeded(GenvejError):
    code: ClassVar[str] = "code_needed"
    message: ClassVar[str] = N_("Skriv koden fra dit brev for at komme videre.")


class FactorNeeded(GenvejError):
    code: ClassVar[str] = "factor_needed"
    message: ClassVar[str] = N_("Skriv kontrolkoden fra dit brev og din fødselsdato for at komme videre.")


class IdentityNeeded(GenvejError):
    code: ClassVar[str] = "identity_needed"
    message: ClassVar[str] = N_("Log ind med MitID for at se det. Koderne i brevet er ikke nok.")


class PlanNotChosen(GenvejError):
    code: ClassVar[str] = "plan_not_chosen"
    message: ClassVar[str] = N_("Vælg, hvilken plan det gælder.")


class ReadOnly(GenvejError):
    """`details["wait"]` is when to try again, as a timedelta."""

    code: ClassVar[str] = "read_only"
    message: ClassVar[str] = N_(
        "Lige nu kan du se dine muligheder, men ikke vælge, flytte eller aflyse en tid. Prøv igen om lidt, eller ring."
    )


WAYS_IN: Mapping[type[GenvejError], str] = {
    CodeNeeded: "/?mangler=kode",
    IdentityNeeded: "/?mangler=mitid",
    PlanNotChosen: "/mine-planer",
    FactorNeeded: "/bekraeft",
}
"""Where somebody does what is missing."""
