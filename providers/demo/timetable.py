"""The slots of an invented site on one day: the same for the same site and day, so that they can be rolled on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from random import Random

from providers.clock import COPENHAGEN
from providers.demo.chance import chance
from providers.demo.rows import SlotRow
from providers.models import ProviderKind, SlotMode
from providers.packages import package_level_id

MINUTES = 45
_STARTS = tuple(
    time.fromisoformat(t)
    for t in ("08:00", "08:45", "09:30", "10:15", "11:00", "12:30", "13:15", "14:00", "14:45", "15:15")
)

# Groups are for hip and knee only at the sites that reserve them.
RESERVED = [package_level_id("01-kirurgisk", "basic"), package_level_id("01-medicinsk", "basic")]


def starts_of(day: date) -> list[datetime]:
    """The times of the day, 08.00 to 15.15 by the Danish clock, as instants."""
    return [datetime.combine(day, start, COPENHAGEN).astimezone(UTC) for start in _STARTS]


@dataclass(frozen=True, slots=True)
class Timetable:
    """How a site works. `pressure` is the share of its seats that is sold; on average it is 85 %."""

    site_id: int
    seed: int
    pressure: float
    modes: tuple[SlotMode, ...]
    reserves_groups: bool

    @classmethod
    def of(cls, site_id: int, cvr: str, kind: ProviderKind) -> "Timetable":
        """The site's habits, drawn from its provider's number."""
        random = chance(int(cvr))
        municipal = kind is ProviderKind.MUNICIPAL
        modes = [SlotMode.INDIVIDUAL] * 5
        modes += [SlotMode.GROUP] * 2 if municipal or random.random() < 0.5 else []
        modes += [SlotMode.HOME] if municipal or random.random() < 0.25 else []
        modes += [SlotMode.DIGITAL] if random.random() < 0.35 else []
        pressure = random.uniform(0.8, 0.96) if municipal else random.uniform(0.715, 0.98)
        return cls(site_id, int(cvr), pressure, tuple(modes), random.random() < 0.2)

    def slots(self, day: date, starts: list[datetime]) -> Iterator[SlotRow]:
        """Two to four first contacts at some of the day's `starts`."""
        random = chance(self.seed * 10_000_000 + day.toordinal())
        for start in sorted(random.sample(starts, random.randint(2, 4))):
            mode = random.choice(self.modes)
            seats = random.randint(4, 8) if mode is SlotMode.GROUP else 1
            reserved = RESERVED if mode is SlotMode.GROUP and self.reserves_groups else None
            yield SlotRow(self.site_id, start, MINUTES, mode, seats, self._sold(seats, random), reserved)

    def _sold(self, seats: int, random: Random) -> int:
        """A slot is sold out, or has some seats left: on the whole, `pressure` of all seats are gone."""
        if seats == 1:
            return int(random.random() < self.pressure)
        # Groups that are not sold out are 43 % full on average, so that fewer of them must be.
        full = random.random() < (self.pressure - 0.43) / 0.57
        return seats if full else random.randint(0, seats - 1)
