"""What happened, by whom, in which order: written with its change and its report, or not at all."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import orjson
import pytest

from matching.booking import book, cancel, move
from matching.events import record_event
from matching.models import CaseEvent, Plan, Report, ReportChannel, ReportState
from matching.reports.outbox import DELIVER
from providers.actors import CITIZEN, SYSTEM, Actor
from providers.database import fetch, transaction
from tests.support.refusals import unchanged
from tests.support.worlds import HOME, NOW, POLICY, a_plan, a_site, a_slot

WORKER = Actor("4711", "caseworker", "Prøve Kommune")


async def a_channel(kind: str = "webhook", **values: Any) -> ReportChannel:
    defaults: dict[str, Any] = {"municipality_id": HOME, "kind": kind, "url": "http://localhost/", "secret": b""}
    return await ReportChannel.create(**defaults | values)


async def test_an_event_says_who_did_what_when_and_why(clean_world: None) -> None:
    plan = await a_plan()
    event = await record_event(plan, "note", actor=WORKER, now=NOW, reason="event")
    assert await CaseEvent.filter(id=event.id).values() == [
        {
            "id": event.id,
            "plan_id": plan.id,
            "sequence": 1,
            "kind": "note",
            "at": NOW,
            "actor": "caseworker:4711",
            "booking_id": None,
            "reason": "event",
            "changes": None,
        }
    ]


async def test_each_plan_counts_its_own_events(clean_world: None) -> None:
    mine, theirs = await a_plan(), await a_plan()
    for plan in (mine, theirs, mine, mine):
        await record_event(plan, "note", actor=SYSTEM, now=NOW)
    assert await sequences(mine) == [1, 2, 3]
    assert await sequences(theirs) == [1]


async def sequences(plan: Plan) -> list[int]:
    return [
        number for (number,) in await fetch("SELECT sequence FROM case_event WHERE plan_id = $1 ORDER BY 1", plan.id)
    ]


async def test_a_whole_story_is_counted_and_reported_step_by_step(clean_world: None) -> None:
    await a_channel()
    plan, site = await a_plan(), await a_site()
    monday, tuesday = await a_slot(site, NOW + timedelta(days=7)), await a_slot(site, NOW + timedelta(days=8))
    booking = await book(plan.id, monday.id, actor=CITIZEN, now=NOW, policy=POLICY)
    moved = await move(plan.id, booking.id, tuesday.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await cancel(plan.id, moved.id, actor=WORKER, now=NOW, policy=POLICY)
    told = [orjson.loads(report.body) for report in await Report.filter(plan_id=plan.id).order_by("sequence")]
    assert [(body["sequence"], body["event"], body["booking"]["state"]) for body in told] == [
        (1, "booked", "confirmed"),
        (2, "moved", "confirmed"),
        (3, "cancelled_by_citizen", "cancelled_by_citizen"),
    ]
    assert [body["booking"]["id"] for body in told] == [str(booking.id), str(moved.id), str(moved.id)]
    assert [actor for (actor,) in await fetch("SELECT actor FROM case_event ORDER BY sequence")] == [
        "citizen:citizen",
        "citizen:citizen",
        "caseworker:4711",
    ]


async def test_a_report_goes_to_each_active_channel_of_the_home_municipality(clean_world: None) -> None:
    wanted = {(await a_channel("webhook")).id, (await a_channel("medcom")).id}
    await a_channel("notice", active=False)
    await a_channel("webhook", municipality_id="0147")
    event = await record_event(await a_plan(), "note", actor=SYSTEM, now=NOW)
    reports = await Report.filter(event_id=event.id)
    assert {report.channel_id for report in reports} == wanted
    assert {(report.state, report.next_at, report.attempts) for report in reports} == {(ReportState.QUEUED, NOW, 0)}
    assert {orjson.loads(report.body)["message_id"] for report in reports} == {str(report.id) for report in reports}


async def test_without_a_channel_the_report_waits_to_be_fetched(clean_world: None) -> None:
    event = await record_event(await a_plan(), "note", actor=SYSTEM, now=NOW)
    assert [report.channel_id for report in await Report.filter(event_id=event.id)] == [None]


async def test_the_worker_is_woken_once_for_each_event(clean_world: None) -> None:
    plan = await a_plan()
    await a_channel("webhook")
    await a_channel("medcom")
    await record_event(plan, "note", actor=SYSTEM, now=NOW)
    assert await fetch("SELECT entrypoint, payload FROM pgqueuer") == [(DELIVER, str(plan.id).encode())]


async def test_an_event_is_recorded_inside_a_transaction_only(database: str) -> None:
    plan = await a_plan()
    async with unchanged():
        with pytest.raises(RuntimeError, match="inside a transaction"):
            await record_event(plan, "note", actor=SYSTEM, now=NOW)


async def test_an_event_that_cannot_be_reported_did_not_happen(database: str) -> None:
    plan = await a_plan()
    async with unchanged():
        with pytest.raises(ValueError, match="not a valid StopReason"):
            async with transaction():
                await record_event(plan, "note", actor=SYSTEM, now=NOW, reason=str(uuid4()))
