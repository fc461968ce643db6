"""Each case stands on the lists that the law and the table of rules say, in order of urgency, page by page."""

from datetime import timedelta
from typing import Any

import pytest
from orjson import loads

from matching.audit import audit
from matching.booking import book
from matching.casework import offer
from matching.citizens import Citizen
from matching.models import Booking, CallBack, CaseEvent, ChannelKind, Message, Plan, Report, ReportChannel, ReportState
from matching.plan_facts import PlanLink, PlanType
from matching.states import BookingState, PlanState
from matching.worklists import Question, Spot, Task, case_called, count_tasks, hand_out, list_tasks, tasks_of
from matching.worklists.digest import send_digests
from providers.accounts import Post
from providers.actors import CITIZEN, CITIZEN_WITH_CODE, Actor
from providers.database import execute
from providers.models import Account, Approval, ApprovalState
from providers.roles import Role
from providers.scope import Scope
from tests.support.staff import a_colleague
from tests.support.worlds import HOME, NOW, POLICY, TODAY, VAULT, a_citizen, a_plan, a_site, a_slot

pytestmark = pytest.mark.usefixtures("clean_world")

SOON, DAY = NOW + timedelta(days=2), timedelta(days=1)
AT_HOME = Scope(municipality=HOME)
VISITATOR = Actor("account:1", "visitator", f"municipality:{HOME}", AT_HOME)
QUIET: dict[str, Any] = {"informed_at": NOW, "choice_told_on": TODAY}


async def case(days_ago: int = 1, *, citizen: Citizen | None = None, **values: Any) -> Plan:
    """A case of which the citizen knows everything, discharged so many days ago."""
    day = TODAY - days_ago * DAY
    return await a_plan(citizen=citizen, **{"discharge_date": day, "received_on": day} | QUIET | values)


async def look_as(municipality: str) -> None:
    """The test's own transaction looks for the municipality."""
    await execute("SELECT set_config('genvej.municipality', $1, true)", municipality)


async def tasks(plan: Plan) -> list[Task]:
    await look_as(HOME)
    return [line.task for line in await tasks_of(plan.id, HOME, now=NOW)]


@pytest.mark.parametrize(
    ("days_ago", "facts", "expected"),
    [
        (7, {"state": PlanState.RECEIVED}, [Task.ASSESS]),
        (8, {"state": PlanState.RECEIVED}, [Task.ASSESS_LATE]),
        (8, {"state": PlanState.HANDED_BACK}, [Task.ASSESS_LATE]),
        (5, {}, []),
        (6, {}, [Task.OFFER_NOW]),
        (7, {}, [Task.OFFER_NOW]),
        (8, {}, [Task.OFFER_LATE]),
        (8, {"deferred_on": TODAY}, []),
        (8, {"choice_told_on": None}, [Task.TELL_CHOICE, Task.OFFER_LATE]),
        (3, {"choice_told_on": None, "cannot_offer_recorded_on": TODAY}, [Task.TELL_CHOICE]),
        (3, {"choice_told_on": None, "offer_date": TODAY + 5 * DAY, "offer_recorded_on": TODAY}, [Task.TELL_CHOICE]),
        (3, {"choice_told_on": None, "offer_date": TODAY + 4 * DAY, "offer_recorded_on": TODAY}, []),
        (9, {"earliest_start": TODAY - 7 * DAY}, [Task.OFFER_NOW]),
        (2, {"informed_at": None}, [Task.INFORM]),
        (1, {"code_issued_on": TODAY - 7 * DAY}, [Task.CODE_IDLE]),
        (1, {"code_issued_on": TODAY - 6 * DAY}, []),
        (1, {"state": PlanState.RECEIVED, "residence_id": "0147"}, [Task.ASSESS, Task.FROM_ELSEWHERE]),
        (9, {"state": PlanState.STOPPED, "informed_at": None}, []),
        (9, {"plan_type": PlanType.SPECIALISED, "level": None, "state": PlanState.RECEIVED, "informed_at": None}, []),
    ],
)
async def test_which_facts_make_which_tasks(days_ago: int, facts: dict[str, Any], expected: list[Task]) -> None:
    assert await tasks(await case(days_ago, **facts)) == expected


