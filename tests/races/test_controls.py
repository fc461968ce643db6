"""The same traffic without the locks: what the other tests of this folder would see if nothing held.

A citizen's requests go through the whole application, in this process, so that its locks can be taken away. With the
constraints left in place the database still says no, but less kindly; without them the harm is done.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio

from matching.booking import hold
from matching.invariants import broken_invariants
from portal.app import create_app
from providers.database import connected, fetch_value
from providers.models import Slot
from tests.support.callers import a_caller, at_once, outcomes
from tests.support.invariants import assert_invariants
from tests.support.lockless import drop_constraints, without_locks, without_locks_of_offers, without_order
from tests.support.serving import settings
from tests.support.worlds import NOW, POLICY, a_plan, a_site, a_slot

SOON = NOW + timedelta(days=2)


@pytest_asyncio.fixture
async def portal(database_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """The application in this process, on a database of its own."""
    app = create_app(settings(database_url), clock=lambda: NOW)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        connected(database_url),
        httpx.AsyncClient(transport=transport, base_url="http://localhost/api/v1") as client,
    ):
        yield client


async def two_slots(seats: int = 1) -> tuple[Slot, Slot]:
    return await a_slot(await a_site(), SOON, seats=seats), await a_slot(await a_site(), SOON, seats=seats)


async def bookings() -> int:
    """How many first contacts there are by now."""
    number: int = await fetch_value("SELECT count(*) FROM booking WHERE state = 'confirmed'")
    return number


@pytest.mark.parametrize("constraints", [True, False])
async def test_one_seat_is_sold_twice(
    portal: httpx.AsyncClient, database_url: str, monkeypatch: pytest.MonkeyPatch, constraints: bool
) -> None:
    slot, callers = (await two_slots())[0], [await a_caller(portal) for _ in range(50)]
    without_locks(monkeypatch)
    if not constraints:
        await drop_constraints(database_url)
    came = outcomes(await at_once(caller.book(slot.id) for caller in callers))
    if constraints:
        assert came["confirmed"] == 1
        assert came["slot_taken"] + came["busy"] == 49
        await assert_invariants(NOW)
    else:
        assert came["confirmed"] > 1
        assert await fetch_value("SELECT taken > seats FROM slot WHERE id = $1", slot.id)


@pytest.mark.parametrize("constraints", [True, False])
async def test_one_citizen_gets_two_times(
    portal: httpx.AsyncClient, database_url: str, monkeypatch: pytest.MonkeyPatch, constraints: bool
) -> None:
    slots, caller = await two_slots(), await a_caller(portal)
    without_locks(monkeypatch)
    if not constraints:
        await drop_constraints(database_url)
    came = outcomes(await at_once(caller.book(slot.id) for slot in slots))
    assert came == ({"confirmed": 1, "already_booked": 1} if constraints else {"confirmed": 2})
    assert await bookings() == came["confirmed"]


@pytest.mark.parametrize("constraints", [True, False])
async def test_a_repeated_request_is_refused_or_books_again(
    portal: httpx.AsyncClient, database_url: str, monkeypatch: pytest.MonkeyPatch, constraints: bool
) -> None:
    (slot, _), caller = await two_slots(seats=20), await a_caller(portal)
    without_locks(monkeypatch)
    if not constraints:
        await drop_constraints(database_url)
    came = outcomes(await at_once(caller.book(slot.id, key="one-for-all") for _ in range(20)))
    if constraints:
        assert came["already_booked"] > 0, "equal requests are not answered alike"
        assert await bookings() == 1
    else:
        assert await bookings() > 1


async def test_a_moved_time_is_cancelled_under_it(
    portal: httpx.AsyncClient, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old, new), caller = await two_slots(), await a_caller(portal)
    booking = await caller.booked(old.id)
    without_locks(monkeypatch)
    await drop_constraints(database_url)
    came = outcomes(await at_once([caller.move(booking, new.id), caller.cancel(booking)]))
    assert came == {"confirmed": 1, "cancelled_by_citizen": 1}
    assert await fetch_value("SELECT taken FROM slot WHERE id = $1", old.id) == -1
    assert await broken_invariants(NOW)


async def test_a_seat_is_held_by_one_and_booked_by_another(
    portal: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    (slot, _), holder, booker = await two_slots(), await a_plan(), await a_caller(portal)
    without_locks(monkeypatch)
    booked, _ = await asyncio.gather(booker.book(slot.id), hold(holder.id, slot.id, now=NOW, policy=POLICY))
    assert outcomes([booked]) == {"confirmed": 1}
    assert await broken_invariants(NOW) == [
        f"no seat is held that is not there: slot {slot.id}: 1 seats, but 1 taken, 0 blocked and 1 held"
    ]


async def test_an_offer_keeps_promising_a_time_that_is_taken(
    portal: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, callers = await a_site(), [await a_caller(portal), await a_caller(portal)]
    slots = [await a_slot(site, SOON), await a_slot(site, SOON + timedelta(hours=1))]
    without_locks_of_offers(monkeypatch)
    pairs = zip(callers, slots, strict=True)
    assert outcomes(await at_once(caller.book(slot.id) for caller, slot in pairs)) == {"confirmed": 2}
    assert [fault.rpartition(": ")[2] for fault in await broken_invariants(NOW)] == ["stale, not as computed anew"]


async def test_two_who_swap_places_stand_in_each_others_way(
    portal: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here, there), one, other = await two_slots(seats=2), await a_caller(portal), await a_caller(portal)
    first, second = await one.booked(here.id), await other.booked(there.id)
    without_order(monkeypatch)
    came = outcomes(await at_once([one.move(first, there.id), other.move(second, here.id)]))
    assert came == {"confirmed": 1, "busy": 1}
    await assert_invariants(NOW)
