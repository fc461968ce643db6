"""Many times at once: a list from a spreadsheet, and a window of days that another calendar keeps."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from matching.booking import book, cancel
from matching.capacity.comparing import Difference, Wanted
from matching.capacity.errors import OwnSiteUnknown, PatternsStand, TimesBooked, TimesChanged, TimesTooMany
from matching.capacity.importing import import_slots
from matching.capacity.times import close_days, close_time
from matching.capacity.window import ANY_VERSION, MOST, Window, read_window, replace_window, version_of
from matching.models import Hold
from providers.actors import CITIZEN
from providers.models import ClosureKind, OpeningPattern, Site, Slot, SlotMode
from providers.sheets.columns import Kind
from providers.sheets.outcome import Outcome
from providers.sheets.reading import read_sheet
from tests.support.invariants import assert_invariants
from tests.support.rows import undone
from tests.support.worlds import HOME, KNEE_BASIC, NOW, POLICY, TODAY, a_hold, a_plan, a_site, a_slot

pytestmark = pytest.mark.usefixtures("clean_world")

DAYS = timedelta(days=1)
AT = NOW + 2 * DAYS
HEAD = "sted;dato;klokken;minutter;form;pladser;pakker\n"


async def a_clinic(*slots: datetime) -> Site:
    return await a_site("private", contract_with=HOME, slots=slots)


async def take(site: Site, *lines: str, only_looking: bool = False) -> Outcome:
    sheet = read_sheet((HEAD + "\n".join(lines)).encode(), Kind.SLOTS)
    return await import_slots(sheet, provider=site.provider_id, now=NOW, only_looking=only_looking)


async def test_a_list_puts_times_up_and_again_changes_nothing() -> None:
    site = await a_clinic(AT)
    name = site.name.upper()
    lines = (
        f"{name};18-11-2026;10.00;30;individuel;1;",
        f"{name};18-11-2026;10.00;45;hold;8;01-kirurgisk basal",
        ";2026-11-19;0930;45;digital;1;",
    )
    assert await take(site, *lines, only_looking=True) == Outcome(2, 0, 1, [])
    assert await take(site, *lines) == Outcome(2, 0, 1, [])
    assert await take(site, *lines) == Outcome(0, 0, 3, [])
    group = await Slot.get(site_id=site.pk, mode=SlotMode.GROUP)
    assert (group.seats, group.package_levels, group.starts_at) == (8, [KNEE_BASIC], AT)
    assert await take(site, f"{name};18-11-2026;10.00;60;hold;6;") == Outcome(0, 1, 0, [])
    assert (await Slot.get(id=group.id)).package_levels is None
    await assert_invariants(NOW)


async def test_lines_that_cannot_be_are_named_and_closed_days_stay_closed() -> None:
    site = await a_clinic(AT)
    plan, slot = await a_plan(), await Slot.get(site_id=site.pk)
    await Slot.filter(id=slot.id).update(seats=2)
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await book((await a_plan()).id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await a_slot(site, AT + DAYS, pattern_id=7)
    outcome = await take(
        site,
        ";18-11-2026;10.00;30;individuel;1;",
        ";19-11-2026;10.00;60;individuel;1;",
        ";16-11-2026;09.00;30;individuel;1;",
        ";29-03-2026;02.30;30;individuel;1;",
        ";18-11-2026;25.00;30;individuel;1;",
        ";18-11-2026;10.00;4;individuel;1;",
        ";18-11-2026;10.00;30;stående;1;",
        ";18-11-2026;10.00;30;individuel;101;",
        ";18-11-2026;10.00;30;individuel;1;99-kirurgisk basal",
        "Andetsteds;18-11-2026;10.00;30;individuel;1;",
        ";18-11-2026;23.59;30;individuel;1;",
    )
    assert [(bad.line, bad.error.code) for bad in outcome.bad] == [
        *((2, "seats_booked"), (3, "time_of_pattern"), (4, "time_over"), (5, "clock_not_read")),
        *((6, "clock_not_read"), (7, "number_not_read"), (8, "word_not_known"), (9, "number_not_read")),
        *((10, "package_not_read"), (11, "place_not_found"), (12, "minute_reserved")),
    ]
    assert await Slot.filter(site_id=site.pk).count() == 2
    await close_days(site.pk, site.provider_id, TODAY + 4 * DAYS, TODAY + 4 * DAYS, ClosureKind.HOLIDAY, now=NOW)
    assert await take(site, ";20-11-2026;10.00;30;individuel;1;") == Outcome(1, 0, 0, [])
    assert await Slot.filter(site_id=site.pk, closed_seats=1, seats=0).count() == 1
    await assert_invariants(NOW)


def wanted(*starts: datetime, **facts: Any) -> list[Wanted]:
    usual: dict[str, Any] = {"minutes": 30, "mode": SlotMode.INDIVIDUAL, "seats": 1}
    return [Wanted(at, **usual | facts) for at in starts]


def window(site: Site) -> Window:
    return Window(site.pk, TODAY + DAYS, TODAY + 30 * DAYS)


async def put(site: Site, times: Sequence[Wanted], version: str = ANY_VERSION) -> Difference:
    return await replace_window(window(site), site.provider_id, times, versions={version}, now=NOW)


async def test_a_window_holds_exactly_what_was_sent_and_what_stays_keeps_its_number() -> None:
    site = await a_clinic(NOW + timedelta(hours=3), AT, AT + DAYS, AT + 40 * DAYS)
    before = await read_window(window(site), site.provider_id)
    assert [time.starts_at for time in before] == [AT, AT + DAYS]
    await a_hold(await a_plan(), await Slot.get(id=before[0].id))
    await put(site, wanted(AT, AT + 2 * DAYS), version_of(before))
    after = await read_window(window(site), site.provider_id)
    assert [time.starts_at for time in after] == [AT, AT + 2 * DAYS]
    assert after[0] == before[0]
    assert await Slot.filter(site_id=site.pk).count() == 4
    assert await Hold.filter(slot_id=after[0].id).exists()
    with pytest.raises(TimesChanged):
        await put(site, wanted(AT), version_of(before))
    same = await put(site, wanted(AT, AT + 2 * DAYS), version_of(after))
    assert (len(same.same), same.new, same.changed, same.left) == (2, [], [], [])
    await assert_invariants(NOW)


async def test_a_booked_time_is_never_dropped_and_one_that_was_is_remembered() -> None:
    site = await a_clinic(AT, AT + DAYS)
    first, second = await Slot.filter(site_id=site.pk).order_by("starts_at")
    booking = await book((await a_plan()).id, first.id, actor=CITIZEN, now=NOW, policy=POLICY)
    for times in (wanted(AT + DAYS), wanted(AT, mode=SlotMode.GROUP)):
        with pytest.raises(TimesBooked) as raised:
            await put(site, times)
        assert raised.value.standing == [(first.id, AT)]
    assert await Slot.filter(id=second.id).exists()
    longer = await put(site, wanted(AT, minutes=60, seats=2))
    assert ([row.id for row, _ in longer.changed], [row.id for row in longer.left]) == ([first.id], [second.id])
    await cancel(booking.plan_id, booking.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await put(site, [])
    (remembered,) = await read_window(window(site), site.provider_id)
    assert (remembered.id, remembered.closed_seats) == (first.id, 2)
    await put(site, wanted(AT, AT, AT))
    opened = await read_window(window(site), site.provider_id)
    assert [(time.id == first.id, time.seats, time.closed_seats) for time in opened] == [
        *((True, 1, None), (False, 1, None), (False, 1, None))
    ]
    await assert_invariants(NOW)


async def test_closures_and_weekly_times_are_kept_where_they_were_made() -> None:
    site = await a_clinic(AT)
    await book((await a_plan()).id, (await Slot.get(site_id=site.pk)).id, actor=CITIZEN, now=NOW, policy=POLICY)
    await close_days(site.pk, site.provider_id, TODAY + 2 * DAYS, TODAY + 2 * DAYS, ClosureKind.ILL, now=NOW)
    await put(site, wanted(AT, AT + DAYS))
    await put(site, wanted(AT + DAYS))
    closed, free = await read_window(window(site), site.provider_id)
    assert (closed.taken, closed.seats, closed.closed_seats, free.seats) == (1, 0, 1, 1)
    await close_time(site.pk, site.provider_id, free.id, now=NOW)
    await put(site, wanted(AT + DAYS))
    assert (await Slot.get(id=free.id)).seats == 1
    await assert_invariants(NOW)
    await OpeningPattern.create(
        site_id=site.pk,
        weekday=1,
        starts_minute=540,
        ends_minute=720,
        minutes=60,
        mode=SlotMode.INDIVIDUAL,
        seats=1,
        valid_from=TODAY + 20 * DAYS,
    )
    with pytest.raises(PatternsStand):
        await put(site, wanted(AT))


async def test_a_window_is_ones_own_and_not_endless() -> None:
    site, other = await a_clinic(), await a_clinic(AT)
    with pytest.raises(OwnSiteUnknown):
        await read_window(window(other), site.provider_id)
    async with undone():
        with pytest.raises(OwnSiteUnknown):
            await replace_window(window(other), site.provider_id, [], versions={ANY_VERSION}, now=NOW)
    with pytest.raises(TimesTooMany):
        await put(site, wanted(AT) * (MOST + 1))
