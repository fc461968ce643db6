"""A small registry as plain values: the brute-force reference reads it, and `write` puts it into the tables."""

from dataclasses import dataclass
from datetime import date, datetime

from matching.finding import Fact, Sort, Wishes
from matching.finding.wishes import NO_WISHES
from matching.plan_facts import Basis
from providers.offers import rebuild_offers
from providers.weeks import is_whole_week
from tests.support.rows import insert

Place = tuple[float, float]
OWN_PLAN, PLANS = 1, (1, 2, 3, 4)
PROFESSIONS = {4: {"5151"}, 5: {"5151"}, 8: {"5151", "5153"}}
"""Package and level → who may deliver it: 01-kirurgisk basic and advanced, 02-kirurgisk basic."""


@dataclass(frozen=True)
class Period:
    """Local days, both included; `last` None = for ever."""

    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Agreement:
    basis: str
    municipality: str | None
    period: Period


@dataclass(frozen=True)
class Provider:
    """`municipality` runs it; None = private."""

    municipality: str | None
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class Practitioner:
    profession: str
    role: str = "therapist"
    checked: bool = True
    withdrawn: bool = False


@dataclass(frozen=True)
class Approval:
    package_level: int
    state: str
    period: Period


@dataclass(frozen=True)
class Slot:
    starts_at: datetime
    mode: str
    seats: int
    taken: int
    blocked_seats: int
    package_levels: tuple[int, ...] | None


@dataclass(frozen=True)
class Site:
    provider: Provider
    place: Place
    confirmed_at: datetime
    staff: tuple[Practitioner, ...]
    approvals: tuple[Approval, ...]
    slots: tuple[Slot, ...]
    facts: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ("da",)


@dataclass(frozen=True)
class Hold:
    plan: int
    slot: int
    until: datetime


@dataclass(frozen=True)
class World:
    """Sites and slots are numbered from 1 in this order, in the database as here."""

    rebuilt_at: datetime
    sites: tuple[Site, ...]
    holds: tuple[Hold, ...]

    @property
    def slots(self) -> list[tuple[int, int, Slot]]:
        """Each slot with its own number and its site's."""
        slots = [(number, slot) for number, site in enumerate(self.sites, 1) for slot in site.slots]
        return [(number, site, slot) for number, (site, slot) in enumerate(slots, 1)]


@dataclass(frozen=True)
class Question:
    """The finder's `Search` and `Terms` before anybody knows where `place` is in metres."""

    place: Place
    radius: float | None
    limit: int
    package_level: int
    home: str
    bases: frozenset[Basis]
    now: datetime
    not_before: datetime
    extended_not_before: datetime
    stale_before: datetime
    opens_on: date | None
    plan: int | None
    sort: Sort = Sort.DISTANCE
    wishes: Wishes = NO_WISHES


async def write(world: World) -> None:
    """Fill the empty tables, and rebuild the offers as of `world.rebuilt_at`."""
    numbered = list(enumerate(world.sites, 1))
    # Every site has a provider of its own: what providers share matters to nobody here.
    await insert("provider", [_provider(number, site.provider) for number, site in numbered])
    await insert("agreement", [_agreement(n, one) for n, site in numbered for one in site.provider.agreements])
    await insert("site", [_site(number, site) for number, site in numbered])
    await insert(
        "practitioner", [_practitioner(n, *one, world) for n, site in numbered for one in enumerate(site.staff)]
    )
    await insert("approval", [_approval(n, one) for n, site in numbered for one in site.approvals])
    await insert("slot", [_slot(*one) for one in world.slots])
    await insert("plan", [_plan(number) for number in PLANS])
    await insert("hold", [{"plan_id": one.plan, "slot_id": one.slot, "until": one.until} for one in world.holds])
    await rebuild_offers(world.rebuilt_at)


def _slot(number: int, site: int, slot: Slot) -> dict[str, object]:
    whole_week = is_whole_week(slot.starts_at)
    return {"id": number, "site_id": site, "minutes": 30, "whole_week": whole_week, **vars(slot)}


def _provider(number: int, provider: Provider) -> dict[str, object]:
    kind = "municipal" if provider.municipality else "private"
    cvr = f"9{number:07}"
    return {"id": number, "name": f"P{number}", "kind": kind, "municipality_id": provider.municipality, "cvr": cvr}


def _agreement(number: int, agreement: Agreement) -> dict[str, object]:
    basis = {"basis": agreement.basis, "municipality_id": agreement.municipality}
    return {"provider_id": number, **basis, **_days(agreement.period)}


def _site(number: int, site: Site) -> dict[str, object]:
    longitude, latitude = site.place
    address = {"street": "Prøvevej 1", "postal_code_id": "1050", "longitude": longitude, "latitude": latitude}
    facts = {"languages": site.languages, "capacity_confirmed_at": site.confirmed_at}
    # Columns that have a default must be named here: a missing key would be read as NULL.
    flags = {fact: fact in site.facts for fact in Fact}
    return {"id": number, "provider_id": number, "name": f"S{number}", **address, **facts, **flags}


def _practitioner(number: int, place: int, person: Practitioner, world: World) -> dict[str, object]:
    return {
        "site_id": number,
        "name": "Terapeut",
        "profession": person.profession,
        "role": person.role,
        "authorisation_id": f"bcd1{place}",
        "checked_at": world.rebuilt_at if person.checked else None,
        "withdrawn_at": world.rebuilt_at if person.withdrawn else None,
    }


def _approval(number: int, approval: Approval) -> dict[str, object]:
    level = {"package_level_id": approval.package_level, "state": approval.state}
    return {"site_id": number, **level, **_days(approval.period)}


def _plan(number: int) -> dict[str, object]:
    days = {"discharge_date": date(2026, 1, 5), "received_on": date(2026, 1, 5)}
    case = {"message_id": f"m{number}", "municipality_id": "0101", "case_reference": f"c{number}"}
    return {"id": number, **case, "plan_type": "general", **days, "state": "assessed", "citizen": b"", "cpr_digest": ""}


def _days(period: Period) -> dict[str, object]:
    return {"valid_from": period.first, "valid_to": period.last}
