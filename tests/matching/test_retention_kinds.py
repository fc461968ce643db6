"""Each kind goes when its own time is up, by its controller's rule; what is alive, younger or another's stays."""

from datetime import date, timedelta

import asyncpg
import pytest

from matching.audit import audit
from matching.models import (
    AuditEntry,
    CaseFigure,
    CourseCode,
    IdempotencyKey,
    InboundMessage,
    Message,
    RawMessage,
    Report,
    ReportAttempt,
    RetentionRun,
)
from matching.reports.remedies import ReportForgotten, resend
from matching.retention.kinds import CASES, OF_A_MUNICIPALITY, RetentionKind
from matching.retention.parts import OF_MUNICIPALITIES, OF_THE_PORTAL
from matching.retention.reading import retention_report, retention_reports
from matching.retention.rules import DEFAULTS, KindOfAnother, RuleInvalid, RuleStands, add_rule, rules_on
from matching.retention.running import run_retention
from providers.accounts import disable_account
from providers.actors import SYSTEM, Actor
from providers.database import APP_ROLE, WORKER_ROLE, connected, execute, transaction
from providers.models import Account, Approval, Evidence, Invitation, RecoveryCode, Session
from providers.scope import NOBODY, Scope
from tests.support.refusals import refused
from tests.support.reporting import a_booked_plan
from tests.support.staff import a_colleague, an_invitation
from tests.support.worlds import HOME, KNEE_BASIC, NOW, TODAY, VAULT, a_code, a_site, an_approval

DAY = timedelta(days=1)
ELSEWHERE = "0851"
K = RetentionKind
OPERATOR = Actor("drift", "operator")

_MESSAGE = """
INSERT INTO message (id, once, template, channel, recipient, plan_id, state, due_at, next_at, created_at, sent_at)
VALUES (gen_random_uuid(), $1, 'x', 'email', $2, $3, 'sent', $4, $4, $4, $4)
"""
_RAW = """
INSERT INTO raw_message (municipality_id, source, name, body, digest, received_at, actor)
VALUES ($1, 'api', '', '', $2, $3, 'api')
"""
_PAPER = """
INSERT INTO evidence (approval_id, name, kind, content, size, uploaded_at, actor)
VALUES ($1, 'x', 'pdf', 'x', 1, $2, 'x')
"""
_INBOUND = "INSERT INTO inbound_message (municipality_id, digest, received_at, body) VALUES ($1, $2, $3, $4)"


async def of_a_municipality(code: str) -> None:
    """One of each kind, whose clock begins now, and beside them what has no clock yet."""
    plan, _ = await a_booked_plan(municipality=code)
    await execute("UPDATE report SET state = 'delivered', delivered_at = $1, answer = '200'", NOW)
    for alive in (False, True):
        await a_code(plan)
        if not alive:
            await CourseCode.filter(plan_id=plan.id).update(revoked_at=NOW)
    await execute(
        "INSERT INTO idempotency_key (plan_id, key, slot_id, booking_id, created_at)"
        " SELECT plan_id, 'k', slot_id, id, $2 FROM booking WHERE plan_id = $1",
        *(plan.id, NOW),
    )
    await execute("DELETE FROM message WHERE plan_id = $1", plan.id)
    await execute(_MESSAGE, f"once-{code}", "citizen", plan.id, NOW)
    await execute(_RAW, code, f"raw-{code}", NOW)
    await execute(
        "INSERT INTO report_attempt (report_id, plan_id, at, state, answer, body)"
        " SELECT id, plan_id, $2, 'delivered', '200', $3 FROM report WHERE plan_id = $1",
        *(plan.id, NOW, VAULT.seal(b"sent")),
    )
    await execute(_INBOUND, code, f"in-{code}", NOW, VAULT.seal(b"came back"))
    await audit("looked", actor=Actor("account:1", "visitator"), now=NOW, purpose="guidance", plan_id=plan.id)


async def of_the_portal() -> int:
    """The number of the account that was closed."""
    colleague = await a_colleague()
    await Invitation.all().update(used_at=NOW)
    await an_invitation(email="aaben@kommune.example", now=NOW)
    await disable_account(colleague.account_id, actor=OPERATOR, now=NOW)
    await Session.create(digest="a", data={}, created_at=NOW, seen_at=NOW, expires_at=NOW)
    await execute(_MESSAGE, "once", "address", None, NOW)
    await execute(_RAW, None, "raw", NOW)
    site = await a_site(package_levels=())
    for state in ("rejected", "withdrawn", "suspended", "approved"):
        approval = await an_approval(site, KNEE_BASIC, state=state, valid_to=TODAY)
        await Approval.filter(id=approval.id).update(decided_at=NOW)
        await execute(_PAPER, approval.id, NOW)
    return colleague.account_id


