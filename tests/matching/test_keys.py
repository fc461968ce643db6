"""Keys are changed under everything that is stored, while people go on using it, and nothing is lost on the way."""

import asyncio
from base64 import urlsafe_b64encode
from collections import Counter
from datetime import timedelta

import pytest
from tortoise.fields import BinaryField

from matching.auditing import seal_entries, verify
from matching.citizens import cpr_digest, open_citizen, seal_citizen
from matching.codes import parse_code
from matching.entry import CodeUnknown, enter
from matching.entry import verify as show_access_code
from matching.keys import SEALED, key_uses, rotate
from matching.models import AuditEntry, CourseCode, Plan
from providers.accounts import SecondFactor, check_totp, sign_in, use_recovery_code
from providers.actors import SYSTEM
from providers.approving.sealing import open_paper
from providers.database import connect, execute, fetch_value
from providers.sealed_columns import SealedColumn, reseal, unseen
from providers.vault import Vault
from tests.support.staff import ACCOUNT_POLICY, ADDRESS, PASSWORD, a_colleague, an_invitation
from tests.support.tampering import faults, looks, sealed
from tests.support.workers import until
from tests.support.worlds import FIELD_KEY, LOOKUP_KEY, NOW, POLICY, VAULT, a_citizen, a_code, a_plan, a_site
from tests.test_migrations import MODELS

FRESH_KEY, NEXT = urlsafe_b64encode(b"the next key that the tests know").decode(), "the next one that the tests know"
BOTH = Vault([FRESH_KEY, FIELD_KEY], NEXT, [LOOKUP_KEY])
"""While the keys are being changed."""

ONLY_NEW = Vault([FRESH_KEY], NEXT)
(NEW_FIELD, OLD_FIELD), (NEW_LOOKUP, OLD_LOOKUP) = BOTH.field_keys, BOTH.lookup_keys

NOT_SEALED = {"report.body"}
"""What a recipient is sent holds no person, and is kept as it is sent."""


WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE datname = current_database() AND NOT granted
"""


async def rotated(batch: int = 200) -> int:
    return await rotate(BOTH, actor=SYSTEM, now=NOW, progress=unseen, batch=batch)


async def uses(vault: Vault = BOTH) -> dict[str, Counter[str | None]]:
    found = await key_uses(vault, NOW, unseen)
    return {use.what: +use.keys for use in (*found.sealed, *found.hashed, found.seals) if +use.keys}


def test_every_column_that_could_be_sealed_is_known() -> None:
    """Whoever adds a column of bytes says here, or in `matching.keys`, what is in it."""
    found = {
        f"{model._meta.db_table}.{name}"
        for model in MODELS
        for name, field in model._meta.fields_map.items()
        if isinstance(field, BinaryField)
    }
    assert found == {column.name for column in SEALED} | NOT_SEALED


async def test_everything_comes_under_the_new_keys_and_the_old_ones_can_go(clean_world: None) -> None:
    citizen = a_citizen()
    plan = await a_plan(citizen=citizen)
    codes, colleague = await a_code(plan), await a_colleague()
    await an_invitation()
    await execute(
        "INSERT INTO report_channel (municipality_id, kind, url, secret) VALUES ('0101', 'webhook', 'x', $1)",
        VAULT.seal(b"whsec_x"),
    )
    old_lookup = {
        "plan.cpr_digest": Counter({OLD_LOOKUP: 1}),
        "course_code.digest": Counter({OLD_LOOKUP: 1}),
        "course_code.access_digest": Counter({OLD_LOOKUP: 1}),
        "invitation.digest": Counter({OLD_LOOKUP: 1}),
        "recovery_code.digest": Counter({OLD_LOOKUP: 10}),
    }
    sealed_ones = ("plan.citizen", "report_channel.secret", "account.totp_secret")
    assert await uses() == {name: Counter({OLD_FIELD: 1}) for name in sealed_ones} | old_lookup
    assert await rotated() == 4
    expected = {name: Counter({NEW_FIELD: 1}) for name in sealed_ones} | old_lookup
    assert await uses() == expected | {"plan.cpr_digest": Counter({NEW_LOOKUP: 1})}
    report = await key_uses(BOTH, NOW, unseen)
    assert (report.unused_field_keys(BOTH), report.unused_lookup_keys(BOTH), report.lost) == ([OLD_FIELD], [], 0)
    assert await rotated() == 0, "a second time there is nothing to do"
    assert await AuditEntry.filter(action="keys_rotated").order_by("id").values_list("result", flat=True) == ["4", "0"]

    kept = await Plan.get(id=plan.id)
    assert open_citizen(kept.citizen, ONLY_NEW) == citizen
    assert kept.cpr_digest == cpr_digest(citizen.cpr, ONLY_NEW)
    later = NOW + timedelta(minutes=5)
    await check_totp(colleague.account_id, colleague.code(later), now=later, vault=ONLY_NEW, policy=ACCOUNT_POLICY)
    with pytest.raises(CodeUnknown):
        await enter(codes.code, address=ADDRESS, now=NOW, vault=ONLY_NEW, policy=POLICY)


async def test_papers_of_before_they_were_sealed_are_read_and_sealed_with_the_rest(clean_world: None) -> None:
    site = await a_site("private")
    await execute(
        "INSERT INTO evidence (approval_id, name, kind, content, size, uploaded_at, actor)"
        " SELECT id, 'x', 'pdf', $1, 6, now(), 'x' FROM approval WHERE site_id = $2",
        *(b"%PDF-1", site.pk),
    )
    assert open_paper(await fetch_value("SELECT content FROM evidence"), ONLY_NEW) == b"%PDF-1"
    assert (await uses())["evidence.content"] == Counter({None: 1})
    assert await rotated() == 1
    assert (await uses())["evidence.content"] == Counter({NEW_FIELD: 1})
    assert open_paper(await fetch_value("SELECT content FROM evidence"), ONLY_NEW) == b"%PDF-1"


async def test_codes_and_tokens_under_the_old_key_work_and_codes_are_renewed_by_being_used(clean_world: None) -> None:
    plan, colleague = await a_plan(), await a_colleague()
    codes = await a_code(plan)
    born = open_citizen(plan.citizen, VAULT).date_of_birth
    await rotated()
    for vault in (BOTH, ONLY_NEW):
        assert await enter(codes.code, address=ADDRESS, now=NOW, vault=vault, policy=POLICY) == plan.id
        await show_access_code(plan.id, codes.access_code, born, now=NOW, vault=vault, policy=POLICY)
    assert await CourseCode.filter(digest=ONLY_NEW.digest("course_code", parse_code(codes.code))).count() == 1
    assert (await key_uses(BOTH, NOW, unseen)).unused_lookup_keys(BOTH) == [], "there are recovery codes"
    signed_in = await sign_in(colleague.email, PASSWORD, address=ADDRESS, now=NOW, vault=BOTH, policy=ACCOUNT_POLICY)
    assert signed_in.needs is SecondFactor.TOTP
    for code in colleague.recovery_codes:
        await use_recovery_code(colleague.account_id, code, now=NOW, vault=BOTH, policy=ACCOUNT_POLICY)
    assert (await key_uses(BOTH, NOW, unseen)).unused_lookup_keys(BOTH) == [OLD_LOOKUP]


async def test_a_rotation_that_was_broken_off_is_taken_up_again(clean_world: None) -> None:
    for _ in range(5):
        await a_plan()

    def breaks_off(name: str, done: int, total: int) -> None:
        assert (name, total) == ("plan.citizen", 5)
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await rotate(BOTH, actor=SYSTEM, now=NOW, progress=breaks_off, batch=2)
    assert (await uses())["plan.citizen"] == Counter({NEW_FIELD: 4, OLD_FIELD: 1})
    assert await rotated(batch=2) == 1 + 5, "one citizen, and five hashes of CPR numbers"


async def test_what_somebody_changes_meanwhile_is_kept_as_they_left_it(database: str) -> None:
    plan, married = await a_plan(), a_citizen(name="Nyt Navn")
    other = await connect(database)
    try:
        async with other.transaction():
            changed = seal_citizen(married, BOTH)
            await other.execute("UPDATE plan SET citizen = $1 WHERE id = $2", changed, plan.id)
            rotating = asyncio.create_task(reseal(SealedColumn("plan", "citizen"), BOTH, unseen))
            # It has read the old value, and waits for the row.
            await until(lambda: other.fetchval(WAITING))
    finally:
        await other.close()
    assert await rotating == 0
    assert open_citizen((await Plan.get(id=plan.id)).citizen, ONLY_NEW) == married


async def test_a_value_that_no_key_opens_is_counted_and_left_alone(clean_world: None) -> None:
    strange = Vault([urlsafe_b64encode(b"x" * 32).decode()], "strange").seal(b"x")
    plan = await a_plan(citizen=a_citizen())
    await execute("UPDATE plan SET citizen = $1, cpr_digest = 'strange'", strange)
    assert await rotated() == 0
    assert (await Plan.get(id=plan.id)).citizen == strange
    assert (await key_uses(BOTH, NOW, unseen)).lost == 2


async def test_seals_made_under_an_old_key_are_checked_with_it(database: str) -> None:
    await looks(2)
    await sealed(database)
    await looks(1)
    await seal_entries(BOTH, NOW)
    assert (await verify(BOTH)).faults == []
    assert [str(fault) for fault in (await verify(ONLY_NEW)).faults] == [
        "Seal 1 is not signed with any of this portal's keys."
    ]
    assert await faults(database) == [("seal_unsigned", 2)], "the old key alone does not know the new one's"
    assert (await uses())["audit_seal.mac"] == Counter({NEW_LOOKUP: 1, OLD_LOOKUP: 1})
