"""What a change of a site's times may answer; nothing was changed then.

CapacityError
├── PatternAcrossMidnight   it ends on another day than it begins
├── PatternWithoutRoom      not one contact fits in
├── PatternOverlaps         the same person or room is at two things at a time
├── PatternUnreadable       a field is missing or is no number of its kind
├── PeriodTurned            it ends before it begins
├── TimeOver                the time is over, or too near to be added
├── PatternUnknown          not one of the site's
└── PlaceUnknown            not one of the provider's
"""

from providers.errors import GenvejError
from providers.words import N_


class CapacityError(GenvejError):
    """Nothing was changed."""


class PatternAcrossMidnight(CapacityError):
    code = "pattern_across_midnight"
    message = N_("Faste tider skal slutte samme dag, som de begynder. Lav to linjer, en for hver dag.")
    constraint = "opening_pattern_within_a_day"


class PatternWithoutRoom(CapacityError):
    code = "pattern_without_room"
    message = N_("Der er ikke plads til en hel tid mellem start og slut. Gør tiden kortere, eller slut senere.")
    constraint = "opening_pattern_has_room"


class PatternOverlaps(CapacityError):
    code = "pattern_overlaps"
    message = N_(
        "De faste tider overlapper andre for den samme terapeut eller det samme lokale. Ret tiderne, eller skriv, hvem "
        "eller hvor det er."
    )
    constraint = "opening_pattern_no_overlap"


class PatternUnreadable(CapacityError):
    code = "pattern_unreadable"
    message = N_("Udfyld dag, klokkeslæt, minutter og pladser med tal, for eksempel 08.30, 12.00, 45 og 1.")
    constraint = "opening_pattern_reasonable"


class PeriodTurned(CapacityError):
    code = "pattern_period_turned"
    message = N_("Den sidste dag må ikke ligge før den første, og en lukning varer højst et år.")
    constraint = "opening_pattern_period"


class ClosureTurned(PeriodTurned):
    code = "closure_turned"
    constraint = "closure_period"


class TimeOver(CapacityError):
    code = "time_over"
    message = N_("Tiden er passeret. Vælg en tid, der ligger forude.")


class PatternUnknown(CapacityError):
    code = "pattern_unknown"
    message = N_("De faste tider findes ikke mere.")


class PlaceUnknown(CapacityError):
    code = "own_site_unknown"
    message = N_("Stedet findes ikke.")
