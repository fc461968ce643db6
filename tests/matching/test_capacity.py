"""When a site has times: patterns become times, a change says first what it would do, and the offers are right."""

from datetime import date, timedelta
from typing import Any

import pytest

from matching.booking import book
from matching.booking.errors import SlotNotBookable, SlotTaken
from matching.capacity.errors import (
    CapacityError,
    ClosureTurned,
    OwnSiteUnknown,
    PatternAcrossMidnight,
    PatternOverlaps,
    PatternPackageUnknown,
    PatternUnknown,
    PatternUnreadable,
    PatternWithoutRoom,
    PeriodTurned,
    TimeOver,
)
from matching.capacity.exchanging import NewPattern
from matching.capacity.patterns import Outcome, change_patterns, patterns_of
from matching.capacity.rolling import roll_all
from matching.capacity.times import add_time, close_days, close_time, open_time, times_between
from matching.finding.search import Terms
from matching.finding.seats import seats_of_site
from matching.models import Plan
from matching.plan_facts import Basis
from providers.actors import CITIZEN
from providers.models import ClosureKind, OpeningPattern, Site, Slot, SlotMode
from tests.support.counting import statements
from tests.support.invariants import assert_invariants
from tests.support.rows import undone
from tests.support.worlds import HOME, KNEE_BASIC, NOW, POLICY, TODAY, a_plan, a_site

pytestmark = pytest.mark.usefixtures("clean_world")

DAYS = timedelta(days=1)
TUESDAY = TODAY + DAYS


def a_pattern(**changed: Any) -> NewPattern:
    """Tuesdays from 9 to 12, an hour each with a quarter between: 9.00 and 10.15, put up two weeks ahead."""
    usual: dict[str, Any] = {
        "lane": "",
        "weekday": 1,
        "starts_minute": 540,
        "ends_minute": 720,
        "minutes": 60,
        "buffer_minutes": 15,
        "mode": SlotMode.INDIVIDUAL,
        "seats": 1,
        "valid_from": TODAY,
        "valid_to": None,
        "notice_hours": 0,
        "horizon_days": 14,
    }
    return NewPattern(**usual | changed)


async def a_clinic() -> Site:
    return await a_site("private", contract_with=HOME)


async def change(site: Site, new: NewPattern | None, ended: int | None = None, **more: Any) -> Outcome:
    usual: dict[str, Any] = {"on": TODAY, "now": NOW, "only_looking": False}
    before, after = [ended] if ended else [], [new] if new else []
    return await change_patterns(site.pk, site.provider_id, ended=before, new=after, **usual | more)


async def booked(site: Site) -> tuple[Plan, Slot]:
    """A citizen at the site's first time."""
    plan = await a_plan()
    slot = await Slot.filter(site_id=site.pk).order_by("starts_at").first()
    assert slot is not None
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    return plan, slot


async def test_looking_changes_nothing_and_doing_does_what_was_seen() -> None:
    async with undone():
        site = await a_clinic()
        looked = await change(site, a_pattern(), only_looking=True)
        assert await Slot.filter(site_id=site.pk).count() == 0
        assert await change(site, a_pattern()) == looked == Outcome(4, 0, [])
        times = await times_between(site.pk, site.provider_id, TUESDAY, TUESDAY)
        assert [time.starts_at.hour * 60 + time.starts_at.minute for time in times] == [8 * 60, 9 * 60 + 15]
        assert await roll_all(NOW) == 0
        assert await roll_all(NOW + 7 * DAYS) == 2
        await assert_invariants(NOW + 7 * DAYS)


async def test_times_may_be_for_some_packages_only_and_are_given_for_those() -> None:
    async with undone():
        site = await a_site("private", contract_with=HOME, package_levels=(KNEE_BASIC, KNEE_BASIC + 1))
        await change(site, a_pattern(package_levels=(KNEE_BASIC + 1,)))
        assert [await given(site, level) for level in (KNEE_BASIC, KNEE_BASIC + 1)] == [0, 4]
        (pattern,) = await patterns_of(site.pk, site.provider_id, TODAY)
        assert await change(site, a_pattern(package_levels=(KNEE_BASIC,)), pattern.id) == Outcome(0, 0, [])
        assert [await given(site, level) for level in (KNEE_BASIC, KNEE_BASIC + 1)] == [4, 0]
        await booked(site)
        await assert_invariants(NOW)
        (pattern,) = await patterns_of(site.pk, site.provider_id, TODAY)
        await change(site, a_pattern(package_levels=()), pattern.id)
        assert [await given(site, level) for level in (KNEE_BASIC, KNEE_BASIC + 1)] == [3, 3]
        await roll_all(NOW + 7 * DAYS)
        await assert_invariants(NOW + 7 * DAYS)


async def given(site: Site, package_level: int) -> int:
    """How many of the site's times the finder gives for it."""
    basis, earliest = frozenset({Basis.CONTRACT}), NOW + POLICY.notice
    terms = Terms(package_level, HOME, basis, NOW, earliest, earliest, NOW - POLICY.stale_after)
    return len(await seats_of_site(site.pk, terms))


