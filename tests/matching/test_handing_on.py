"""A citizen moves: the case is closed here and opens there, with its history, its codes and what it has promised."""

from datetime import timedelta

import pytest

from matching.booking import book
from matching.cases import PlanUnknown, read_case
from matching.casework import hand_on
from matching.casework.errors import CaseChanged, CourseUnderWay, MunicipalityMissing, PlanThere
from matching.casework.history import history_elsewhere
from matching.entry import enter
from matching.messages import Addresses, set_contact
from matching.models import Booking, CaseEvent, Message, Plan, Report
from matching.plan_facts import Basis, PlanLink
from matching.states import BookingState, IllegalTransition, PlanState
from matching.worklists import Question, Task, hand_out, list_tasks, tasks_of
from providers.accounts import Post
from providers.actors import CITIZEN, Actor
from providers.database import APP_ROLE, execute, transaction
from providers.roles import Role
from providers.scope import Scope
from tests.support.courses import a_treated
from tests.support.invariants import assert_invariants
from tests.support.staff import a_colleague
from tests.support.worlds import HOME, NOW, POLICY, TODAY, VAULT, a_code, a_plan, a_site, a_slot, an_offered_booking

pytestmark = pytest.mark.usefixtures("clean_world")

NEW = "0147"
US = Actor("account:1", "visitator", f"municipality:{HOME}", Scope(municipality=HOME))
THEY = Actor("account:2", "visitator", f"municipality:{NEW}", Scope(municipality=NEW))
HERE, THERE = Scope(municipality=HOME), Scope(municipality=NEW)
SOON = NOW + timedelta(days=2)


async def handed_on(plan: Plan, *, seen: int, to: str | None = NEW) -> Plan:
    return await Plan.get(id=await hand_on(plan.id, to, actor=US, now=NOW, seen=seen))


async def kinds(plan: Plan) -> list[str]:
    return [event.kind for event in await CaseEvent.filter(plan_id=plan.id).order_by("sequence")]


async def test_it_is_closed_here_and_open_there_with_everything_but_the_offer() -> None:
    plan = await a_plan(discharge_date=TODAY - timedelta(days=9), contents=VAULT.seal(b"{}"))
    codes = await a_code(plan)
    await an_offered_booking(plan, await a_slot(await a_site(), SOON))
    await set_contact(plan.id, Addresses("a@b.example"), "da", actor=CITIZEN, now=NOW, vault=VAULT)
    await execute(f"SET LOCAL ROLE {APP_ROLE}")
    new = await handed_on(plan, seen=0)
    await execute("RESET ROLE")
    old = await Plan.get(id=plan.id)
    assert (old.state, old.municipality_id, new.state, new.municipality_id) == (
        *(PlanState.STOPPED, HOME),
        *(PlanState.ASSESSED, NEW),
    )
    assert (new.linked_to_id, new.link, new.received_on, new.offer_date) == (plan.id, PlanLink.HANDED_ON, TODAY, None)
    assert (new.contents, new.citizen, new.level) == (old.contents, old.citizen, old.level)
    assert (await read_case(new.id, NOW)).rights.choice_exercisable
    assert await enter(codes.code, address="a", now=NOW, vault=VAULT, policy=POLICY) == new.id
    assert (await kinds(plan), await kinds(new)) == (["offer_withdrawn", "handed_on"], ["received"])
    told = {report.waits_for_id for report in await Report.filter(plan_id__in=[plan.id, new.id])}
    assert told == {HOME, NEW}
    messages = await Message.filter(plan_id=plan.id, recipient="citizen").order_by("created_at", "id")
    assert {message.template for message in messages} == {"time_lost", "handed_on"}
    await assert_invariants(NOW)


async def test_each_municipality_reads_its_own_record_and_the_new_one_what_was_before() -> None:
    plan = await a_plan()
    new = await handed_on(plan, seen=0)
    await execute(f"SET LOCAL ROLE {APP_ROLE}")
    async with transaction(THERE):
        before = await history_elsewhere(new.id)
        assert not await Plan.exists(id=plan.id)
        # Until somebody has taken it, it is on the new one's list.
        assert [line.plan_id for line in await list_tasks(Question(NEW, Task.HANDED_ON), now=NOW)] == [new.id]
    async with transaction(HERE):
        assert not await Plan.exists(id=new.id)
        assert await history_elsewhere(new.id) == []
    assert [(name, one.kind) for name, one in before] == [("Københavns Kommune", "handed_on")]


async def test_it_leaves_the_list_when_somebody_has_taken_it() -> None:
    new = await handed_on(await a_plan(state=PlanState.RECEIVED), seen=0)
    colleague = await a_colleague(Post(Role.VISITATOR, municipality=NEW))
    async with transaction(THERE):
        assert Task.HANDED_ON in {line.task for line in await tasks_of(new.id, NEW, now=NOW)}
        await hand_out([new.id], colleague.account_id, actor=THEY, now=NOW)
        left = {line.task for line in await tasks_of(new.id, NEW, now=NOW)}
    assert (Task.ASSESS in left, Task.HANDED_ON in left, Task.BESIDE_ANOTHER in left) == (True, False, False)


async def test_a_private_time_stays_the_citizens_and_any_other_is_given_up() -> None:
    private, municipal = await a_site("private", slots=[SOON]), await a_site(slots=[SOON])
    for site, state in ((private, PlanState.BOOKED), (municipal, PlanState.ASSESSED)):
        plan = await a_plan(cannot_offer_recorded_on=TODAY)
        slot = await site.slots.all().first()
        assert slot
        booking = await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
        new = await handed_on(plan, seen=1)
        case, kept = await read_case(new.id, NOW), site is private
        assert new.state is state
        assert (case.current is not None) is kept
        if case.current:
            assert (case.current.slot_id, case.current.moved_from_id) == (slot.id, booking.id)
            assert case.current.basis is Basis.EXTENDED
        was = BookingState.MOVED if kept else BookingState.CANCELLED_BY_PROVIDER
        assert (await Booking.get(id=booking.id)).state is was
        assert (await kinds(plan))[1:] == (["handed_on"] if kept else ["time_given_up", "handed_on"])
        assert await kinds(new) == (["received", "time_kept"] if kept else ["received"])
    await assert_invariants(NOW)


async def test_what_cannot_be_handed_on_stays_as_it_is() -> None:
    plan, over = await a_plan(), await a_plan(state=PlanState.COMPLETED)
    for to in (None, HOME, "0411", "9999"):
        with pytest.raises(MunicipalityMissing):
            await handed_on(plan, seen=0, to=to)
    with pytest.raises(CaseChanged):
        await handed_on(plan, seen=7)
    with pytest.raises(PlanUnknown):
        await hand_on(plan.id, HOME, actor=THEY, now=NOW, seen=0)
    with pytest.raises(IllegalTransition):
        await handed_on(over, seen=0)
    begun = await a_treated()
    await Plan.filter(id=begun.plan.id).update(state=PlanState.STARTED)
    with pytest.raises(CourseUnderWay):
        await handed_on(begun.plan, seen=1)
    await a_plan(municipality_id=NEW, message_id=plan.message_id)
    with pytest.raises(PlanThere):
        await handed_on(plan, seen=0)
    assert await kinds(plan) == []
