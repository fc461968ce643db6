"""A site without a calendar: so many begin in a week, chosen like any time, and the site agrees the hour."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from matching.booking import book, cancel
from matching.booking.errors import ChangeTooLate, SlotNotBookable, SlotTaken
from matching.calling import count_waiting, ring_by, weeks_waiting
from matching.capacity.errors import MinuteReserved, TimeOver, WeeklyStartsTwice
from matching.capacity.exchanging import NewPattern
from matching.capacity.patterns import Outcome, change_patterns, patterns_of
from matching.capacity.rolling import roll_all
from matching.capacity.times import add_time, close_days, open_time
from matching.casework.opening import last_event
from matching.course import agree, give_back, move_here, start
from matching.course.errors import NotYet
from matching.course.moving import own_times
from matching.models import Booking, Message, Plan
from matching.states import IllegalTransition
from providers.actors import CITIZEN, Actor
from providers.clock import COPENHAGEN
from providers.models import ClosureKind, Offer, Site, Slot, SlotMode
from tests.support.courses import somebody_of
from tests.support.invariants import assert_invariants
from tests.support.rows import undone
from tests.support.worlds import HOME, KNEE_BASIC, NOW, POLICY, TODAY, VAULT, a_plan, a_site, a_slot

pytestmark = pytest.mark.usefixtures("clean_world")

DAYS = timedelta(days=1)
HALF_A_DAY = timedelta(hours=12)
NEXT_WEEK = datetime(2026, 11, 27, 23, 59, tzinfo=COPENHAGEN)


def two_a_week(**changed: Any) -> NewPattern:
    """Two in each of the next three weeks, chosen a day before the week at the latest."""
    usual: dict[str, Any] = {
        "lane": "",
        "weekday": 0,
        "starts_minute": 0,
        "ends_minute": 1440,
        "minutes": 45,
        "buffer_minutes": 0,
        "mode": SlotMode.INDIVIDUAL,
        "seats": 2,
        "valid_from": TODAY,
        "valid_to": None,
        "notice_hours": 24,
        "horizon_days": 21,
        "whole_week": True,
    }
    return NewPattern(**usual | changed)


async def change(site: Site, new: NewPattern | None, ended: int | None = None, **more: Any) -> Outcome:
    usual: dict[str, Any] = {"on": TODAY, "now": NOW, "only_looking": False}
    before, after = [ended] if ended else [], [new] if new else []
    return await change_patterns(site.pk, site.provider_id, ended=before, new=after, **usual | more)


async def an_open_site() -> tuple[Site, list[Slot]]:
    """Its weeks, this one first."""
    site = await a_site("private", contract_with=HOME)
    await change(site, two_a_week())
    return site, await Slot.filter(site_id=site.pk).order_by("starts_at")


async def chosen(slot: Slot, now: datetime = NOW) -> Plan:
    plan = await a_plan()
    await book(plan.id, slot.id, actor=CITIZEN, now=now, policy=POLICY)
    return plan


async def agreed_in(week: Slot, site: Site, at: datetime = NEXT_WEEK - 2 * DAYS - HALF_A_DAY) -> tuple[Plan, Actor]:
    """A citizen who had chosen the week and has an hour now, and who agreed it with them."""
    plan, therapist = await chosen(week), somebody_of(site)
    await agree(plan.id, at, actor=therapist, now=NOW, seen=await last_event(plan.id))
    return plan, therapist


def test_the_site_rings_in_working_days_and_at_the_latest_in_the_week() -> None:
    short_week = datetime(2026, 12, 23, 23, 59, tzinfo=COPENHAGEN)
    assert ring_by(NOW, NEXT_WEEK, 2) == date(2026, 11, 18)
    assert ring_by(short_week - 2 * DAYS, short_week, 5) == date(2026, 12, 23)


async def test_weeks_are_chosen_like_times_until_they_are_full_or_too_near() -> None:
    async with undone():
        site, weeks = await an_open_site()
        assert weeks[1].starts_at == NEXT_WEEK
        assert {(week.seats, week.whole_week) for week in weeks} == {(2, True)}
        offer = await Offer.get(site_id=site.pk)
        assert offer.next_free in {week.starts_at for week in weeks[:2]}
        with pytest.raises(SlotNotBookable):
            await chosen(weeks[0])
        for _ in range(2):
            await chosen(weeks[1])
        with pytest.raises(SlotTaken):
            await chosen(weeks[1])
        sunday = datetime(2026, 11, 29, 0, 0, tzinfo=COPENHAGEN)
        with pytest.raises(SlotNotBookable):
            await chosen(weeks[2], sunday + timedelta(minutes=1))
        await chosen(weeks[2], sunday - timedelta(minutes=1))
        assert await roll_all(NOW) == 0
        assert await roll_all(NOW + 7 * DAYS) == 1
        await assert_invariants(NOW + 7 * DAYS)


async def test_a_smaller_number_says_whom_it_meets_and_takes_nobodys_place() -> None:
    async with undone():
        site, weeks = await an_open_site()
        for _ in range(2):
            await chosen(weeks[1])
        (line,) = await patterns_of(site.pk, site.provider_id, TODAY, whole_week=True)
        assert await patterns_of(site.pk, site.provider_id, TODAY) == []
        seen = await change(site, two_a_week(seats=1), line.id, only_looking=True)
        assert (seen.opened, seen.closed, list(seen.stays)) == (0, 0, [])
        assert seen.beyond == [(weeks[1].starts_at, 2)]
        assert await change(site, two_a_week(seats=1), line.id) == seen
        with pytest.raises(SlotTaken):
            await chosen(weeks[1])
        (line,) = await patterns_of(site.pk, site.provider_id, TODAY, whole_week=True)
        ended = await change(site, None, line.id)
        assert list(ended.stays) == [weeks[1].starts_at]
        await assert_invariants(NOW)


async def test_the_same_is_not_said_twice_and_no_other_time_begins_in_that_minute() -> None:
    async with undone():
        site, _ = await an_open_site()
        with pytest.raises(WeeklyStartsTwice):
            await change(site, two_a_week(seats=5, valid_from=TODAY + 30 * DAYS))
    async with undone():
        site, _ = await an_open_site()
        await change(site, two_a_week(mode=SlotMode.DIGITAL))
        await change(site, two_a_week(lane=str(KNEE_BASIC), package_levels=(KNEE_BASIC,)))
        with pytest.raises(MinuteReserved):
            await add_time(site.pk, site.provider_id, NEXT_WEEK, 45, SlotMode.INDIVIDUAL, 1, now=NOW)


async def test_a_week_is_closed_only_when_all_of_it_is() -> None:
    async with undone():
        site, weeks = await an_open_site()
        await chosen(weeks[1])
        friday = date(2026, 11, 27)
        assert await close_days(site.pk, site.provider_id, friday, friday, ClosureKind.CLOSED, now=NOW) == 0
        assert (await Slot.get(id=weeks[1].id)).seats == 2
        monday = friday - 4 * DAYS
        assert await close_days(site.pk, site.provider_id, monday, friday - DAYS, ClosureKind.CLOSED, now=NOW) == 1
        closed = await Slot.get(id=weeks[1].id)
        assert (closed.seats, closed.closed_seats, closed.taken) == (0, 2, 1)
        await assert_invariants(NOW)


async def test_the_site_agrees_day_and_hour_and_the_week_keeps_its_number() -> None:
    async with undone():
        site, weeks = await an_open_site()
        plan, therapist = await chosen(weeks[1]), somebody_of(site)
        assert await Message.filter(plan_id=plan.id, template__startswith="reminder").count() == 0
        (waiting,) = await weeks_waiting(site.provider_id, days=2, vault=VAULT)
        assert (waiting.plan_id, waiting.due_on, waiting.starts_at) == (plan.id, date(2026, 11, 18), NEXT_WEEK)
        assert await count_waiting(site.provider_id) == 1
        seen = await last_event(plan.id)
        with pytest.raises(NotYet):
            await start(plan.id, actor=therapist, now=NOW, seen=seen)
        with pytest.raises(TimeOver):
            await agree(plan.id, NOW - DAYS, actor=therapist, now=NOW, seen=seen)
        at = datetime(2026, 11, 25, 10, 30, tzinfo=COPENHAGEN)
        booking = await agree(plan.id, at, actor=therapist, now=NOW, seen=seen)
        agreed, week = await Slot.get(id=booking.slot_id), await Slot.get(id=weeks[1].id)
        assert (agreed.starts_at, agreed.whole_week, agreed.seats, agreed.taken) == (at, False, 0, 1)
        assert (week.taken, week.blocked_seats, week.seats) == (0, 1, 2)
        assert await count_waiting(site.provider_id) == 0
        await chosen(weeks[1])
        with pytest.raises(SlotTaken):
            await chosen(weeks[1])
        with pytest.raises(IllegalTransition):
            await agree(plan.id, at + DAYS, actor=therapist, now=NOW, seen=await last_event(plan.id))
        await assert_invariants(NOW)


@pytest.mark.parametrize("who", ["citizen", "clinic"])
async def test_an_agreed_hour_that_is_given_up_is_nobody_elses_and_its_week_takes_one_more(who: str) -> None:
    async with undone():
        site, weeks = await an_open_site()
        plan, therapist = await agreed_in(weeks[1], site)
        await chosen(weeks[1])
        booking = await Booking.get(plan_id=plan.id, state="confirmed")
        if who == "citizen":
            await cancel(plan.id, booking.id, actor=CITIZEN, now=NOW, policy=POLICY)
        else:
            seen = await last_event(plan.id)
            await give_back(plan.id, actor=therapist, now=NOW, seen=seen)
        hour, week = await Slot.get(id=booking.slot_id), await Slot.get(id=weeks[1].id)
        assert (hour.seats, hour.taken, week.taken, week.blocked_seats) == (0, 0, 1, 0)
        await open_time(site.pk, site.provider_id, hour.id, now=NOW)
        with pytest.raises(SlotTaken):
            await chosen(hour)
        await chosen(weeks[1])
        await assert_invariants(NOW)


@pytest.mark.parametrize(("now", "used_up"), [(NOW, 0), (NEXT_WEEK, 1)], ids=["ahead", "over"])
async def test_whoever_is_moved_from_an_agreed_hour_gives_the_week_its_seat_back(now: datetime, used_up: int) -> None:
    async with undone():
        site, weeks = await an_open_site()
        plan, therapist = await agreed_in(weeks[1], site, NEXT_WEEK + 3 * DAYS - HALF_A_DAY)
        monday = await a_slot(site, NEXT_WEEK + 4 * DAYS - HALF_A_DAY)
        times = await own_times(plan.id, scope=therapist.scope, now=NOW)
        assert {time.id for time in times} == {*(week.id for week in weeks), monday.id}
        await move_here(plan.id, monday.id, actor=therapist, now=now, seen=await last_event(plan.id))
        week = await Slot.get(id=weeks[1].id)
        assert (week.taken, week.blocked_seats) == (0, used_up)
        await assert_invariants(now)


async def test_a_citizen_changes_their_mind_until_the_week_is_near() -> None:
    async with undone():
        _, weeks = await an_open_site()
        plan, near = await chosen(weeks[1]), datetime(2026, 11, 22, 0, 1, tzinfo=COPENHAGEN)
        booking = await Booking.get(plan_id=plan.id)
        with pytest.raises(ChangeTooLate):
            await cancel(plan.id, booking.id, actor=CITIZEN, now=near, policy=POLICY)
