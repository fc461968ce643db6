"""Whatever citizens do in whatever order, every rule holds after each step, and what is refused changes nothing."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import uuid4

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from matching.booking import book, cancel, hold, move, release
from matching.models import Booking, Plan
from matching.policy import Policy
from providers.actors import CITIZEN
from providers.errors import GenvejError
from providers.models import Slot
from tests.support.invariants import assert_invariants
from tests.support.refusals import content
from tests.support.rows import undone
from tests.support.worlds import NOW, TODAY, a_plan, a_site, a_slot, an_offered_booking

PLANS, SLOTS = 3, 6
POLICY = Policy(notice=timedelta(0))


class Step(NamedTuple):
    """`plan` and `slot` are places in lists; `booking` one of those that the plan has made by then."""

    verb: str
    plan: int
    slot: int
    booking: int
    key: str | None
    minutes: int


steps = st.builds(
    Step,
    verb=st.sampled_from(["hold", "release", "book", "book", "move", "move", "cancel"]),
    plan=st.integers(0, PLANS - 1),
    slot=st.integers(0, SLOTS - 1),
    booking=st.sampled_from([-1, -1, -1, -2]),
    key=st.sampled_from([None, None, "a", "b"]),
    minutes=st.sampled_from([0, 1, 20]),
)


async def a_town() -> tuple[list[Plan], list[Slot]]:
    """Three citizens, one with an offer, and six times: a group, single ones, away, private, and one that is soon."""
    home, away, private = await a_site(), await a_site(municipality="0147"), await a_site("private")
    plans = [await a_plan(discharge_date=TODAY - timedelta(days=8)) for _ in range(PLANS)]
    slots = [
        await a_slot(home, NOW + timedelta(days=2), seats=3, blocked_seats=1),
        await a_slot(home, NOW + timedelta(days=3)),
        await a_slot(home, NOW + timedelta(minutes=30)),
        await a_slot(away, NOW + timedelta(days=1)),
        await a_slot(private, NOW + timedelta(days=1)),
        await a_slot(private, NOW + timedelta(days=2)),
    ]
    await an_offered_booking(plans[0], slots[1])
    return plans, slots


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(steps, min_size=1, max_size=20))
async def test_every_history_keeps_every_rule(world: str, history: Sequence[Step]) -> None:
    async with undone():
        plans, slots = await a_town()
        now = NOW
        for step in history:
            now += timedelta(minutes=step.minutes)
            event(f"{step.verb}: {await outcome(step, plans, slots, now)}")
            await assert_invariants(now)


async def outcome(step: Step, plans: Sequence[Plan], slots: Sequence[Slot], now: datetime) -> str:
    """Take the step; what was refused must have changed nothing."""
    plan, slot = plans[step.plan].id, slots[step.slot].id
    made = await Booking.filter(plan_id=plan).order_by("created_at", "id")
    booking = made[step.booking % len(made)].id if made else uuid4()
    verbs: dict[str, Callable[[], Awaitable[object]]] = {
        "hold": partial(hold, plan, slot, now=now, policy=POLICY),
        "release": partial(release, plan),
        "book": partial(
            book, plan, slot, actor=CITIZEN, now=now, policy=POLICY, key=step.key, accepts_guarantee_loss=True
        ),
        "move": partial(move, plan, booking, slot, actor=CITIZEN, now=now, policy=POLICY, accepts_guarantee_loss=True),
        "cancel": partial(cancel, plan, booking, actor=CITIZEN, now=now, policy=POLICY),
    }
    before = await content()
    try:
        await verbs[step.verb]()
    except GenvejError as error:
        assert await content() == before
        return error.code
    return "done"
