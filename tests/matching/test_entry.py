"""The way in by code: what is let in, what it costs to be wrong, and that nobody learns why."""

from collections.abc import Awaitable
from datetime import date, timedelta

import pytest
from asyncpg.connection import LoggedQuery

from matching.codes import AccessCodeMistyped, CodeMistyped, issue_access_code, issue_code
from matching.entry import CodeUnknown, EntryRefused, FactorWrong, TooManyAttempts, enter, verify
from matching.issuing import LetterCodes, issue_codes, revoke_codes
from matching.models import AuditEntry, Plan
from matching.policy import Policy
from portal.bench.recording import recorded
from providers.actors import SYSTEM
from providers.database import fetch, fetch_value
from providers.models import AttemptBudget
from tests.support.counting import statements
from tests.support.worlds import NOW, VAULT, a_code, a_plan

POLICY = Policy(address_attempts=3, total_attempts=5, factor_attempts=2)
BORN = date(1951, 3, 14)
HERE, THERE, ELSEWHERE = "192.0.2.1", "192.0.2.2", "192.0.2.3"


@pytest.fixture(autouse=True)
def undone(clean_world: None) -> None:
    """What a test writes is gone after it."""


def entering(text: str, address: str = HERE, after: timedelta = timedelta(0)) -> Awaitable[int]:
    return enter(text, address=address, now=NOW + after, vault=VAULT, policy=POLICY)


def verifying(plan: Plan, access_code: str, born: date = BORN, after: timedelta = timedelta(0)) -> Awaitable[None]:
    return verify(plan.id, access_code, born, now=NOW + after, vault=VAULT, policy=POLICY)


