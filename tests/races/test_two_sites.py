"""Citizens change places between sites at the same moment: no seat is lost, none is found, and nobody is stuck."""

import asyncio
from datetime import timedelta
from random import Random

import httpx
import pytest

from providers.database import fetch_value
from providers.models import Slot
from tests.support.callers import Caller, a_caller, at_once, outcomes
from tests.support.invariants import assert_invariants
from tests.support.worlds import NOW, a_site, a_slot

SOON = NOW + timedelta(days=2)


async def two_sites(seats: int) -> tuple[Slot, Slot]:
    """One time at each of two sites."""
    return await a_slot(await a_site(), SOON, seats=seats), await a_slot(await a_site(), SOON, seats=seats)


async def test_the_last_seats_of_two_sites_cannot_be_swapped_and_both_stay_where_they_are(
    portal: httpx.AsyncClient,
) -> None:
    here, there = await two_sites(seats=1)
    one, other = await a_caller(portal), await a_caller(portal)
    first, second = await one.booked(here.id), await other.booked(there.id)
    for _ in range(5):
        answers = await at_once([one.move(first, there.id), other.move(second, here.id)])
        assert outcomes(answers) == {"slot_taken": 2}
    assert await fetch_value("SELECT count(*) FROM booking WHERE state = 'moved' AND slot_id = $1", here.id) == 0
    await assert_invariants(NOW)


async def test_with_room_for_one_more_at_each_site_two_swap_over_and_over(portal: httpx.AsyncClient) -> None:
    here, there = await two_sites(seats=2)
    one, other = await a_caller(portal), await a_caller(portal)
    places = [await one.booked(here.id), await other.booked(there.id)]
    for _ in range(6):
        answers = await at_once([one.move(places[0], there.id), other.move(places[1], here.id)])
        assert outcomes(answers) == {"confirmed": 2}
        places = [answer.json()["id"] for answer in answers]
        here, there = there, here
    await assert_invariants(NOW)


@pytest.mark.long
async def test_twenty_move_crosswise_and_as_many_come_through_as_there_is_room(portal: httpx.AsyncClient) -> None:
    here, there = await two_sites(seats=13)
    slots = [(here, there) if index % 2 else (there, here) for index in range(20)]
    callers = [await a_caller(portal) for _ in slots]
    booked = [await caller.booked(old.id) for caller, (old, _) in zip(callers, slots, strict=True)]
    moves = [caller.move(one, new.id) for caller, one, (_, new) in zip(callers, booked, slots, strict=True)]
    came = outcomes(await at_once(moves))
    # Ten sit at each site and three seats are free: whoever leaves makes room for the next one from over there.
    assert came["confirmed"] >= 3
    assert came["confirmed"] + came["slot_taken"] == 20
    await assert_invariants(NOW)


async def test_a_busy_day_of_twelve_citizens_at_two_sites(portal: httpx.AsyncClient) -> None:
    sites = [await a_site(), await a_site()]
    slots = [await a_slot(sites[number % 2], SOON + timedelta(hours=number), seats=2) for number in range(5)]
    days = [a_day(await a_caller(portal), slots, Random(number)) for number in range(12)]  # noqa: S311
    came = set().union(*await asyncio.gather(*days))
    assert came <= {"confirmed", "cancelled_by_citizen", "slot_taken", "booking_unknown", "already_booked"}
    await assert_invariants(NOW)


async def a_day(caller: Caller, slots: list[Slot], chance: Random) -> set[str]:
    """Book, move and cancel, twelve times; what came of it."""
    came, booking = set(), ""
    for _ in range(12):
        slot = chance.choice(slots)
        if not booking:
            answer = await caller.book(slot.id)
        elif chance.random() < 0.3:
            answer = await caller.cancel(booking)
        else:
            answer = await caller.move(booking, slot.id)
        came |= set(outcomes([answer]))
        if answer.is_success:
            booking = answer.json()["id"] if answer.json()["state"] == "confirmed" else ""
    return came