async def run(days: int, *, dry_run: bool = False) -> list[tuple[str | None, RetentionKind, int, int]]:
    """In the worker's role, so many days from now; due and done of each line."""
    now = NOW + days * DAY
    number = await run_retention(actor=SYSTEM, clock=lambda: now, dry_run=dry_run, controllers=[HOME, ELSEWHERE, None])
    report = await retention_report(number)
    assert report.finished_at == now
    return [(line.municipality, line.kind, line.due, line.done) for line in report.lines]


async def decide(kind: RetentionKind, days: int, municipality: str | None = None, valid_from: date = TODAY) -> None:
    """The source of every rule is the same."""
    source = "Byrådet 2026-11-16"
    await add_rule(kind, days, municipality=municipality, valid_from=valid_from, source=source, actor=OPERATOR, now=NOW)


async def test_each_kind_goes_by_the_rule_of_its_own_controller(database: str) -> None:
    for code in (HOME, ELSEWHERE):
        await of_a_municipality(code)
    account = await of_the_portal()
    for kind in set(RetentionKind) - CASES:
        await decide(kind, 10)
    for kind in OF_A_MUNICIPALITY - CASES:
        await decide(kind, 100, ELSEWHERE)
    looks = await AuditEntry.filter(plan_id=None).count()
    async with connected(database, role=WORKER_ROLE):
        assert await run(10) == [], "the last day on which they are kept"
        due = [(who, kind, count) for who, kind, count, done in await run(11, dry_run=True) if done == 0]
        gone = await run(11)
    assert [(who, kind, count) for who, kind, count, done in gone if done == count] == due
    assert sorted(due, key=str) == sorted(
        [
            *((HOME, kind, 1) for kind in (K.CODE, K.REPORT, K.REQUEST_KEY, K.MESSAGE, K.ARRIVAL, K.ANSWER)),
            (HOME, K.LOOK, 2),
            (None, K.EVIDENCE, 2),
            *((None, kind, 1) for kind in (K.MESSAGE, K.ARRIVAL, K.SESSION, K.INVITATION, K.ACCOUNT)),
            (None, K.LOOK, looks),
        ],
        key=str,
    )
    assert await CourseCode.all().order_by("id").values_list("plan__municipality_id", "revoked_at") == [
        (HOME, None),
        (ELSEWHERE, NOW),
        (ELSEWHERE, None),
    ]
    assert await Report.all().order_by("plan__municipality_id").values_list("answer", flat=True) == [None, "200"]
    assert [bool(report.body) for report in await Report.all().order_by("plan__municipality_id")] == [False, True]
    sent = await ReportAttempt.all().order_by("plan__municipality_id").values_list("answer", "body")
    assert [(answer, bool(body)) for answer, body in sent] == [("(slettet)", False), ("200", True)]
    for model in (Message, IdempotencyKey, RawMessage, InboundMessage):
        assert await model.all().count() == 1, model
    assert await Invitation.all().values_list("email", flat=True) == ["aaben@kommune.example"]
    papers = await Evidence.all().order_by("id").values_list("approval__state", flat=True)
    assert papers == ["suspended", "approved"], "what may still have to be shown is kept"
    assert await AuditEntry.filter(plan__municipality_id=ELSEWHERE, person="account:1").count() == 1
    assert not await AuditEntry.filter(plan__municipality_id=HOME).exists()
    await _nobody_is_behind(account)


async def _nobody_is_behind(account_id: int) -> None:
    account = await Account.get(id=account_id)
    assert (account.name, account.email) == ("Slettet", f"slettet-{account_id}@slettet.invalid")
    assert {account.password_hash, account.totp_secret, account.totp_last_step} == {None}
    assert not await RecoveryCode.all().exists()


@pytest.mark.usefixtures("clean_world")
async def test_a_report_that_was_emptied_cannot_be_sent_again() -> None:
    await a_booked_plan()
    report = await Report.get()
    await execute("UPDATE report SET state = 'delivered', body = ''")
    async with refused(ReportForgotten):
        await resend(report.id, actor=SYSTEM, now=NOW)
    with pytest.raises(ReportForgotten):
        async with transaction():
            await execute("UPDATE report SET state = 'queued'")


@pytest.mark.usefixtures("clean_world")
async def test_rules_are_dated_and_a_municipality_s_own_comes_first() -> None:
    await decide(K.CASE, 100)
    await decide(K.CASE, 200, HOME, TODAY + DAY)
    await decide(K.CASE, 300, HOME, TODAY + 2 * DAY)
    found = [(await rules_on(TODAY + days * DAY)).rule(K.CASE, HOME) for days in (-1, 0, 1, 2, 900)]
    assert [(rule.days, rule.demo) for rule in found] == [
        (5 * 365, True),
        *((days, False) for days in (100, 200, 300, 300)),
    ]
    assert (await rules_on(TODAY + 2 * DAY)).rule(K.CASE, ELSEWHERE).days == 100
    assert found[0].source.startswith("demo")


