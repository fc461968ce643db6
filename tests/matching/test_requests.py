"""Another municipality's citizen asks for a time: who sees it, who answers, and on what grounds it can be refused."""

from datetime import timedelta

import asyncpg
import pytest

from matching import course
from matching.booking import book
from matching.cases import PlanUnknown, read_case
from matching.casework.history import history
from matching.course.errors import GroundsMissing, NoteMissing
from matching.course.notes import open_note
from matching.course_codes import CannotReceive, RefusalGround
from matching.messages.waiting_letters import waiting_messages
from matching.models import Booking, CaseEvent, Plan, Report
from matching.requests import Request, answer_by, for_the_place, list_requests, read_request, waiting_requests
from matching.states import BookingState, IllegalTransition
from matching.worklists import Question, Task, list_tasks
from providers.actors import CITIZEN, Actor
from providers.database import APP_ROLE, execute, transaction
from providers.scope import Scope
from tests.support.courses import Treated, a_treated
from tests.support.invariants import assert_invariants
from tests.support.worlds import HOME, NOW, POLICY, VAULT, a_plan, a_site, a_slot, an_offered_booking

pytestmark = pytest.mark.usefixtures("clean_world")

ASKED = "0147"
BOTH = set(RefusalGround)
THEY = Actor("account:1", "visitator", f"municipality:{ASKED}", Scope(municipality=ASKED))


async def request_of(plan: Plan, municipality: str = ASKED) -> Request:
    """As the municipality's page reads it, in a transaction that looks for it."""
    async with transaction(Scope(municipality=municipality)):
        return await read_request(str(plan.id), municipality, now=NOW)


async def requests_of(municipality: str | None) -> list[Request]:
    async with transaction(Scope(municipality=municipality)):
        found = await list_requests(municipality or "", now=NOW)
        assert await waiting_requests() == sum(one.waits for one in found)
    return found


async def an_asking() -> Treated:
    """HOME's citizen has asked for a time at an institution of ASKED's, whose caseworker answers."""
    asking = await a_treated(await a_site(municipality=ASKED))
    asking.clinic = for_the_place(THEY, await request_of(asking.plan))
    return asking


async def test_it_is_seen_where_it_was_asked_with_a_clock_and_by_nobody_else() -> None:
    asking, _ = await an_asking(), await a_treated(await a_site())
    await execute(f"SET LOCAL ROLE {APP_ROLE}")
    (found,) = await requests_of(ASKED)
    assert (found.plan_id, found.home, found.waits, found.seen) == (asking.plan.id, HOME, True, 1)
    assert found.citizen == asking.plan.citizen
    # Asked on a Monday for Tuesday: the answer comes before that, and not only on Thursday.
    assert answer_by(found, 3).isoformat() == "2026-11-16"
    assert (await requests_of(HOME), await requests_of(None)) == ([], [])
    with pytest.raises(PlanUnknown):
        await request_of(asking.plan, HOME)


async def test_yes_makes_the_time_theirs_and_the_offer_at_home_free_again() -> None:
    home, plan = await a_site(), await a_plan()
    offered = await an_offered_booking(plan, await a_slot(home, NOW + timedelta(days=3)))
    wanted = await a_slot(await a_site(municipality=ASKED), NOW + timedelta(days=2))
    await book(plan.id, wanted.id, actor=CITIZEN, now=NOW, policy=POLICY, accepts_guarantee_loss=True)
    request = await request_of(plan)
    await course.acknowledge(plan.id, actor=for_the_place(THEY, request), now=NOW, seen=request.seen)
    case, given_up = await read_case(plan.id, NOW), await Booking.get(id=offered.id)
    assert case.current
    assert (case.current.state, case.offered, given_up.state) == (BookingState.CONFIRMED, None, BookingState.MOVED)
    events = await CaseEvent.filter(plan_id=plan.id).order_by("sequence")
    assert [event.kind for event in events][-2:] == ["offer_given_up", "request_accepted"]
    (answered,) = await requests_of(ASKED)
    assert (answered.waits, answered.citizen) == (False, None)
    await assert_invariants(NOW)


async def test_no_wants_both_grounds_and_words_and_leaves_the_rights_as_they_were() -> None:
    asking = await an_asking()
    for grounds, words, error in (
        ({RefusalGround.CAPACITY}, "Fyldt", GroundsMissing),
        (set(), "Fyldt", GroundsMissing),
        (BOTH, " ", NoteMissing),
    ):
        with pytest.raises(error):
            await asking.say(course.refuse, grounds, words, b"", channels=())
    with pytest.raises(GroundsMissing):
        await asking.say(course.cannot_receive, CannotReceive.CAPACITY, "")
    assert await asking.now() == ("booked", "requested")
    await asking.say(course.refuse, BOTH, "Holdene er fyldt til jul.", b"%PDF", channels=())
    assert await asking.now() == ("assessed", "refused")
    (event, *_), (letter,) = await history(asking.plan.id), await waiting_messages(HOME)
    assert (event.kind, event.reason, event.changes) == (
        "refused",
        "capacity",
        {"grounds": ["capacity", "own_citizens"]},
    )
    assert open_note(event.note or b"", VAULT) == "Holdene er fyldt til jul."
    assert (letter.plan_id, letter.to_print) == (asking.plan.id, True)
    assert await Report.filter(plan_id=asking.plan.id, sequence=event.sequence).count() == 1
    async with transaction(Scope(municipality=HOME)):
        assert [line.task for line in await list_tasks(Question(HOME, Task.REFUSED), now=NOW)] == [Task.REFUSED]
    await assert_invariants(NOW)


async def test_only_a_request_can_be_refused() -> None:
    booked = await a_treated()
    with pytest.raises(IllegalTransition):
        await booked.say(course.refuse, BOTH, "Fyldt", b"", channels=())


async def test_the_database_takes_no_refusal_without_both_grounds() -> None:
    asking = await an_asking()
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await execute(
            "INSERT INTO case_event (plan_id, sequence, kind, at, actor, changes)"
            """ VALUES ($1, 9, 'refused', $2, 'a', '{"grounds": ["capacity"]}')""",
            asking.plan.id,
            NOW,
        )
    assert refused.value.constraint_name == "case_event_refusal_has_grounds"
