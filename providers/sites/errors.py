"""What is wrong with what was typed about a site or somebody on its staff.

SiteUnknown → 404; FactsUnreadable holds the others of a site, PersonUnreadable those of a person, each by its field.
"""

from collections.abc import Mapping
from typing import ClassVar

from providers.errors import GenvejError
from providers.words import N_


class SiteUnknown(GenvejError):
    code: ClassVar[str] = "site_unknown"
    message: ClassVar[str] = N_("Stedet findes ikke.")


class FactsUnreadable(GenvejError):
    """Nothing is kept; `by_field` says what to do about each field."""

    code: ClassVar[str] = "facts_unreadable"
    message: ClassVar[str] = N_("Noget skal rettes, før det kan gemmes.")

    def __init__(self, by_field: Mapping[str, GenvejError]) -> None:
        super().__init__()
        self.by_field = dict(by_field)


class SiteNameMissing(GenvejError):
    code: ClassVar[str] = "site_name_missing"
    message: ClassVar[str] = N_("Skriv stedets navn, højst 120 tegn.")


class StreetMissing(GenvejError):
    code: ClassVar[str] = "street_missing"
    message: ClassVar[str] = N_("Skriv vej og nummer, højst 120 tegn.")


class PostalCodeUnknown(GenvejError):
    code: ClassVar[str] = "postal_code_unknown"
    message: ClassVar[str] = N_("Skriv et dansk postnummer med fire cifre.")


class CoordinatesUnreadable(GenvejError):
    code: ClassVar[str] = "coordinates_unreadable"
    message: ClassVar[str] = N_(
        "Skriv begge tal i grader, for eksempel 55,6761 og 12,5683, eller lad begge være tomme."
    )


class PointAtSea(GenvejError):
    code: ClassVar[str] = "point_at_sea"
    message: ClassVar[str] = N_(
        "Punktet ligger %(away)s km fra %(place)s. Det er i havet, i udlandet eller ved en anden by. Ret tallene, eller"
        " lad begge være tomme."
    )


class PhoneUnreadable(GenvejError):
    code: ClassVar[str] = "phone_unreadable"
    message: ClassVar[str] = N_("Skriv telefonnummeret med 8 cifre.")


class WebUnreadable(GenvejError):
    code: ClassVar[str] = "web_unreadable"
    message: ClassVar[str] = N_("Skriv hele adressen, for eksempel https://klinikken.dk. Den må højst være 120 tegn.")


class DoorWidthUnreadable(GenvejError):
    code: ClassVar[str] = "door_width_unreadable"
    message: ClassVar[str] = N_("Skriv bredden i hele centimeter, fra 40 til 300.")
    constraint = "site_door_width_reasonable"


class LanguageMissing(GenvejError):
    code: ClassVar[str] = "language_missing"
    message: ClassVar[str] = N_("Vælg mindst ét sprog.")


class ModeMissing(GenvejError):
    code: ClassVar[str] = "mode_missing"
    message: ClassVar[str] = N_("Vælg mindst én måde at træne på.")


class TooLong(GenvejError):
    code: ClassVar[str] = "too_long"
    message: ClassVar[str] = N_("Det er for langt. Skriv højst 120 tegn.")


class ProfessionMissing(GenvejError):
    code: ClassVar[str] = "profession_missing"
    message: ClassVar[str] = N_("Vælg, hvilket fag og hvilken opgave personen har.")


class AuthorisationUnreadable(GenvejError):
    code: ClassVar[str] = "authorisation_unreadable"
    message: ClassVar[str] = N_(
        "Et autorisations-ID er 5 tegn, cifre og konsonanter. Det står i autorisationsregistret."
    )
    constraint = "practitioner_authorisation_form"


class AuthorisationMissing(GenvejError):
    code: ClassVar[str] = "authorisation_missing"
    message: ClassVar[str] = N_("En terapeut skal have et autorisations-ID.")
    constraint = "practitioner_therapist_authorised"


class AlreadyOnStaff(GenvejError):
    code: ClassVar[str] = "already_on_staff"
    message: ClassVar[str] = N_("Der er allerede en på stedet med det autorisations-ID.")
    constraint = "practitioner_once_per_site"
