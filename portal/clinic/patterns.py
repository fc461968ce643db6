"""Weekly times: from when to when on a day of the week, cut into times."""

from collections.abc import Mapping
from datetime import date

from matching.capacity.errors import PatternUnreadable
from matching.capacity.exchanging import NewPattern
from portal.clinic.course_forms import chosen
from portal.clinic.weekly import Weekly
from portal.clinic.weekly_forms import typed_levels, typed_number
from portal.days_typed import typed_day
from portal.presenting.patterns import pattern_fields, pattern_lines, weekday_options
from providers.models import SlotMode
from providers.words import N_
from providers.written import typed_time


def pattern_of(typed: Mapping[str, str], first: date) -> NewPattern:
    """What was typed; raises PatternUnreadable and DayUnreadable."""
    starts, ends, mode = typed_time(typed["fra"]), typed_time(typed["til"]), chosen(SlotMode, typed["form"])
    numbers = [typed_number(typed[name]) for name in ("ugedag", "minutter", "pause", "pladser", "varsel", "frem")]
    if starts is None or ends is None or mode is None or not 0 <= numbers[0] <= 6:
        raise PatternUnreadable
    weekday, minutes, pause, seats, notice, ahead = numbers
    return NewPattern(
        lane=typed["hvem"],
        weekday=weekday,
        starts_minute=starts.hour * 60 + starts.minute,
        ends_minute=ends.hour * 60 + ends.minute or 1440,
        minutes=minutes,
        buffer_minutes=pause,
        mode=mode,
        seats=seats,
        valid_from=first,
        valid_to=typed_day(typed["sidste"]),
        notice_hours=notice,
        horizon_days=ahead,
        package_levels=typed_levels(typed),
    )


PATTERNS = Weekly(
    path="/klinik/tider/faste",
    template="clinic/patterns.html",
    title=N_("Faste tider"),
    button=N_("Gem de faste tider"),
    done=N_("De faste tider er gemt, og ledige tider kan bookes nu."),
    names=("ugedag", "fra", "til", "pause", "pladser", "hvem"),
    at="fra",
    unreadable=PatternUnreadable,
    whole_week=False,
    fields=pattern_fields,
    lines=pattern_lines,
    read=pattern_of,
    more=lambda fields, spoken: {"weekdays": weekday_options(fields["ugedag"], spoken)},
)
