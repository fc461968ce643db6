"""What a clinic's word about a course may answer; nothing was changed then.

CourseError
├── CourseChanged     somebody else has been at the course since it was shown
├── CourseClosed      it has ended, or is no longer at this clinic
├── NotYet            it cannot have happened: the time lies ahead
├── NoteMissing       words are asked for, and there are none
├── ReasonUnknown     the coded reason is missing, or is not one for this
├── GroundsMissing    another municipality's citizen can be refused on both statutory grounds only
├── OverbookingUnexplained   a seat beyond those that there are, without a reason
├── AgreedTimeMissing day or hour of what was agreed cannot be read
└── ContactImpossible the contact lies ahead, or before the course began
"""

from providers.errors import GenvejError
from providers.words import N_


class CourseError(GenvejError):
    """Nothing was changed."""


class CourseChanged(CourseError):
    """`since`: the number of the last event that the page showed."""

    code = "course_changed"
    message = N_("Forløbet er ændret, mens du havde siden åben. Se, hvad der er sket, og send igen, hvis det passer.")

    def __init__(self, *, since: int = 0) -> None:
        super().__init__(since=since)


class CourseClosed(CourseError):
    code = "course_closed"
    message = N_("Forløbet er slut eller ikke længere hos jer. Der kan ikke skrives mere i det.")


class NotYet(CourseError):
    code = "course_not_yet"
    message = N_("Tiden ligger endnu foran jer. Skriv det, når den er begyndt.")


class NoteMissing(CourseError):
    code = "course_note_missing"
    message = N_("Skriv nogle ord om det.")


class NoteTooLong(NoteMissing):
    code = "course_note_too_long"
    message = N_("Skriv højst 2.000 tegn.")


class ReasonUnknown(CourseError):
    code = "course_reason_unknown"
    message = N_("Vælg en årsag.")


class GroundsMissing(CourseError):
    code = "course_grounds_missing"
    message = N_(
        "En anden kommunes borger kan kun afvises, når begge grunde gælder. Sæt kryds ved begge, eller sig ja."
    )


class OverbookingUnexplained(CourseError):
    code = "course_overbooking_unexplained"
    message = N_("Vælg tiden, og hvorfor den skal overbookes.")


class AgreedTimeMissing(CourseError):
    code = "course_agreed_time_missing"
    message = N_("Skriv den dag og det klokkeslæt, I har aftalt, for eksempel 02.12.2026 og 10.30.")


class ContactImpossible(CourseError):
    code = "course_contact_impossible"
    message = N_("Skriv en dag og et klokkeslæt, der er gået, og som ikke ligger før første kontakt.")
