"""Cases that were over and erased long ago, of which the figures know: a year of every municipality's work, invented.

How quick a municipality is follows from its code, and changes in the course of the year.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import sin
from random import Random

from matching.national_codes import StopReason
from matching.plan_facts import Basis, PlanType
from matching.states import BookingState, PlanState
from providers.database import fetch
from providers.demo.chance import chance
from providers.demo.copying import copy_lines

COLUMNS = (
    *("municipality_id", "plan_type", "level", "package_id", "discharge_date", "received_on", "offer_date"),
    *("offer_recorded_on", "cannot_offer_recorded_on", "informed_on", "booked_on", "first_contact", "basis"),
    *("booking_state", "stop_reason", "state", "last_day", "erased_on"),
)
_NONE, _DAY, _YEAR = r"\N", timedelta(days=1), 415
_LEVELS = "SELECT package_id, level FROM package_level ORDER BY id"
_PLACES = [Basis.OWN] * 13 + [Basis.CONTRACT] * 4 + [Basis.OTHER_MUNICIPALITY]
_REASONS = [reason for n, reason in enumerate(StopReason) for _ in range(9 - n)]


async def add_past_cases(count: int, homes: Sequence[str], *, seed: int, today: date) -> None:
    """Write down the figures of `count` cases of these municipalities, discharged in the last thirteen months."""
    levels = [(row["package_id"], row["level"]) for row in await fetch(_LEVELS)]
    await copy_lines("case_figure", COLUMNS, _lines(count, homes, levels, chance(f"{seed}:past"), today))


def _lines(
    count: int, homes: Sequence[str], levels: Sequence[tuple[str, str]], random: Random, today: date
) -> Iterator[str]:
    for _ in range(count):
        home = random.choice(homes)
        package, level = random.choice(levels[: 8 + int(home) % 20])
        ago = random.randint(15, _YEAR)
        discharged = today - ago * _DAY
        yield "\t".join(
            map(str, [home, PlanType.GENERAL, level, package, *_story(random, discharged, ago, home, today)])
        )


def _story(random: Random, discharged: date, ago: int, home: str, today: date) -> list[object]:
    """What came of one: offered in time or late, begun at home or elsewhere, stopped early or carried through."""
    quick = random.random() < 0.72 + 0.22 * sin(int(home) * 7.0) + 0.08 * sin(ago / 60 + int(home))
    days = random.randint(2, 7) if quick else 8 + int(random.expovariate(0.12))
    cannot = not quick and random.random() < 0.5
    offered = None if not quick and random.random() < 0.3 else discharged + days * _DAY
    private = not quick and random.random() < 0.14
    begins = discharged + (random.randint(5, 12) if private else days) * _DAY
    stopped, begun = random.random() < 0.12, random.random() < 0.9 and begins < today
    basis = Basis.EXTENDED if private else random.choice(_PLACES)
    refused = basis is Basis.OTHER_MUNICIPALITY and random.random() < 0.2
    booking = BookingState.REFUSED if refused else BookingState.COMPLETED if begun else BookingState.CONFIRMED
    told = discharged + random.randint(1, 3) * _DAY
    reason = random.choice(_REASONS) if stopped else None
    state = PlanState.STOPPED if stopped else PlanState.COMPLETED if begun and not refused else PlanState.ASSESSED
    last = min(begins + 60 * _DAY, today)
    facts = [discharged, discharged, offered, told if offered else None, told if cannot else None, told, told, begins]
    return [_NONE if value is None else value for value in (*facts, basis, booking, reason, state, last, today)]
