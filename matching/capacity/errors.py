"""What a change of a site's times may answer; nothing was changed then.

CapacityError
├── PatternAcrossMidnight   it ends on another day than it begins
├── PatternWithoutRoom      not one contact fits in
├── PatternOverlaps         the same person or room is at two things at a time
├── WeeklyStartsTwice       the same packages in the same weeks have a number already
├── MinuteReserved          one minute of the day means a week without an hour
├── PatternPackageUnknown   for what the site is not approved for
├── PatternUnreadable       a field is missing or is no number of its kind
│   └── WeeklyStartsUnreadable  of a number for each week
├── PeriodTurned            it ends before it begins
├── TimeOver                the time is over, or too near to be added
├── SeatsBooked             more seats are taken than there would be
├── TimesBooked             times that somebody has would go
├── TimesChanged            somebody has changed the times since they were read
├── TimesTooMany            more at once than are taken
├── PatternsStand           weekly times would put up what is taken down
├── TimeOfPattern           a weekly time is changed where it was made
├── PatternUnknown          not one of the site's
└── OwnSiteUnknown            not one of the provider's
"""

from collections.abc import Sequence
from datetime import datetime

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


class WeeklyStartsTwice(CapacityError):
    code = "weekly_starts_twice"
    message = N_("I har allerede sagt, hvor mange der kan begynde om ugen med dette. Ret den linje i stedet.")
    constraint = "opening_pattern_weekly_starts_once"


class MinuteReserved(CapacityError):
    code = "minute_reserved"
    message = N_("Ingen tid kan begynde kl. 23.59. Vælg et andet klokkeslæt.")
    constraint = "slot_whole_week"


class PatternPackageUnknown(CapacityError):
    code = "pattern_package_unknown"
    message = N_("Vælg blandt de pakker og niveauer, som stedet er godkendt til.")


class PatternUnreadable(CapacityError):
    code = "pattern_unreadable"
    message = N_("Udfyld dag, klokkeslæt, minutter og pladser med tal, for eksempel 08.30, 12.00, 45 og 1.")
    constraint = "opening_pattern_reasonable"


class WeeklyStartsUnreadable(PatternUnreadable):
    code = "weekly_starts_unreadable"
    message = N_("Skriv tal: hvor mange om ugen (1-100), minutter (5-480), dage før (0-14) og uger frem (1-52).")


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


class SeatsBooked(CapacityError):
    code = "seats_booked"
    message = N_("Der er allerede optaget %(taken)s pladser på tiden. Skriv mindst så mange.")


class TimesBooked(CapacityError):
    """`standing` holds number and start of each."""

    code = "times_booked"
    message = N_("Nogle af tiderne er optaget og kan ikke tages væk. Intet er ændret.")

    def __init__(self, standing: Sequence[tuple[int, datetime]]) -> None:
        super().__init__()
        self.standing = standing


class TimesChanged(CapacityError):
    code = "slots_changed"
    message = N_("Tiderne er ændret, siden de blev hentet. Hent dem igen, og send så jeres.")


class TimesTooMany(CapacityError):
    code = "slots_too_many"
    message = N_("Send højst 5000 tider ad gangen. Del vinduet i kortere.")


class PatternsStand(CapacityError):
    code = "patterns_stand"
    message = N_("Stedet har faste tider i de dage. Slut dem først i klinikkens rum, eller vælg andre dage.")


class TimeOfPattern(CapacityError):
    code = "time_of_pattern"
    message = N_("Tiden kommer af de faste tider. Ret den dér.")


class PatternUnknown(CapacityError):
    code = "pattern_unknown"
    message = N_("De faste tider findes ikke mere.")


class OwnSiteUnknown(CapacityError):
    code = "own_site_unknown"
    message = N_("Stedet findes ikke.")
