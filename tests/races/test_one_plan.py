"""One citizen asks for several things at the same moment: two windows, a double click, a program that repeats."""

from datetime import timedelta

import httpx
import pytest

from providers.database import fetch, fetch_value
from providers.models import Slot
from tests.support.callers import Caller, a_caller, at_once, identified, outcomes
from tests.support.invariants import assert_invariants
from tests.support.worlds import NOW, a_site, a_slot

SOON = NOW + timedelta(days=2)


async def some_slots(number: int) -> list[Slot]:
    """So many single times, at two sites in turn."""
    sites = [await a_site(), await a_site()]
    return [await a_slot(sites[index % 2], SOON + timedelta(hours=index)) for index in range(number)]


async def bookings(caller: Caller) -> set[tuple[int, str]]:
    """The slot and the state of each of the citizen's bookings."""
    return {*map(tuple, await fetch("SELECT slot_id, state FROM booking WHERE plan_id = $1", caller.plan.id))}


async def test_ten_different_times_at_once_become_one_booking(portal: httpx.AsyncClient) -> None:
    caller, slots = await a_caller(portal), await some_slots(10)
    came = outcomes(await at_once(caller.book(slot.id) for slot in slots))
    assert came["confirmed"] == 1
    assert came["already_booked"] + came["busy"] == 9
    assert [state for _, state in await bookings(caller)] == ["confirmed"]
    await assert_invariants(NOW)


@pytest.mark.parametrize("key", ["one-for-all", None])
async def test_the_same_request_twenty_times_at_once_is_answered_alike(
    portal: httpx.AsyncClient, key: str | None
) -> None:
    caller, (slot,) = await a_caller(portal), await some_slots(1)
    answers = await at_once(caller.book(slot.id, key=key) for _ in range(20))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert await bookings(caller) == {(slot.id, "confirmed")}
    assert await fetch_value("SELECT count(*) FROM case_event WHERE plan_id = $1", caller.plan.id) == 1
    await assert_invariants(NOW)


async def test_one_key_for_ten_times_at_once_books_one_of_them(portal: httpx.AsyncClient) -> None:
    caller, slots = await a_caller(portal), await some_slots(10)
    came = outcomes(await at_once(caller.book(slot.id, key="k") for slot in slots))
    assert came["confirmed"] == 1
    assert came["idempotency_key_reused"] + came["busy"] == 9
    await assert_invariants(NOW)


async def test_of_a_move_and_a_cancellation_at_once_one_is_done_and_the_other_is_told(
    portal: httpx.AsyncClient,
) -> None:
    slots = await some_slots(20)
    for old, new in zip(slots[::2], slots[1::2], strict=True):
        caller = await a_caller(portal)
        booking = await caller.booked(old.id)
        moved, cancelled = await at_once([caller.move(booking, new.id), caller.cancel(booking)])
        came = outcomes([moved]), outcomes([cancelled])
        assert came in (
            ({"confirmed": 1}, {"booking_unknown": 1}),
            ({"booking_unknown": 1}, {"cancelled_by_citizen": 1}),
        )
        await assert_invariants(NOW)


async def test_a_booking_that_is_moved_to_ten_times_at_once_is_moved_once(portal: httpx.AsyncClient) -> None:
    caller, (old, *slots) = await a_caller(portal), await some_slots(11)
    booking = await caller.booked(old.id)
    came = outcomes(await at_once(caller.move(booking, slot.id) for slot in slots))
    assert came["confirmed"] == 1
    assert came["booking_unknown"] + came["busy"] == 9
    assert [state for _, state in await bookings(caller)].count("confirmed") == 1
    await assert_invariants(NOW)


async def test_the_same_move_ten_times_at_once_is_answered_alike(portal: httpx.AsyncClient) -> None:
    caller, (old, new) = await a_caller(portal), await some_slots(2)
    booking = await caller.booked(old.id)
    answers = await at_once(caller.move(booking, new.id) for _ in range(10))
    assert len({identified(answer) for answer in answers}) == 1
    assert await bookings(caller) == {(old.id, "moved"), (new.id, "confirmed")}
    await assert_invariants(NOW)


async def test_the_same_cancellation_ten_times_at_once_is_answered_alike(portal: httpx.AsyncClient) -> None:
    caller, (slot,) = await a_caller(portal), await some_slots(1)
    booking = await caller.booked(slot.id)
    answers = await at_once(caller.cancel(booking) for _ in range(10))
    assert outcomes(answers) == {"cancelled_by_citizen": 10}
    assert await fetch_value("SELECT count(*) FROM case_event WHERE plan_id = $1", caller.plan.id) == 2
    await assert_invariants(NOW)
