"""Cases walked at random through the table of states: whatever the walk comes to, what leaves is valid at each step."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.national_codes import STOP_REASON_CODES, StopReason
from matching.reports.formats.carecommunication import Segment, care_communication
from matching.reports.formats.facts import Facts
from matching.reports.formats.gateway import gateway_report
from matching.reports.formats.text import in_words
from matching.states import BOOKING_BEGINS, BOOKING_STEPS, PLAN_BEGINS, PLAN_STEPS, STOPPING, BookingState, PlanState
from tests.support.cases_reported import HOME, NOW, PERSON, SENDER, a_contact, some_facts
from tests.support.judge import Judge

_REASON = STOP_REASON_CODES[StopReason.EVENT]


@st.composite
def walks(draw: st.DrawFn) -> list[Facts]:
    """The facts of each change of one case: a step of the plan, a time that begins, or a step of that time."""
    plan: PlanState = draw(st.sampled_from(sorted(PLAN_BEGINS)))
    booking: dict[str, Any] | None = None
    told: list[Facts] = []
    for number in range(1, draw(st.integers(2, 7)) + 1):
        state = BookingState(booking["state"]) if booking else None
        plans, times = sorted(PLAN_STEPS[plan]), sorted(BOOKING_STEPS[state] if state else BOOKING_BEGINS)
        steps = [("plan", one) for one in plans] + [("time", one) for one in times]
        if not steps:
            break
        kind, step = draw(st.sampled_from(steps))
        if kind == "plan":
            plan = PlanState(step)
        else:
            booking = (booking or a_contact(id=str(uuid4()))) | {"state": step}
        reason = {"code": _REASON.code, "display": _REASON.display} if plan in STOPPING else None
        told.append(
            some_facts(sequence=number, event=f"{kind}_{step}", plan_state=plan, booking=booking, stop_reason=reason)
        )
    return told


@settings(max_examples=8)
@given(walk=walks())
def test_every_step_of_a_case_is_valid_in_both_forms(judge: Judge, walk: list[Facts]) -> None:
    segments = [
        Segment(UUID(int=number, version=4), in_words(facts), NOW + number * timedelta(hours=1))
        for number, facts in enumerate(walk, 1)
    ]
    for facts in walk:
        assert judge.faults(gateway_report(facts, PERSON, HOME, now=NOW)) == []
    # The thread's last message holds what every earlier one held.
    thread = UUID(int=99, version=4)
    assert judge.faults(care_communication(segments, thread, PERSON, SENDER, HOME, bundle_id=uuid4(), now=NOW)) == []