async def test_whoever_has_a_time_keeps_it_when_the_pattern_changes() -> None:
    async with undone():
        site = await a_clinic()
        await change(site, a_pattern())
        _, slot = await booked(site)
        (old,) = await patterns_of(site.pk, site.provider_id, TODAY)
        moved = a_pattern(starts_minute=600, seats=2)
        outcome = await change(site, moved, old.id)
        assert (outcome.opened, outcome.closed, list(outcome.stays)) == (2, 3, [slot.starts_at])
        (now,) = await patterns_of(site.pk, site.provider_id, TODAY)
        same = await change(site, a_pattern(starts_minute=600, seats=3), now.id)
        assert same == Outcome(0, 0, [])
        assert {time.seats for time in await Slot.filter(site_id=site.pk, closed_seats=None)} == {3}
        await assert_invariants(NOW)


async def test_a_whole_week_is_exchanged_at_once_and_citizens_stay_with_whom_they_chose() -> None:
    async with undone():
        site = await a_clinic()
        lanes = [a_pattern(lane=lane) for lane in ("Bo", "Ea")]
        await change_patterns(site.pk, site.provider_id, ended=[], on=TODAY, new=lanes, now=NOW, only_looking=False)
        bo, ea = await patterns_of(site.pk, site.provider_id, TODAY)
        theirs = await Slot.filter(pattern_id=ea.id).order_by("starts_at").first()
        assert theirs
        await book((await a_plan()).id, theirs.id, actor=CITIZEN, now=NOW, policy=POLICY)
        week = [a_pattern(lane="Ea", seats=2), a_pattern(lane="Bo", starts_minute=600), a_pattern(weekday=2)]
        async with statements() as sent:
            outcome = await change_patterns(
                site.pk, site.provider_id, ended=[bo.id, ea.id], on=TODAY, new=week, now=NOW, only_looking=False
            )
        assert outcome == Outcome(6, 4, [])
        assert len(sent) == 18, "as many for forty patterns and a thousand times"
        moved = await Slot.get(id=theirs.id)
        goes_on = await OpeningPattern.get(id=moved.pattern_id)
        assert (goes_on.lane, moved.seats, moved.taken) == ("Ea", 2, 1)
        assert await Slot.filter(site_id=site.pk, pattern_id=None).count() == 0
        await assert_invariants(NOW)


async def test_a_closed_day_is_free_for_nobody_and_its_citizens_keep_their_times() -> None:
    async with undone():
        site = await a_clinic()
        await change(site, a_pattern())
        plan, slot = await booked(site)
        assert await close_days(site.pk, site.provider_id, TUESDAY, TUESDAY, ClosureKind.ILL, now=NOW) == 1
        with pytest.raises(SlotTaken):
            await book((await a_plan()).id, slot.id + 1, actor=CITIZEN, now=NOW, policy=POLICY)
        assert await roll_all(NOW) == 0
        await assert_invariants(NOW)
        await open_time(site.pk, site.provider_id, slot.id + 1, now=NOW)
        await book((await a_plan()).id, slot.id + 1, actor=CITIZEN, now=NOW, policy=POLICY)
        await close_time(site.pk, site.provider_id, slot.id + 1, now=NOW)
        await assert_invariants(NOW)
        assert plan.id


async def test_a_time_is_added_and_not_given_later_than_its_clinic_wants() -> None:
    async with undone():
        site = await a_clinic()
        await add_time(site.pk, site.provider_id, NOW + DAYS, 45, SlotMode.GROUP, 6, now=NOW)
        plan, _ = await booked(site)
        await Slot.filter(site_id=site.pk).update(notice_hours=48)
        with pytest.raises(SlotNotBookable):
            await booked(site)
        assert plan.id
        await assert_invariants(NOW)


BAD: list[tuple[type[CapacityError], dict[str, Any]]] = [
    (PatternAcrossMidnight, {"starts_minute": 1320, "ends_minute": 120}),
    (PatternWithoutRoom, {"minutes": 200}),
    (PatternUnreadable, {"seats": 0}),
    (PatternPackageUnknown, {"package_levels": (KNEE_BASIC, 9999)}),
    (PeriodTurned, {"valid_to": TODAY - DAYS}),
    (PatternOverlaps, {"starts_minute": 700, "ends_minute": 800}),
]


@pytest.mark.parametrize(("error", "changed"), BAD)
async def test_a_pattern_that_cannot_be_is_refused(error: type[CapacityError], changed: dict[str, Any]) -> None:
    async with undone():
        site = await a_clinic()
        await change(site, a_pattern())
        with pytest.raises(error):
            await change(site, a_pattern(**changed))


async def test_what_is_not_ones_own_cannot_be_changed() -> None:
    async with undone():
        site, other = await a_clinic(), await a_clinic()
        with pytest.raises(OwnSiteUnknown):
            await add_time(site.pk, other.provider_id, NOW + DAYS, 45, SlotMode.GROUP, 6, now=NOW)
        with pytest.raises(TimeOver):
            await add_time(site.pk, site.provider_id, NOW, 45, SlotMode.GROUP, 6, now=NOW)
        await change(other, a_pattern())
        (theirs,) = await patterns_of(other.pk, other.provider_id, TODAY)
        with pytest.raises(PatternUnknown):
            await change(site, None, theirs.id)
        with pytest.raises(ClosureTurned):
            await close_days(site.pk, site.provider_id, TODAY, date(2026, 1, 1), ClosureKind.CLOSED, now=NOW)
        assert await times_between(other.pk, site.provider_id, TODAY, TODAY + 14 * DAYS) == []