async def test_a_code_that_was_typed_is_used_and_a_second_plan_is_seen() -> None:
    plan = await case(code_issued_on=TODAY - 9 * DAY)
    await audit("code_entered", actor=CITIZEN_WITH_CODE, now=NOW - DAY, purpose="choice", plan_id=plan.id)
    assert await tasks(plan) == []
    beside = await case(state=PlanState.RECEIVED, linked_to_id=plan.id, link=PlanLink.PARALLEL)
    assert await tasks(beside) == [Task.ASSESS, Task.BESIDE_ANOTHER]


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        (BookingState.REFUSED, Task.REFUSED),
        (BookingState.CANNOT_RECEIVE, Task.CANNOT_RECEIVE),
        (BookingState.CANCELLED_BY_PROVIDER, Task.CANCELLED),
    ],
)
async def test_a_time_that_fell_through_is_trouble_until_there_is_another(ended: BookingState, expected: Task) -> None:
    plan, slot = await case(), await a_slot(await a_site(), SOON)
    booking = await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await Booking.filter(id=booking.id).update(state=ended)
    await Plan.filter(id=plan.id).update(state=PlanState.ASSESSED)
    assert await tasks(plan) == [expected]
    another = await a_slot(await a_site(), SOON)
    seen = await CaseEvent.filter(plan_id=plan.id).count()
    await offer(plan.id, another.id, actor=VISITATOR, now=NOW + DAY / 24, policy=POLICY, seen=seen)
    assert await tasks(plan) == []


async def test_a_suspended_place_and_a_failed_report_are_trouble() -> None:
    site, plan = await a_site(), await case()
    slot = await a_slot(site, SOON)
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await Approval.filter(site_id=site.pk).update(state=ApprovalState.SUSPENDED)
    await Report.filter(plan_id=plan.id).update(state=ReportState.GIVEN_UP)
    assert await tasks(plan) == [Task.SUSPENDED, Task.REPORT_FAILED]
    await look_as("0147")
    assert await list_tasks(Question(HOME), now=NOW) == []


async def test_a_report_that_is_a_day_late_is_trouble_while_it_is_tried_again() -> None:
    plan = await case()
    kind = {"municipality_id": HOME, "kind": ChannelKind.WEBHOOK, "url": "https://kommune.example", "secret": b""}
    channel = await ReportChannel.create(**kind)
    slot = await a_slot(await a_site(), SOON)
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    for late, expected in ((DAY - timedelta(seconds=1), []), (DAY, [Task.REPORT_FAILED])):
        await Report.filter(plan_id=plan.id).update(created_at=NOW - late)
        assert await tasks(plan) == expected
    await ReportChannel.filter(id=channel.id).update(active=False)
    assert await tasks(plan) == []


async def test_a_call_that_was_promised_and_not_made_is_seen_the_day_after() -> None:
    site = await a_site()
    for due, expected in ((TODAY, []), (TODAY - DAY, [Task.CALL_OVERDUE])):
        plan = await case()
        await CallBack.create(plan_id=plan.id, site_id=site.pk, asked_at=NOW, due_on=due, person=b"sealed")
        assert await tasks(plan) == expected


async def test_pages_follow_each_other_and_leave_nothing_out() -> None:
    for days_ago in (8, 9, 9, 6, 7, 3):
        await case(days_ago, choice_told_on=None)
    await case(2, informed_at=None)
    everything = await list_tasks(Question(HOME), now=NOW)
    shown, after = [], None
    while page := await list_tasks(Question(HOME), now=NOW, after=after, limit=2):
        shown += page
        after = Spot(page[-1].rank, page[-1].due, page[-1].plan_id)
    counts = await count_tasks(Question(HOME), now=NOW)
    only = await list_tasks(Question(HOME, Task.OFFER_NOW), now=NOW, after=Spot(0, TODAY, 1))
    assert shown == everything
    order = [(line.rank, line.due, line.plan_id) for line in everything]
    assert order == sorted(order)
    assert counts[Task.TELL_CHOICE] == counts[Task.OFFER_LATE] == 3
    assert [line.task for line in only] == [Task.OFFER_NOW] * 2


async def test_a_case_is_handed_out_within_the_municipality_only() -> None:
    account = await Account.create(email="k@kommune.example", name="Karla", created_at=NOW)
    mine, elsewhere = await case(8), await case(8, municipality_id="0147", citizen=a_citizen())
    assert await hand_out([mine.id, elsewhere.id], account.id, actor=VISITATOR, now=NOW) == 1
    assert await hand_out([mine.id], account.id, actor=VISITATOR, now=NOW) == 0
    (line,) = await list_tasks(Question(HOME, owner=account.id), now=NOW)
    assert (line.plan_id, line.caseworker) == (mine.id, "Karla")
    assert await list_tasks(Question(HOME, owner=0), now=NOW) == []
    assert await case_called(mine.case_reference.lower(), HOME) == mine.id
    assert await case_called(elsewhere.case_reference, HOME) is None


async def test_caseworkers_hear_each_morning_how_much_waits_and_nothing_else() -> None:
    busy, idle = await a_colleague(), await a_colleague(Post(Role.VISITATOR, municipality="0147"))
    await case(9, state=PlanState.RECEIVED)
    await case(2, informed_at=None)
    assert await send_digests(NOW, VAULT) == 1
    assert await send_digests(NOW + DAY / 24, VAULT) == 0
    (message,) = await Message.filter(template="tasks_wait")
    assert message.account_id == busy.account_id != idle.account_id
    assert loads(VAULT.open(message.content or b"")) == {"urgent": 1, "all": 2}
    assert await send_digests(NOW + DAY, VAULT) == 1
