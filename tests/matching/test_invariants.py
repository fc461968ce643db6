"""Each rule finds its own fault, and says where it is."""

from datetime import timedelta

import pytest

from matching.booking import book
from matching.invariants import INVARIANTS, broken_invariants
from providers.actors import CITIZEN
from providers.database import execute, fetch_one
from tests.support.worlds import NOW, POLICY, a_hold, a_plan, a_site, a_slot

pytestmark = pytest.mark.usefixtures("clean_world")

TAKEN, HELD, AGREED, OFFERS, CHOICES, SEQUENCES, REPORTS = INVARIANTS
OFFER = OFFERS + ": offer of approval {approval} under agreement {agreement}: "

FAULTS = [
    (
        "UPDATE slot SET taken = 0, blocked_seats = 1 WHERE taken > 0",
        TAKEN + ": slot {booked}: taken is 0, but 1 bookings have a seat",
    ),
    (
        "UPDATE booking SET state = 'refused'; UPDATE plan SET state = 'assessed'",
        TAKEN + ": slot {booked}: taken is 1, but 0 bookings have a seat",
    ),
    (
        "UPDATE slot SET blocked_seats = 1 WHERE taken = 0;"
        "UPDATE offer SET next_free = NULL, last_free = NULL, free_kinds = NULL",
        HELD + ": slot {held}: 1 seats, but 0 taken, 1 blocked and 1 held",
    ),
    (
        "UPDATE slot SET agreed_in_id = {held}, closed_seats = seats, seats = 0, extra_seats = 1 WHERE taken > 0",
        AGREED + ": slot {held}: 1 hours agreed, but 0 seats used up",
    ),
    ("UPDATE offer SET next_free = next_free + interval '1 minute'", OFFER + "stale, not as computed anew"),
    ("UPDATE offer SET next_free = NULL", OFFER + "stale, not as computed anew"),
    ("UPDATE offer SET last_free = last_free + interval '1 minute'", OFFER + "stale, not as computed anew"),
    ("UPDATE offer SET free_kinds = free_kinds + 1", OFFER + "stale, not as computed anew"),
    ("UPDATE offer SET kind = 'contract'", OFFER + "stale, not as computed anew"),
    ("UPDATE offer SET point = ST_Translate(point, 1, 0)", OFFER + "stale, not as computed anew"),
    ("DELETE FROM offer", OFFER + "missing, not as computed anew"),
    ("UPDATE approval SET state = 'suspended'", OFFER + "left over, not as computed anew"),
    ("UPDATE plan SET state = 'assessed'", CHOICES + ": plan {plan}: assessed, with 0 offered and 1 current bookings"),
    (
        "UPDATE booking SET state = 'no_show'",
        CHOICES + ": plan {plan}: booked, with 0 offered and 0 current bookings",
    ),
    (
        "DROP INDEX booking_one_current_per_plan; UPDATE slot SET taken = 1;"
        "INSERT INTO booking (id, plan_id, slot_id, basis, state, created_at)"
        " SELECT gen_random_uuid(), plan_id, {held}, basis, state, created_at FROM booking; DELETE FROM hold;"
        "UPDATE offer SET next_free = NULL, last_free = NULL, free_kinds = NULL",
        CHOICES + ": plan {plan}: booked, with 0 offered and 2 current bookings",
    ),
    (
        "INSERT INTO case_event (plan_id, sequence, kind, at, actor)"
        " SELECT plan_id, 3, kind, at, actor FROM case_event;"
        "INSERT INTO report (id, event_id, plan_id, sequence, body, state, next_at, created_at)"
        " SELECT gen_random_uuid(), id, plan_id, 3, '{{}}', 'queued', at, at FROM case_event WHERE sequence = 3",
        SEQUENCES + ": plan {plan}: 2 events, numbered 1 to 3",
    ),
    ("DELETE FROM report", REPORTS + ": event 1 of plan {plan}: 0 reports, 0 of them in its place"),
    ("UPDATE report SET sequence = 2", REPORTS + ": event 1 of plan {plan}: 1 reports, 0 of them in its place"),
]


async def a_busy_world() -> dict[str, int]:
    """One booked and one held slot at one site; the numbers of everything in it."""
    site, plan, undecided = await a_site(), await a_plan(), await a_plan()
    booked, held = await a_slot(site, NOW + timedelta(days=7)), await a_slot(site, NOW + timedelta(days=8))
    await book(plan.id, booked.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await a_hold(undecided, held)
    offer = await fetch_one("SELECT approval_id AS approval, agreement_id AS agreement FROM offer")
    return {"plan": plan.id, "booked": booked.id, "held": held.id, **dict(offer or {})}


async def test_a_busy_world_breaks_no_rule() -> None:
    await a_busy_world()
    assert await broken_invariants(NOW) == []


@pytest.mark.parametrize(("fault", "expected"), FAULTS, ids=range(len(FAULTS)))
async def test_each_fault_is_found_and_nothing_else(fault: str, expected: str) -> None:
    numbers = await a_busy_world()
    await execute("SET LOCAL ROLE NONE")
    await execute(fault.format(**numbers))
    assert await broken_invariants(NOW) == [expected.format(**numbers)]


async def test_a_hold_that_is_over_holds_nothing() -> None:
    await a_busy_world()
    await execute(
        "UPDATE slot SET blocked_seats = 1 WHERE taken = 0;"
        "UPDATE offer SET next_free = NULL, last_free = NULL, free_kinds = NULL"
    )
    assert await broken_invariants(NOW + POLICY.hold) == []


async def test_a_first_free_time_that_has_gone_by_waits_for_the_minute_job() -> None:
    await a_busy_world()
    assert await broken_invariants(NOW + timedelta(days=8, microseconds=1)) == []