@pytest.mark.usefixtures("clean_world")
async def test_a_rule_that_cannot_hold_is_refused() -> None:
    await decide(K.CASE, 100, HOME)
    async with refused(RuleStands):
        await decide(K.CASE, 200, HOME)
    for days in (-1, 36501):
        async with refused(RuleInvalid):
            await decide(K.CASE, days, HOME, TODAY + DAY)
    async with refused(KindOfAnother):
        await decide(K.SESSION, 1, HOME)


_A_RULE = "INSERT INTO retention_rule (kind, days, valid_from, source, decided_by, decided_at)"
_A_LINE = "INSERT INTO retention_count (run_id, kind, days, source, demo, before, due, done)"
_A_FIGURE = """
INSERT INTO case_figure (municipality_id, plan_type, discharge_date, received_on, state, last_day, erased_on)
"""


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("retention_rule_days_in_a_century", f"{_A_RULE} VALUES ('case', -1, now(), 'x', 'x', now())"),
        ("retention_rule_days_in_a_century", f"{_A_RULE} VALUES ('case', 36501, now(), 'x', 'x', now())"),
        ("retention_rule_has_source", f"{_A_RULE} VALUES ('case', 1, now(), '', 'x', now())"),
        ("retention_rule_once", f"{_A_RULE} SELECT 'case', 1, now(), 'x', 'x', now() FROM generate_series(1, 2)"),
        ("retention_count_not_negative", f"{_A_LINE} SELECT id, 'case', 1, 'x', true, now(), -1, 0 FROM retention_run"),
        (
            "retention_count_once",
            f"{_A_LINE} SELECT id, 'case', 1, 'x', true, now(), 1, 0 FROM retention_run, generate_series(1, 2)",
        ),
        (
            "case_figure_erased_after_its_last_day",
            f"{_A_FIGURE} VALUES ('0101', 'general', now(), now(), 'stopped', '2026-11-17', '2026-11-16')",
        ),
    ],
)
@pytest.mark.usefixtures("clean_world")
async def test_the_database_refuses_a_row_that_cannot_be(name: str, row: str) -> None:
    await RetentionRun.create(started_at=NOW, dry_run=False, started_by="x")
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=name):
        await execute(row)


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        (APP_ROLE, "INSERT INTO retention_run (started_at, dry_run, started_by) VALUES (now(), false, 'x')"),
        (APP_ROLE, "UPDATE retention_count SET done = 0"),
        (APP_ROLE, "SELECT forget_accounts(now())"),
        (APP_ROLE, "SELECT erase_case_events(1)"),
        (WORKER_ROLE, "UPDATE retention_rule SET days = 1"),
        (WORKER_ROLE, "DELETE FROM case_figure"),
        (WORKER_ROLE, "DELETE FROM retention_count"),
    ],
)
async def test_history_is_added_by_whoever_may_and_changed_by_nobody(world: str, role: str, statement: str) -> None:
    async with connected(world, role=role):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await execute(statement)


async def test_figures_are_shown_to_their_own_municipality_only(database: str) -> None:
    row = f"{_A_FIGURE} VALUES ('0101', 'general', now(), now(), 'stopped', now(), now())"
    async with connected(database, role=WORKER_ROLE):
        await execute(row)
    async with connected(database, role=APP_ROLE):
        seen = []
        for scope in (NOBODY, Scope(municipality=ELSEWHERE), Scope(municipality=HOME)):
            async with transaction(scope, read_only=True):
                seen.append(await CaseFigure.all().count())
    assert seen == [0, 0, 1]


@pytest.mark.usefixtures("clean_world")
async def test_a_municipality_sees_its_own_lines_of_every_run() -> None:
    for code in (HOME, ELSEWHERE):
        await of_a_municipality(code)
    for days in (0, 400):
        await run(days)
    newest, oldest = await retention_reports(HOME)
    assert (oldest.lines, {line.municipality for line in newest.lines}) == ([], {HOME})
    assert {line.source for line in newest.lines} == {DEFAULTS[K.CODE].source}


def test_every_kind_has_a_default_and_a_place() -> None:
    assert set(DEFAULTS) == set(RetentionKind) == set(OF_MUNICIPALITIES) | set(OF_THE_PORTAL)
    assert set(OF_MUNICIPALITIES) == OF_A_MUNICIPALITY
