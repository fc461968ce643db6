"""The look-up log: time, person, organisation, role, action, case, purpose and result; only ever added to."""

from datetime import timedelta

import pytest
from asyncpg import IntegrityConstraintViolationError

from matching.audit import audit
from matching.models import AuditEntry
from providers.actors import CITIZEN, CITIZEN_WITH_CODE, Actor
from providers.database import execute, transaction
from tests.support.worlds import NOW, a_plan

pytestmark = pytest.mark.usefixtures("clean_world")

WORKER = Actor("4711", "caseworker", "Prøve Kommune")


async def test_an_entry_says_who_looked_at_what_and_why() -> None:
    plan = await a_plan()
    await audit("case_read", actor=WORKER, now=NOW, purpose="guidance", plan_id=plan.id, criterion="cpr")
    assert await AuditEntry.all().values() == [
        {
            "id": (await AuditEntry.get()).id,
            "at": NOW,
            "person": "4711",
            "organisation": "Prøve Kommune",
            "role": "caseworker",
            "action": "case_read",
            "plan_id": plan.id,
            "criterion": "cpr",
            "purpose": "guidance",
            "result": "ok",
        }
    ]


async def test_a_search_that_found_nobody_is_written_too() -> None:
    await audit("code_entered", actor=CITIZEN_WITH_CODE, now=NOW, purpose="choice", criterion="code", result="refused")
    entry = await AuditEntry.get()
    assert (entry.plan_id, entry.organisation, entry.result) == (None, None, "refused")


async def test_entries_stand_in_the_order_in_which_they_were_written() -> None:
    for minute in (2, 0, 1):
        await audit("looked", actor=CITIZEN, now=NOW + timedelta(minutes=minute), purpose="choice")
    assert [entry.at.minute for entry in await AuditEntry.all().order_by("id")] == [2, 0, 1]


@pytest.mark.parametrize(("person", "purpose"), [("", "choice"), ("4711", "")])
async def test_nobody_looks_without_a_name_and_a_purpose(person: str, purpose: str) -> None:
    with pytest.raises(IntegrityConstraintViolationError, match="audit_entry_complete"):
        async with transaction():
            await audit("looked", actor=Actor(person, "caseworker"), now=NOW, purpose=purpose)
    assert await AuditEntry.all().count() == 0


async def test_an_entry_for_a_case_that_does_not_exist_is_refused() -> None:
    with pytest.raises(IntegrityConstraintViolationError, match="audit_entry_plan_id_fkey"):
        async with transaction():
            await audit("looked", actor=WORKER, now=NOW, purpose="guidance", plan_id=0)


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET result = 'ok'", "DELETE FROM audit_entry"])
async def test_the_app_cannot_change_what_it_wrote(change: str) -> None:
    await audit("looked", actor=CITIZEN, now=NOW, purpose="choice")
    with pytest.raises(Exception, match="permission denied"):
        async with transaction():
            await execute(f"SET LOCAL ROLE genvej_app; {change}")
    assert await AuditEntry.all().count() == 1
