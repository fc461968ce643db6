"""Finding real slots for invented bookings."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from matching.demo.draft import Draft
from matching.finding.qualifying import BASIS
from matching.plan_facts import Basis, Level
from matching.states import SEATED
from providers.clock import local_date, start_of_day
from providers.database import execute, fetch, fetch_one
from providers.models import PackageSource
from providers.packages import package_level_id
from providers.reference import Catalogue

_BASIS = BASIS.format(home="$3")

# A seat that was sold elsewhere may be used: then it counts as booked here, and as much is sold as before.
_SEAT = f"""
SELECT t.id AS slot_id, t.starts_at FROM (
    SELECT o.*, o.point <-> m.point AS distance FROM offer o JOIN municipality m ON m.code = $3
    WHERE o.package_level_id = $1 AND {_BASIS} = $2 AND (o.kind <> 'contract' OR o.municipality_id = $3)
      AND ($7::text IS NULL OR o.municipality_id = $7)
    ORDER BY distance, o.site_id LIMIT 10
) o CROSS JOIN LATERAL (
    SELECT t.id, t.starts_at FROM slot t
    WHERE t.site_id = o.site_id AND t.taken < t.seats AND t.starts_at >= greatest($4, o.valid_from)
      AND t.starts_at < least($5, o.valid_until) AND t.id <> ALL ($6::bigint[])
      AND (t.package_levels IS NULL OR o.package_level_id = ANY (t.package_levels))
    ORDER BY t.starts_at, t.id LIMIT 1
) t ORDER BY o.distance, o.site_id LIMIT 1
"""

_TAKE = """
UPDATE slot SET taken = taken + 1, blocked_seats = blocked_seats - (blocked_seats > 0)::int WHERE id = $1
"""

_REDRAWS = 30


class NoSeat(LookupError):
    """The registry is too small for the story."""


class Seat(NamedTuple):
    slot_id: int
    day: date


@dataclass(frozen=True, slots=True)
class Desk:
    """`populous` names a municipality more often the more clinics stand in it, `with_contract` those with a supplier.

    `told` are the drafts that are done.
    """

    catalogue: Catalogue
    populous: tuple[str, ...]
    with_contract: tuple[str, ...]
    told: list[Draft] = field(default_factory=list)

    def choose_package(self, draft: Draft) -> None:
        """A package and a level; mostly of the known areas, and basic three times in four."""
        wanted = PackageSource.REAL if draft.random.random() < 0.9 else PackageSource.DEMO
        packages = [code for code, package in self.catalogue.packages.items() if package.source is wanted]
        draft.plan.package_id = draft.random.choice(packages)
        draft.plan.level = Level.BASIC if draft.random.random() < 0.7 else Level.ADVANCED

    async def seat(self, draft: Draft, basis: Basis, first: date, last: date, *, host: str | None = None) -> Seat:
        """A seat between two days at the nearest site on that basis, or at the nearest that `host` runs.

        Where nobody delivers the draft's package and level, a draft without bookings gets others; raises NoSeat when
        none will do.
        """
        for _ in range(1 if draft.bookings else _REDRAWS):
            if found := await self._find(draft, basis, first, last, host):
                return found
            self.choose_package(draft)
        raise NoSeat(f"{draft.plan.municipality_id}: {basis.value}, {first} to {last}")

    async def home_seat(self, draft: Draft, first: date, last: date) -> tuple[Seat, Basis]:
        """A seat that the municipality can offer: its own, or sometimes its supplier's."""
        supplied = draft.plan.municipality_id in self.with_contract and draft.random.random() < 0.3
        if supplied and (seat := await self._find(draft, Basis.CONTRACT, first, last)):
            return seat, Basis.CONTRACT
        return await self.seat(draft, Basis.OWN, first, last), Basis.OWN

    async def _find(self, draft: Draft, basis: Basis, first: date, last: date, host: str | None = None) -> Seat | None:
        plan = draft.plan
        if plan.package_id is None or plan.level is None:
            raise ValueError("a seat is for a package and a level")
        found = await fetch_one(
            _SEAT,
            package_level_id(plan.package_id, plan.level),
            basis.value,
            plan.municipality_id,
            start_of_day(first),
            start_of_day(last + timedelta(days=1)),
            [booking.slot_id for booking in draft.bookings],
            host,
        )
        return Seat(found["slot_id"], local_date(found["starts_at"])) if found else None


async def take_seats(draft: Draft) -> None:
    """Count the draft's bookings in the slots they hold."""
    for booking in draft.bookings:
        if booking.state in SEATED:
            await execute(_TAKE, booking.slot_id)


_SITES = """
SELECT z.municipality_codes[1] AS code FROM site s JOIN postal_code z ON z.code = s.postal_code_id ORDER BY s.id
"""
# A contract that has ended, or soon will, has no times left to take.
_CONTRACTS = """
SELECT DISTINCT municipality_id AS code FROM offer
WHERE kind = 'contract' AND valid_from <= $1 AND (valid_until IS NULL OR valid_until > $1 + interval '4 weeks')
ORDER BY 1
"""


async def open_desk(catalogue: Catalogue, now: datetime) -> Desk:
    """The desk of the registry that is in the database, as it stands now."""
    return Desk(
        catalogue=catalogue,
        populous=tuple(record["code"] for record in await fetch(_SITES)),
        with_contract=tuple(record["code"] for record in await fetch(_CONTRACTS, now)),
    )
