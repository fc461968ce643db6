"""One of very many cases: what state it is in, and what has happened in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from matching.demo.scale.seats import SoldSeat
from matching.states import BookingState, PlanState, StopReason
from providers.clock import local_date

BOOKED = 0.35
"""The share of cases that have a booking."""

_RECEIVED, _WAITING, _STOPPED = 0.05, 0.2, 0.05
_DAY = timedelta(days=1)


class Happening(NamedTuple):
    """An event of a case; `of_booking` = it is about the case's booking."""

    kind: str
    day: date
    of_booking: bool = False
    reason: StopReason | None = None


@dataclass(frozen=True, slots=True)
class DrawnCase:
    """`package_level_id` is empty until the case is assessed, `seat` and `booking` where there is no booking."""

    number: int
    municipality: str
    package_level_id: int | None
    state: PlanState
    discharged: date
    cannot_offer_on: date | None
    events: Sequence[Happening]
    seat: SoldSeat | None = None
    booking: BookingState | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where cases without a booking come from: municipalities where people live, packages that somebody offers."""

    homes: Sequence[str]
    package_level_ids: Sequence[int]
    now: datetime

    def case(self, number: int, random: Random, seat: SoldSeat | None) -> DrawnCase:
        """The case of that number, with a booking of the seat when there is one."""
        return self._booked(number, random, seat) if seat else self._unbooked(number, random)

    def _unbooked(self, number: int, random: Random) -> DrawnCase:
        """Most can choose among everybody, for the municipality cannot offer in time; some must wait, some are over."""
        today, drawn = local_date(self.now), random.random()
        home, level = random.choice(self.homes), random.choice(self.package_level_ids)
        discharged = today - random.randint(1, 6) * _DAY
        told = [Happening("assessed", discharged), Happening("code_issued", discharged)]
        if drawn < _RECEIVED:
            return DrawnCase(number, home, None, PlanState.RECEIVED, discharged, None, [])
        if drawn < _RECEIVED + _WAITING:
            return DrawnCase(number, home, level, PlanState.ASSESSED, discharged, None, told)
        if drawn < _RECEIVED + _WAITING + _STOPPED:
            told.append(Happening("stopped", today, reason=StopReason.OPTED_OUT))
            return DrawnCase(number, home, level, PlanState.STOPPED, discharged, None, told)
        return open_case(number, home, level, discharged)

    def _booked(self, number: int, random: Random, seat: SoldSeat) -> DrawnCase:
        """A first contact that lies ahead is awaited; of those that have been, half of the courses are over."""
        today, day = local_date(self.now), local_date(seat.starts_at)
        discharged = min(today, day) - random.randint(2, 9) * _DAY
        events = [Happening("assessed", discharged), Happening("code_issued", discharged)]
        events.append(Happening("booked", discharged + _DAY, of_booking=True))
        state, booking = PlanState.BOOKED, BookingState.CONFIRMED
        if seat.starts_at < self.now:
            state, booking = PlanState.STARTED, BookingState.STARTED
            events.append(Happening("started", day, of_booking=True))
            if random.random() < 0.5:
                state, booking = PlanState.COMPLETED, BookingState.COMPLETED
                events.append(Happening("completed", today, of_booking=True))
        late = discharged if seat.kind == "extended" else None
        level, home = seat.package_level_id, seat.municipality_id
        return DrawnCase(number, home, level, state, discharged, late, events, seat, booking)


def open_case(number: int, home: str, package_level_id: int, discharged: date) -> DrawnCase:
    """A case whose citizen may choose among everybody, for the municipality has said that it cannot offer in time."""
    told = [Happening("assessed", discharged), Happening("code_issued", discharged)]
    return DrawnCase(number, home, package_level_id, PlanState.ASSESSED, discharged, discharged, told)
