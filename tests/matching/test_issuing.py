"""Codes as the municipality gives them out: one pair alive for each plan, and nothing kept in clear."""

import asyncio
from datetime import timedelta

import pytest

from matching.codes import parse_access_code, parse_code
from matching.entry import CodeUnknown, enter
from matching.issuing import issue_codes, revoke_codes
from matching.models import AuditEntry, CaseEvent, CourseCode, Report
from providers.actors import Actor
from providers.database import execute, fetch_value
from tests.support.worlds import NOW, POLICY, VAULT, a_plan

CASEWORKER = Actor("visitator-1", "caseworker", "0101")


async def enters(code: str) -> int:
    return await enter(code, address="192.0.2.1", now=NOW, vault=VAULT, policy=POLICY)


async def issue(plan_id: int) -> str:
    return (await issue_codes(plan_id, actor=CASEWORKER, now=NOW, vault=VAULT, policy=POLICY)).code


async def test_an_issued_pair_is_a_forloebskode_and_a_kontrolkode_that_live_for_a_while(clean_world: None) -> None:
    plan = await a_plan()
    codes = await issue_codes(plan.id, actor=CASEWORKER, now=NOW, vault=VAULT, policy=POLICY)
    assert len(parse_code(codes.code)) == 14
    assert len(parse_access_code(codes.access_code)) == 8
    assert codes.expires_at == NOW + POLICY.code_life
    assert await enters(codes.code) == plan.id


async def test_issuing_anew_kills_the_pair_before(clean_world: None) -> None:
    plan = await a_plan()
    first, second = await issue(plan.id), await issue(plan.id)
    with pytest.raises(CodeUnknown):
        await enters(first)
    assert await enters(second) == plan.id
    assert await CourseCode.filter(plan_id=plan.id, revoked_at=None).count() == 1


async def test_a_revoked_code_is_dead_and_revoking_again_changes_nothing(clean_world: None) -> None:
    plan = await a_plan()
    code = await issue(plan.id)
    for later in range(2):
        await revoke_codes(plan.id, actor=CASEWORKER, now=NOW + timedelta(hours=later))
    with pytest.raises(CodeUnknown):
        await enters(code)
    assert await CourseCode.filter(plan_id=plan.id).values_list("revoked_at", flat=True) == [NOW]
    assert await CaseEvent.filter(plan_id=plan.id, kind="code_revoked").count() == 1


async def test_another_plans_code_is_left_alone(clean_world: None) -> None:
    mine, theirs = await a_plan(), await a_plan()
    code = await issue(theirs.id)
    await issue(mine.id)
    await revoke_codes(mine.id, actor=CASEWORKER, now=NOW)
    assert await enters(code) == theirs.id


async def test_who_issued_and_revoked_stands_in_the_case_and_in_the_look_up_log(clean_world: None) -> None:
    plan = await a_plan()
    await issue(plan.id)
    await revoke_codes(plan.id, actor=CASEWORKER, now=NOW)
    events = await CaseEvent.filter(plan_id=plan.id).order_by("sequence").values_list("kind", "actor")
    assert events == [("code_issued", "caseworker:visitator-1"), ("code_revoked", "caseworker:visitator-1")]
    log = await AuditEntry.filter(plan_id=plan.id).order_by("id").values_list("action", "person", "organisation")
    assert log == [("code_issued", "visitator-1", "0101"), ("code_revoked", "visitator-1", "0101")]


async def test_neither_code_is_stored_or_reported(clean_world: None) -> None:
    plan = await a_plan()
    codes = await issue_codes(plan.id, actor=CASEWORKER, now=NOW, vault=VAULT, policy=POLICY)
    secrets = [codes.code, codes.access_code, parse_code(codes.code), parse_access_code(codes.access_code)]
    for table in ("course_code", "case_event", "audit_entry"):
        for secret in secrets:
            assert await fetch_value(f"SELECT count(*) FROM {table} t WHERE strpos(t::text, $1) > 0", secret) == 0
    bodies = await Report.filter(plan_id=plan.id).values_list("body", flat=True)
    assert bodies
    assert not any(secret.encode() in body for body in bodies for secret in secrets)


async def test_two_who_issue_at_once_leave_one_pair_alive(database: str) -> None:
    plan = await a_plan()
    codes = await asyncio.gather(*(issue(plan.id) for _ in range(4)))
    living = [code for code in codes if await _opens(code)]
    assert len(living) == 1
    assert await CourseCode.filter(plan_id=plan.id, revoked_at=None).count() == 1


async def test_the_database_itself_keeps_to_one_living_pair(clean_world: None) -> None:
    plan = await a_plan()
    await issue(plan.id)
    await revoke_codes(plan.id, actor=CASEWORKER, now=NOW)
    await issue(plan.id)
    with pytest.raises(Exception, match="course_code_one_alive_per_plan"):
        await execute("UPDATE course_code SET revoked_at = NULL WHERE plan_id = $1", plan.id)


async def _opens(code: str) -> bool:
    try:
        await enters(code)
    except CodeUnknown:
        return False
    return True
