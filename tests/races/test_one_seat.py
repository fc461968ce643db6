"""Many want the same seat at the same moment, and it is given to as many as it has room for."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import httpx

from matching.booking import hold, release
from matching.booking.errors import SlotTaken
from matching.models import Plan
from providers.database import fetch_one, fetch_value
from providers.models import Slot
from tests.support.callers import a_caller, at_once, outcomes
from tests.support.invariants import assert_invariants
from tests.support.worlds import NOW, POLICY, a_plan, a_site, a_slot

SOON = NOW + timedelta(days=2)


async def test_fifty_want_one_seat_and_one_gets_it(portal: httpx.AsyncClient) -> None:
    slot = await a_slot(await a_site(), SOON)
    callers = [await a_caller(portal) for _ in range(50)]
    came = outcomes(await at_once(caller.book(slot.id) for caller in callers))
    assert came["confirmed"] == 1
    assert came["slot_taken"] + came["busy"] == 49
    assert await taken(slot) == (1, 1)
    await assert_invariants(NOW)


async def test_thirty_want_the_seven_seats_of_a_group(portal: httpx.AsyncClient) -> None:
    slot = await a_slot(await a_site(), SOON, seats=10, blocked_seats=3)
    callers = [await a_caller(portal) for _ in range(30)]
    came = outcomes(await at_once(caller.book(slot.id) for caller in callers))
    assert came["confirmed"] == 7
    assert came["slot_taken"] + came["busy"] == 23
    assert await taken(slot) == (7, 7)
    await assert_invariants(NOW)


async def test_twenty_times_of_one_site_go_to_twenty_and_the_offer_is_right(portal: httpx.AsyncClient) -> None:
    site = await a_site()
    slots = [await a_slot(site, SOON + timedelta(hours=hour)) for hour in range(21)]
    callers = [await a_caller(portal) for _ in slots[:-1]]
    answers = at_once(caller.book(slot.id) for caller, slot in zip(callers, slots, strict=False))
    assert outcomes(await answers) == {"confirmed": 20}
    assert await fetch_value("SELECT next_free FROM offer WHERE site_id = $1", site.pk) == slots[-1].starts_at
    await assert_invariants(NOW)


async def test_a_seat_that_is_given_back_while_others_want_it_goes_to_one_of_them_or_stays_free(
    portal: httpx.AsyncClient,
) -> None:
    slot = await a_slot(await a_site(), SOON)
    leaver, callers = await a_caller(portal), [await a_caller(portal) for _ in range(20)]
    booking = await leaver.booked(slot.id)
    left, *others = await at_once([leaver.cancel(booking), *(caller.book(slot.id) for caller in callers)])
    came = outcomes(others)
    assert left.json()["state"] == "cancelled_by_citizen"
    assert came["confirmed"] <= 1
    assert came["slot_taken"] + came["busy"] == 20 - came["confirmed"]
    assert await taken(slot) == (came["confirmed"], came["confirmed"])
    await assert_invariants(NOW)


async def test_a_seat_is_held_by_one_or_booked_by_one_and_never_both(portal: httpx.AsyncClient) -> None:
    site, holders = await a_site(), [await a_plan() for _ in range(3)]
    for number in range(5):
        slot, booker = await a_slot(site, SOON + timedelta(hours=number)), await a_caller(portal)
        holding = [asyncio.create_task(hold_again_and_again(plan, slot)) for plan in holders]
        while not (answer := await booker.book(slot.id)).is_success:
            assert outcomes([answer]) == {"slot_taken": 1}
        await asyncio.gather(*holding)
    await assert_invariants(NOW)


async def hold_again_and_again(plan: Plan, slot: Slot) -> None:
    """Hold the seat from this third process, as the pages do, until it is booked; nobody books it meanwhile."""
    while await taken(slot) == (0, 0):
        with suppress(SlotTaken):
            await hold(plan.id, slot.id, now=NOW, policy=POLICY)
            assert await taken(slot) == (0, 0)
            await release(plan.id)


async def taken(slot: Slot) -> object:
    """The seats that are counted as taken, and the bookings that there are."""
    return await fetch_one(
        "SELECT taken::int, (SELECT count(*)::int FROM booking WHERE slot_id = t.id AND state = 'confirmed')"
        " FROM slot t WHERE id = $1",
        slot.id,
    )
