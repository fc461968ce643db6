"""How many can begin in a week, for a site that keeps no calendar."""

from collections.abc import Mapping
from datetime import date

from matching.capacity.errors import IntakeUnreadable
from matching.capacity.exchanging import NewPattern
from portal.clinic.course_forms import chosen
from portal.clinic.weekly import Weekly
from portal.clinic.weekly_forms import typed_levels, typed_number
from portal.days_typed import typed_day
from portal.presenting.intakes import intake_fields, intake_lines
from providers.models import SlotMode
from providers.words import N_


def intake_of(typed: Mapping[str, str], first: date) -> NewPattern:
    """What was typed; raises IntakeUnreadable, PatternUnreadable and DayUnreadable."""
    mode, last, levels = chosen(SlotMode, typed["form"]), typed_day(typed["sidste"]), typed_levels(typed)
    seats, minutes, days, weeks = (typed_number(typed[name]) for name in ("antal", "minutter", "varsel", "frem"))
    if mode is None or seats < 1 or weeks < 1 or weeks > 52 or days > 14:
        raise IntakeUnreadable
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


INTAKES = Weekly(
    path="/klinik/tider/uger",
    template="clinic/intakes.html",
    title=N_("Nye om ugen"),
    button=N_("Gem"),
    done=N_("Det er gemt. Borgerne kan se det nu."),
    names=("antal",),
    at="antal",
    unreadable=IntakeUnreadable,
    whole_week=True,
    fields=intake_fields,
    lines=intake_lines,
    read=intake_of,
)
