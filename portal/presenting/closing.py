"""What closing means for times, said before it is done."""

from collections.abc import Sequence

from matching.capacity.times import Time
from portal.language import Language
from portal.presenting import dates


def closing_lines(times: Sequence[Time], spoken: Language) -> list[str]:
    """How many free times would go, and each time that citizens have and keep."""
    free = sum(1 for time in times if time.closed_seats is None and not time.taken)
    gone = spoken.say_many("%(count)s ledig tid bliver lukket.", "%(count)s ledige tider bliver lukket.", free)
    kept = [
        spoken.say_many(
            "%(count)s borger har en tid %(when)s og beholder den.",
            "%(count)s borgere har en tid %(when)s og beholder den.",
            time.taken,
            when=dates.start(time.starts_at, spoken),
        )
        for time in times
        if time.taken
    ]
    return [*([gone] if free else []), *kept]
