"""The finder over again, in plain Python: every rule of the law asked of every slot, no index and no SQL.

It is written from the rules (who may treat, when, on what basis, in what order), not from the finder.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from math import sqrt
from zoneinfo import ZoneInfo

from matching.finding import PartOfDay, Sort
from matching.plan_facts import Basis
from providers.models import ProviderKind
from providers.weeks import is_whole_week
from tests.support.small_world import PROFESSIONS, Agreement, Place, Question, Site, Slot, World

Metres = Callable[[Place], tuple[float, float]]
"""Where a place is, in metres of EPSG:25832."""

CHEAPEST_FIRST = (Basis.OWN, Basis.CONTRACT, Basis.OTHER_MUNICIPALITY, Basis.EXTENDED)


@dataclass(frozen=True)
class Seat:
    """One slot that may be given, on the best basis there is for it."""

    slot_id: int
    site_id: int
    starts_at: datetime
    mode: str
    free_seats: int
    basis: Basis


@dataclass(frozen=True)
class Answer:
    """One line of the list."""

    site_id: int
    basis: Basis
    slot_id: int
    first_free: datetime
    modes: tuple[str, ...]
    opens_on: date | None
    distance: float


def answers(world: World, question: Question, metres: Metres) -> list[Answer]:
    """The whole list, in order."""
    radius = float("inf") if question.radius is None else question.radius
    by_site = [list(ways) for _, ways in groupby(_ways(world, question), key=lambda way: way.site_id)]
    found = [_answer(ways, world, question, metres) for ways in by_site if any(_free_as_wished(ways, question))]
    near = [answer for answer in found if answer.distance <= radius and _wished_site(world, answer.site_id, question)]
    if question.sort is Sort.FIRST_FREE:
        return sorted(near, key=lambda answer: (answer.first_free, answer.distance, answer.site_id))
    return sorted(near, key=lambda answer: (answer.distance, answer.site_id))


def seats(world: World, question: Question) -> list[Seat]:
    """Every slot that may be given, anywhere, in order of site and then of start."""
    free = (way for way in _ways(world, question) if way.free_seats > 0)
    by_slot = groupby(free, key=lambda way: way.slot_id)
    best = [min(ways, key=lambda way: CHEAPEST_FIRST.index(way.basis)) for _, ways in by_slot]
    return sorted(best, key=lambda seat: (seat.site_id, seat.starts_at, seat.slot_id))


def _answer(ways: list[Seat], world: World, question: Question, metres: Metres) -> Answer:
    """A site stands once: on its best basis, and with the first time it has on that.

    The modes are those of every time not taken, also of one that somebody else holds for the moment.
    """
    best = min(
        _free_as_wished(ways, question), key=lambda way: (CHEAPEST_FIRST.index(way.basis), way.starts_at, way.slot_id)
    )
    (x, y), (x0, y0) = metres(world.sites[best.site_id - 1].place), metres(question.place)
    return Answer(
        site_id=best.site_id,
        basis=best.basis,
        slot_id=best.slot_id,
        first_free=best.starts_at,
        modes=tuple(sorted({way.mode for way in ways})),
        opens_on=question.opens_on if best.basis is Basis.EXTENDED else None,
        distance=sqrt((x - x0) ** 2 + (y - y0) ** 2),
    )


def _free_as_wished(ways: list[Seat], question: Question) -> Iterator[Seat]:
    """The free ones of the mode, at the hour and before the instant that were wished for."""
    wishes = question.wishes
    for way in ways:
        if (
            way.free_seats > 0
            and (not wishes.modes or way.mode in wishes.modes)
            and (not wishes.parts or (not is_whole_week(way.starts_at) and _part(way.starts_at) in wishes.parts))
            and (wishes.before is None or way.starts_at < wishes.before)
        ):
            yield way


def _part(moment: datetime) -> PartOfDay:
    clock = moment.astimezone(ZoneInfo("Europe/Copenhagen")).time()
    if clock < time(12):
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if clock < time(16) else PartOfDay.EVENING


def _wished_site(world: World, number: int, question: Question) -> bool:
    site, wishes = world.sites[number - 1], question.wishes
    kind = ProviderKind.MUNICIPAL if site.provider.municipality else ProviderKind.PRIVATE
    return (
        wishes.kind in (None, kind)
        and wishes.facts <= site.facts
        and (wishes.language is None or wishes.language in site.languages)
    )


def _ways(world: World, question: Question) -> Iterator[Seat]:
    """Every slot with a seat left, on every basis on which it may be given; others may hold what is left."""
    for number, site_number, slot in world.slots:
        site, left = world.sites[site_number - 1], slot.seats - slot.taken - slot.blocked_seats
        if left > 0 and _may_deliver(site, slot, question):
            free = left - _held_by_others(world, number, question)
            for basis in _bases(site, slot, question):
                yield Seat(number, site_number, slot.starts_at, slot.mode, free, basis)


def _held_by_others(world: World, slot: int, question: Question) -> int:
    return sum(hold.slot == slot and hold.until > question.now and hold.plan != question.plan for hold in world.holds)


def _may_deliver(site: Site, slot: Slot, question: Question) -> bool:
    """Approved on the day for exactly this package and level, rightly staffed, and known to be up to date."""
    level = question.package_level
    approved = any(
        approval.package_level == level and approval.state == "approved" and approval.period.covers(_day(slot))
        for approval in site.approvals
    )
    staffed = any(
        person.role == "therapist"
        and person.profession in PROFESSIONS[level]
        and person.checked
        and not person.withdrawn
        for person in site.staff
    )
    meant_for_it = slot.package_levels is None or level in slot.package_levels
    return approved and staffed and meant_for_it and site.confirmed_at >= question.stale_before


def _bases(site: Site, slot: Slot, question: Question) -> Iterator[Basis]:
    for agreement in site.provider.agreements:
        basis = _basis(agreement, question.home)
        earliest = question.extended_not_before if basis is Basis.EXTENDED else question.not_before
        if basis in question.bases and agreement.period.covers(_day(slot)) and slot.starts_at >= earliest:
            yield basis


def _basis(agreement: Agreement, home: str) -> Basis | None:
    """What an agreement is to a citizen of the home municipality; another one's contract is nothing to them."""
    if agreement.basis == "own":
        return Basis.OWN if agreement.municipality == home else Basis.OTHER_MUNICIPALITY
    if agreement.basis == "contract":
        return Basis.CONTRACT if agreement.municipality == home else None
    return Basis.EXTENDED


def _day(slot: Slot) -> date:
    return slot.starts_at.astimezone(ZoneInfo("Europe/Copenhagen")).date()
