"""A site's times as somebody else's calendar has them, against those that are there: pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from providers.models import SlotMode


@dataclass(frozen=True, slots=True)
class Wanted:
    """As `Slot`. On a day that the site has closed the time is there and `closed`."""

    starts_at: datetime
    minutes: int
    mode: SlotMode
    seats: int
    package_levels: tuple[int, ...] | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class There:
    """A row of `slot`; `closed_seats` is how many seats a closed time had."""

    id: int
    starts_at: datetime
    minutes: int
    mode: str
    seats: int
    taken: int
    blocked_seats: int
    closed_seats: int | None
    package_levels: list[int] | None
    pattern_id: int | None

    def serves(self, wanted: Wanted) -> bool:
        """Whether nothing has to be changed."""
        levels = None if wanted.package_levels is None else list(wanted.package_levels)
        closed, seats = (0, wanted.seats) if wanted.closed else (wanted.seats, None)
        return (self.minutes, self.seats, self.closed_seats, self.package_levels) == (
            *(wanted.minutes, closed, seats),
            levels,
        )

    def is_too_full_for(self, wanted: Wanted) -> bool:
        """Whether seats that somebody has would go; who was overbooked knowingly stays so."""
        return wanted.seats < self.taken + self.blocked_seats and wanted.seats < self.seats


@dataclass(slots=True)
class Difference:
    """`new` and `changed` name what is wanted by its place in the list; `left` is there and not wanted."""

    new: list[int] = field(default_factory=list)
    changed: list[tuple[There, int]] = field(default_factory=list)
    same: list[tuple[There, int]] = field(default_factory=list)
    left: list[There] = field(default_factory=list)


def compare(there: Sequence[There], wanted: Sequence[Wanted]) -> Difference:
    """Each wanted time finds one that is there: as long and for the same packages, or else at the same time and mode.

    Of several alike the fullest is found first, and by those with most seats.
    """
    difference, open_there, unmet = Difference(), list(there), list(range(len(wanted)))
    for of_there, of_wanted in ((_whole, _whole_wanted), (_core, _core_wanted)):
        pairs, open_there, unmet = _paired(open_there, unmet, wanted, of_there, of_wanted)
        for row, number in pairs:
            (difference.same if row.serves(wanted[number]) else difference.changed).append((row, number))
    difference.new, difference.left = unmet, open_there
    return difference


def _paired(
    there: Sequence[There],
    numbers: Sequence[int],
    wanted: Sequence[Wanted],
    of_there: Callable[[There], object],
    of_wanted: Callable[[Wanted], object],
) -> tuple[list[tuple[There, int]], list[There], list[int]]:
    """Pairs with the same key, and what found nothing on either side, in order."""
    waiting: defaultdict[object, list[There]] = defaultdict(list)
    for row in sorted(there, key=lambda row: row.taken + row.blocked_seats, reverse=True):
        waiting[of_there(row)].append(row)
    pairs = [
        (waiting[key].pop(0), number)
        for number in sorted(numbers, key=lambda number: -wanted[number].seats)
        if waiting.get(key := of_wanted(wanted[number]))
    ]
    met = {number for _, number in pairs}
    left: Mapping[int, There] = {row.id: row for rows in waiting.values() for row in rows}
    return pairs, [left[number] for number in sorted(left)], [number for number in numbers if number not in met]


def _core(row: There) -> object:
    return row.starts_at, row.mode


def _core_wanted(wanted: Wanted) -> object:
    return wanted.starts_at, wanted.mode.value


def _whole(row: There) -> object:
    return *(row.starts_at, row.mode, row.minutes), row.package_levels and tuple(row.package_levels)


def _whole_wanted(wanted: Wanted) -> object:
    return *(wanted.starts_at, wanted.mode.value, wanted.minutes), wanted.package_levels