async def fail(times: int, address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(CodeUnknown):
            await entering(issue_code(), address)


async def a_letter() -> tuple[Plan, LetterCodes]:
    plan = await a_plan()
    return plan, await a_code(plan)


async def budgets() -> int:
    return await AttemptBudget.all().count()


async def test_a_code_opens_its_own_plan_however_it_is_typed() -> None:
    await a_letter()
    plan, codes = await a_letter()
    for typed in (codes.code, codes.code.lower(), codes.code.replace("-", " "), codes.code.replace("0", "o")):
        assert await entering(typed) == plan.id


async def test_unknown_expired_and_revoked_codes_get_one_answer_for_one_amount_of_work() -> None:
    plan, codes = await a_letter()
    await revoke_codes(plan.id, actor=SYSTEM, now=NOW)
    expired = (await a_letter())[1]
    # The first guess on a connection also asks the database about its types.
    with pytest.raises(CodeUnknown):
        await enter(issue_code(), address="192.0.2.99", now=NOW, vault=VAULT, policy=Policy())
    answers = []
    for text, now, address in (
        (issue_code(), NOW, HERE),
        (codes.code, NOW, THERE),
        (expired.code, expired.expires_at, ELSEWHERE),
    ):
        async with statements() as sent:
            with pytest.raises(EntryRefused) as refused:
                await enter(text, address=address, now=now, vault=VAULT, policy=Policy())
        answers.append((type(refused.value), refused.value.details, sent))
    assert answers[0][:2] == (CodeUnknown, {})
    assert answers[0] == answers[1] == answers[2]


async def test_a_code_lives_until_the_instant_at_which_it_expires() -> None:
    plan, codes = await a_letter()
    left = codes.expires_at - NOW
    assert await entering(codes.code, after=left - timedelta(microseconds=1)) == plan.id
    with pytest.raises(CodeUnknown):
        await entering(codes.code, after=left)


async def test_a_mistyped_code_costs_nothing_and_asks_nobody() -> None:
    code = issue_code()
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    for text in (wrong, "", "x", code + code, "💥" * 14, "\x00", "0" * 10_000):
        async with statements() as sent:
            with pytest.raises(CodeMistyped):
                await entering(text)
        assert sent == []


async def test_a_valid_code_costs_nothing_however_often_it_is_used() -> None:
    plan, codes = await a_letter()
    for _ in range(POLICY.total_attempts + 1):
        assert await entering(codes.code) == plan.id
    assert await budgets() == 0
    await fail(POLICY.address_attempts)


async def test_an_address_that_has_failed_too_often_waits_until_one_failure_is_forgotten() -> None:
    plan, codes = await a_letter()
    await fail(POLICY.address_attempts)
    for text in (codes.code, issue_code()):
        with pytest.raises(TooManyAttempts) as refused:
            await entering(text)
        assert refused.value.details["wait"] == POLICY.address_pause
    with pytest.raises(TooManyAttempts):
        await entering(codes.code, after=POLICY.address_pause - timedelta(seconds=1))
    assert await entering(codes.code, after=POLICY.address_pause) == plan.id
    assert await entering(codes.code, address=THERE) == plan.id, "others are not to blame"


async def test_who_must_wait_is_told_so_by_the_same_work_for_any_code() -> None:
    codes = (await a_letter())[1]
    await fail(POLICY.address_attempts)
    work = []
    for text in (codes.code, issue_code()):
        async with statements() as sent:
            with pytest.raises(TooManyAttempts):
                await entering(text)
        work.append(sent)
    assert work[0] == work[1]


async def test_who_must_wait_has_no_code_looked_up() -> None:
    codes = (await a_letter())[1]
    async with recorded() as free:
        await entering(codes.code)
    assert "course_code" in await done(free[0])
    await fail(POLICY.address_attempts)
    async with recorded() as waiting:
        with pytest.raises(TooManyAttempts):
            await entering(codes.code)
    assert [query.query for query in waiting] == [free[0].query]
    assert "course_code" not in await done(waiting[0])


async def done(query: LoggedQuery) -> str:
    """The steps of the plan that were really gone."""
    steps = await fetch(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {query.query}", *query.args)
    return "\n".join(step for (step,) in steps if "never executed" not in step)


async def test_when_everybodys_budget_is_used_up_only_those_who_have_failed_wait() -> None:
    plan, codes = await a_letter()
    await fail(POLICY.address_attempts, HERE)
    await fail(POLICY.total_attempts - POLICY.address_attempts, THERE)
    for address in (HERE, THERE):
        with pytest.raises(TooManyAttempts):
            await entering(codes.code, address)
    assert await entering(codes.code, ELSEWHERE) == plan.id
    await fail(1, ELSEWHERE)
    with pytest.raises(TooManyAttempts):
        await entering(codes.code, ELSEWHERE)


async def test_every_entry_is_in_the_look_up_log_and_no_code_or_address_is_anywhere() -> None:
    plan, codes = await a_letter()
    await entering(codes.code)
    await fail(1)
    entries = await AuditEntry.all().order_by("id").values_list("action", "plan_id", "criterion", "result", "role")
    assert entries == [
        ("code_entered", plan.id, "code", "ok", "citizen_code"),
        ("code_entered", None, "code", "refused", "citizen_code"),
    ]
    for table in ("course_code", "attempt_budget", "audit_entry", "case_event"):
        for secret in (codes.code, codes.code.replace("-", ""), codes.access_code, HERE):
            assert await fetch_value(f"SELECT count(*) FROM {table} t WHERE strpos(t::text, $1) > 0", secret) == 0


async def test_both_halves_of_the_second_factor_must_be_right() -> None:
    plan, codes = await a_letter()
    await verifying(plan, codes.access_code.lower())
    with pytest.raises(FactorWrong):
        await verifying(plan, codes.access_code, BORN + timedelta(days=1))
    with pytest.raises(FactorWrong):
        await verifying(plan, issue_access_code())
    with pytest.raises(TooManyAttempts):
        await verifying(plan, codes.access_code)
    await verifying(plan, codes.access_code, after=POLICY.factor_pause)
    log = await AuditEntry.filter(action="second_factor").order_by("id").values_list("plan_id", "result")
    assert log == [(plan.id, "ok"), (plan.id, "refused"), (plan.id, "refused"), (plan.id, "ok")]


async def test_the_second_factor_is_another_plans_nowhere() -> None:
    mine, (_, theirs) = (await a_letter())[0], await a_letter()
    with pytest.raises(FactorWrong):
        await verifying(mine, theirs.access_code)


async def test_the_second_factor_ends_with_the_code() -> None:
    plan, codes = await a_letter()
    renewed = await issue_codes(plan.id, actor=SYSTEM, now=NOW, vault=VAULT, policy=POLICY)
    with pytest.raises(FactorWrong):
        await verifying(plan, codes.access_code)
    await verifying(plan, renewed.access_code)
    await revoke_codes(plan.id, actor=SYSTEM, now=NOW)
    with pytest.raises(FactorWrong):
        await verifying(plan, renewed.access_code)


@pytest.mark.parametrize("typed", ["", "1234", "💥", "\x00", "0" * 9, "0" * 10_000])
async def test_a_mistyped_second_factor_costs_nothing(typed: str) -> None:
    plan, codes = await a_letter()
    for _ in range(POLICY.factor_attempts + 1):
        with pytest.raises(AccessCodeMistyped):
            await verifying(plan, typed)
    await verifying(plan, codes.access_code)
