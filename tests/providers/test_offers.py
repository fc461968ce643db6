"""The offer table says what approvals, agreements, staff and slots say, also when time goes by."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.database import fetch
from providers.models import Approval, Slot
from providers.offers import lock_offers, rebuild_offers, refresh_next_free, sites_with_passed_offers
from tests.support.rows import undone
from tests.support.small_world import PROFESSIONS, Agreement, Period, Site, World, write
from tests.support.strategies import MOMENTS, worlds
from tests.support.worlds import NOW, a_site

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
Row = tuple[object, ...]

many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(moment=st.sampled_from(MOMENTS).flatmap(lambda now: st.tuples(st.just(now), worlds(now, sites=6))))
async def test_rebuilt_once_and_refreshed_by_the_minute_it_is_as_if_rebuilt_now(
    world: str, moment: tuple[datetime, World]
) -> None:
    now, registry = moment
    async with undone():
        await write(registry)
        assert await _table() == sorted(_expected(registry, registry.rebuilt_at))
        while sites := await sites_with_passed_offers(now, limit=2):
            await lock_offers(sites)
            await refresh_next_free(sites, now)
        assert await _table() == sorted(_expected(registry, now))


@pytest.mark.usefixtures("database")
async def test_only_the_named_sites_are_rebuilt_and_refreshed() -> None:
    first, second = await a_site(slots=[NOW]), await a_site(slots=[NOW])
    await Slot.all().update(taken=1)
    await refresh_next_free([first.pk], NOW)
    assert await _next_free() == {first.pk: None, second.pk: NOW}
    await Slot.all().update(taken=0)
    await Slot.filter(site_id=second.pk).update(taken=1)
    await rebuild_offers(NOW, [first.pk])
    assert await _next_free() == {first.pk: NOW, second.pk: NOW}
    await Approval.all().update(state="suspended")
    await rebuild_offers(NOW, [first.pk])
    assert await _next_free() == {second.pk: NOW}
    await rebuild_offers(NOW)
    assert await _next_free() == {}


@pytest.mark.usefixtures("database")
async def test_rebuilding_keeps_the_row_of_an_offer_that_has_changed() -> None:
    site = await a_site(slots=[NOW + timedelta(days=1), NOW + timedelta(days=9)])
    before = await fetch("SELECT id, next_free, valid_until FROM offer")
    await Approval.all().update(valid_from=date(2026, 11, 20), valid_to=date(2026, 11, 30))
    await rebuild_offers(NOW, [site.pk])
    ((number, next_free, valid_until),) = await fetch("SELECT id, next_free, valid_until FROM offer")
    assert (before[0]["id"], before[0]["next_free"]) == (number, NOW + timedelta(days=1))
    assert (next_free, valid_until) == (NOW + timedelta(days=9), datetime(2026, 12, 1, tzinfo=COPENHAGEN))


async def _next_free() -> dict[int, datetime | None]:
    return {record["site_id"]: record["next_free"] for record in await fetch("SELECT site_id, next_free FROM offer")}


async def _table() -> list[Row]:
    query = """
    SELECT site_id, package_level_id, kind, coalesce(municipality_id, ''), valid_from,
           valid_until, next_free
    FROM offer
    """
    return sorted(_comparable(record) for record in await fetch(query))


def _expected(world: World, now: datetime) -> Iterator[Row]:
    """One offer for each approval under each agreement that share a day."""
    for number, site in enumerate(world.sites, 1):
        pairs = product((one for one in site.approvals if one.state == "approved"), site.provider.agreements)
        for approval, agreement in pairs:
            level, period = approval.package_level, _both(approval.period, agreement.period)
            if period and _staffed(site, level):
                yield _comparable((number, level, *_kind(agreement), *_limits(period), _next(site, level, period, now)))


def _both(one: Period, other: Period) -> Period | None:
    last = min((day for day in (one.last, other.last) if day), default=None)
    both = Period(max(one.first, other.first), last)
    return both if last is None or both.first <= last else None


def _staffed(site: Site, level: int) -> bool:
    return any(
        person.role == "therapist"
        and person.profession in PROFESSIONS[level]
        and person.checked
        and not person.withdrawn
        for person in site.staff
    )


def _kind(agreement: Agreement) -> tuple[str, str]:
    kind = "municipal" if agreement.basis == "own" else agreement.basis
    return kind, agreement.municipality or ""


def _limits(period: Period) -> tuple[datetime, datetime | None]:
    """From the midnight that opens the first day to the one that closes the last."""
    first = datetime.combine(period.first, datetime.min.time(), COPENHAGEN)
    if period.last is None:
        return first, None
    return first, datetime.combine(period.last + timedelta(days=1), datetime.min.time(), COPENHAGEN)


def _next(site: Site, level: int, period: Period, now: datetime) -> datetime | None:
    free = (
        slot.starts_at
        for slot in site.slots
        if slot.taken + slot.blocked_seats < slot.seats
        and slot.starts_at >= now
        and period.covers(slot.starts_at.astimezone(COPENHAGEN).date())
        and (slot.package_levels is None or level in slot.package_levels)
    )
    return min(free, default=None)


def _comparable(row: Row) -> Row:
    """Instants as numbers, none as the end of time: rows then compare and sort."""
    return tuple(_number(value) if value is None or isinstance(value, datetime) else value for value in row)


def _number(moment: datetime | None) -> float:
    return float("inf") if moment is None else moment.timestamp()
