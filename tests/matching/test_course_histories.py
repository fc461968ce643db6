"""Whatever a clinic and its citizens do in whatever order, every rule holds, and what is refused changes nothing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from matching import course
from matching.booking import book, cancel
from matching.course_codes import CannotReceive, Intervention, Overbooked
from matching.models import Plan
from matching.policy import Policy
from matching.states import StopReason
from providers.actors import CITIZEN
from providers.errors import GenvejError
from providers.models import Slot, SlotMode
from tests.support.courses import Treated, a_treated
from tests.support.invariants import assert_invariants
from tests.support.refusals import content
from tests.support.rows import undone

POLICY = Policy(notice=timedelta(0))
CLOSED = {"completed", "stopped", "assessed"}

VERBS = ["acknowledge", "start", "contact", "no_show", "move", "overbook", "level", "cannot", "give_back"]
steps = st.tuples(
    st.sampled_from([*VERBS, "start", "contact", "stop", "complete", "book", "cancel", "stale"]),
    st.integers(0, 2),
    st.sampled_from([0, 1, 30]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(steps, min_size=4, max_size=10))
async def test_every_history_keeps_every_rule(world: str, history: Sequence[tuple[str, int, int]]) -> None:
    async with undone():
        treated = await a_treated(slots=2)
        for verb, slot, hours in history:
            treated.at += timedelta(hours=hours)
            event(f"{verb}: {await outcome(treated, verb, slot)}")
        await assert_invariants(treated.at)


async def outcome(treated: Treated, verb: str, slot: int) -> str:
    """Take the step; what was refused must have changed nothing, and a closed course takes no word."""
    before, state = await content(), (await Plan.get(id=treated.plan.id)).state.value
    try:
        await act(treated, verb, (await Slot.filter(site_id=treated.site.pk).order_by("id"))[slot].id)
    except GenvejError as error:
        assert await content() == before
        return error.code
    assert state not in CLOSED or verb in {"book", "cancel"}
    return "done"


async def act(treated: Treated, verb: str, slot: int) -> None:
    at = treated.at
    held = (at, 45, SlotMode.GROUP, Intervention.PHYSICAL)
    said: dict[str, tuple[Any, ...]] = {
        "level": (course.question_level, "Niveauet passer ikke"),
        "cannot": (course.cannot_receive, CannotReceive.CAPACITY, ""),
        "stop": (course.stop, StopReason.OPTED_OUT, ""),
        "complete": (course.complete, "Færdig"),
    }
    done: dict[str, tuple[Any, ...]] = {
        "acknowledge": (course.acknowledge,),
        "start": (course.start,),
        "contact": (course.record_contact, *held),
        "no_show": (course.no_show,),
        "give_back": (course.give_back,),
    }
    match verb:
        case "move" | "overbook":
            beyond = Overbooked.URGENT if verb == "overbook" else None
            treated.booking = await treated.do(course.move_here, slot, overbook=beyond)
        case "book":
            treated.booking = await book(treated.plan.id, slot, actor=CITIZEN, now=at, policy=POLICY)
        case "cancel":
            await cancel(treated.plan.id, treated.booking.id, actor=CITIZEN, now=at, policy=POLICY)
        case "stale":
            await treated.do(course.acknowledge, seen=0)
        case _ if verb in said:
            await treated.say(*said[verb])
        case _:
            await treated.do(*done[verb])
