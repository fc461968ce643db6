"""The codes of the demo's plans in clear, computed again from the seed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from matching.cases import facts_of
from matching.citizens import open_citizen
from matching.codes import parse_code
from matching.demo.plans import MESSAGE_PREFIX, place_of
from matching.demo.secret import access_code, course_code
from matching.models import Booking, CourseCode, Plan
from matching.plan_facts import Basis, Level, PlanType
from matching.policy import Policy
from matching.rights import rights
from matching.states import CURRENT, BookingState, PlanState
from providers.clock import local_date
from providers.database import fetch
from providers.reference import Catalogue, load_catalogue
from providers.vault import Vault

_NEARBY = 25_000.0
_LETTERS = 2
_LISTED = 1000

_WITH_CLINICS_NEARBY = """
SELECT w.number FROM unnest($1::int[], $2::int[], $3::text[]) AS w(number, package_level_id, postal_code)
JOIN postal_code z ON z.code = w.postal_code
WHERE EXISTS (
    SELECT FROM offer o JOIN site s ON s.id = o.site_id
    WHERE o.package_level_id = w.package_level_id AND o.kind = 'extended' AND o.next_free IS NOT NULL
      AND o.point && ST_Expand(z.point, $4) AND ST_DWithin(o.point, z.point, $4)
      AND s.capacity_confirmed_at >= $5
)
"""


@dataclass(frozen=True, slots=True)
class DemoCode:
    """What somebody needs to try a demo plan; `bases` are the doors that are open today, in the order of the law.

    `opens_on` is the first day of the private choice when no offer in time is made, None = never. `postal_code` lies
    in the home municipality.
    """

    code: str
    access_code: str
    date_of_birth: date
    state: PlanState
    plan_type: PlanType
    level: Level | None
    package: str | None
    municipality_code: str
    postal_code: str
    bases: list[Basis]
    opens_on: date | None


@dataclass(frozen=True, slots=True)
class _Known:
    """A plan with its own number in the demo, its living code, and its bookings that have not ended."""

    number: int
    plan: Plan
    code: CourseCode
    live: Sequence[Booking]


async def demo_codes(*, seed: bytes, vault: Vault, now: datetime, policy: Policy) -> list[DemoCode]:
    """The living codes of a thousand demo plans. First those that can be booked on every basis, with clinics nearby.

    Codes that have expired, were revoked, or were issued by somebody else than the demo are not among them.
    """
    catalogue = await load_catalogue()
    known = await _known(now)
    codes = {
        one.number: _demo_code(one, issue, seed, vault, catalogue, now)
        for one in known
        if (issue := _issue(one, seed, vault)) is not None
    }
    nearby = await _with_clinics_nearby(codes, catalogue, now - policy.stale_after)
    order = sorted(codes, key=lambda number: (not _bookable(codes[number]), number not in nearby, number))
    return [codes[number] for number in order]


async def _known(now: datetime) -> list[_Known]:
    plans = await Plan.filter(message_id__startswith=MESSAGE_PREFIX).order_by("id").limit(_LISTED)
    ids = [plan.id for plan in plans]
    alive = await CourseCode.filter(plan_id__in=ids, revoked_at=None, expires_at__gt=now)
    living = {code.plan_id: code for code in alive}
    bookings: defaultdict[int, list[Booking]] = defaultdict(list)
    for booking in await Booking.filter(plan_id__in=ids, state__in=[*CURRENT, BookingState.OFFERED]):
        bookings[booking.plan_id].append(booking)
    return [
        _Known(int(plan.message_id.removeprefix(MESSAGE_PREFIX)), plan, living[plan.id], bookings[plan.id])
        for plan in plans
        if plan.id in living
    ]


def _issue(one: _Known, seed: bytes, vault: Vault) -> int | None:
    """Which of the demo's letters the living code is from; None when somebody else has issued it."""
    for issue in range(_LETTERS):
        if one.code.digest in vault.digests("course_code", parse_code(course_code(seed, one.number, issue))):
            return issue
    return None


def _demo_code(one: _Known, issue: int, seed: bytes, vault: Vault, catalogue: Catalogue, now: datetime) -> DemoCode:
    plan = one.plan
    right = rights(facts_of(plan, one.live), local_date(now))
    return DemoCode(
        code=course_code(seed, one.number, issue),
        access_code=access_code(seed, one.number, issue),
        date_of_birth=open_citizen(plan.citizen, vault).date_of_birth,
        state=plan.state,
        plan_type=plan.plan_type,
        level=plan.level,
        package=plan.package_id,
        municipality_code=plan.municipality_id,
        postal_code=place_of(plan.municipality_id, one.number, catalogue).code,
        bases=[door.basis for door in right.doors if door.open],
        opens_on=right.extended_opens_on,
    )


def _bookable(code: DemoCode) -> bool:
    return code.state is PlanState.ASSESSED and len(code.bases) == len(Basis)


async def _with_clinics_nearby(codes: Mapping[int, DemoCode], catalogue: Catalogue, stale_before: datetime) -> set[int]:
    """The numbers of the plans that have a private clinic within 25 km of their postal code."""
    wanted = [
        (number, catalogue.package_level_ids[code.package, code.level], code.postal_code)
        for number, code in codes.items()
        if code.package is not None and code.level is not None
    ]
    columns = [list(column) for column in zip(*wanted, strict=True)] or [[], [], []]
    return {row["number"] for row in await fetch(_WITH_CLINICS_NEARBY, *columns, _NEARBY, stale_before)}
