"""How many can begin in a week, for a site that keeps no calendar."""

from collections.abc import Mapping
from datetime import date

from matching.capacity.errors import WeeklyStartsUnreadable
from matching.capacity.exchanging import NewPattern
from portal.clinic.course_forms import chosen
from portal.clinic.weekly import Weekly
from portal.clinic.weekly_forms import typed_levels, typed_number
from portal.days_typed import typed_day
from portal.presenting.weekly_starts import weekly_starts_fields, weekly_starts_lines
from providers.models import SlotMode
from providers.words import N_


def weekly_starts_of(typed: Mapping[str, str], first: date) -> NewPattern:
    """What was typed; raises WeeklyStartsUnreadable, PatternUnreadable and DayUnreadable."""
    mode, last, levels = chosen(SlotMode, typed["form"]), typed_day(typed["sidste"]), typed_levels(typed)
    seats, minutes, days, weeks = (typed_number(typed[name]) for name in ("antal", "minutter", "varsel", "frem"))
    if mode is None or seats < 1 or weeks < 1 or weeks > 52 or days > 14:
        raise WeeklyStartsUnreadable
    return NewPattern(
        lane=",".join(map(str, levels or ()))[:60],
        weekday=0,
        starts_minute=0,
        ends_minute=1440,
        minutes=minutes,
        buffer_minutes=0,
        mode=mode,
        seats=seats,
        valid_from=first,
        valid_to=last,
        notice_hours=24 * days,
        horizon_days=7 * weeks,
        package_levels=levels,
        whole_week=True,
    )


WEEKLY_STARTS = Weekly(
    path="/klinik/tider/uger",
    template="clinic/weekly_starts.html",
    title=N_("Nye om ugen"),
    button=N_("Gem"),
    done=N_("Det er gemt. Borgerne kan se det nu."),
    names=("antal",),
    at="antal",
    unreadable=WeeklyStartsUnreadable,
    whole_week=True,
    fields=weekly_starts_fields,
    lines=weekly_starts_lines,
    read=weekly_starts_of,
)
