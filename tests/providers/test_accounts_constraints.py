"""Behind every rule stands the database's own, under a name; and what must stay secret is not there to be read."""

from datetime import timedelta

import asyncpg
import pytest
from tortoise.transactions import in_transaction

from providers.accounts import (
    disable_account,
    end_membership,
    end_session,
    invite,
    memberships_of,
    sessions_of,
    withdraw_invitation,
)
from providers.accounts.posts import Post, RoleMisplaced
from providers.actors import SYSTEM
from providers.database import WORKER_ROLE, connected, execute, fetch, fetch_value
from providers.roles import Role
from providers.sessions import Limits, Visit, save_visit
from tests.support.rows import insert
from tests.support.staff import ACCOUNT_POLICY, PASSWORD, VISITATOR_AT_HOME, a_colleague, an_invitation, the_post
from tests.support.worlds import HOME, NOW, VAULT, a_provider

EMAIL, ISSUER = "en@kommune.example", "https://login.example"
LIMITS = Limits(timedelta(minutes=30), timedelta(hours=10))
PLACES = ("municipality_id", "provider_id")


async def broken(table: str, **values: object) -> str:
    """The constraint that a row would break, or nothing when it may be there; it is not kept."""
    try:
        async with in_transaction("default") as connection:
            await insert(table, [values])
            await connection.rollback()
    except asyncpg.IntegrityConstraintViolationError as error:
        return error.constraint_name or ""
    return ""


@pytest.mark.usefixtures("clean_world")
@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"email": EMAIL}, ""),
        ({"oidc_issuer": ISSUER, "oidc_subject": "1"}, ""),
        ({"email": EMAIL.upper()}, "account_email_lower_case"),
        ({}, "account_can_be_known"),
        ({"oidc_issuer": ISSUER, "oidc_subject": "1", "password_hash": "x"}, "account_password_has_email"),
        ({"email": EMAIL, "oidc_issuer": ISSUER}, "account_oidc_whole"),
        ({"email": EMAIL, "totp_secret": b"x"}, "account_totp_whole"),
        ({"email": EMAIL, "totp_last_step": 1}, "account_totp_whole"),
        ({"email": EMAIL, "disabled_at": NOW}, "account_disabled_by_somebody"),
    ],
)
async def test_accounts_that_can_and_cannot_be(values: dict[str, object], constraint: str) -> None:
    assert await broken("account", name="En", created_at=NOW, **values) == constraint


@pytest.mark.usefixtures("clean_world")
async def test_no_two_accounts_have_one_address_or_one_subject() -> None:
    await insert("account", [_account(email=EMAIL, oidc_issuer=ISSUER, oidc_subject="1")])
    assert await broken("account", **_account(email=EMAIL)) == "account_email_once"
    assert await broken("account", **_account(oidc_issuer=ISSUER, oidc_subject="1")) == "account_oidc_once"
    assert await broken("account", **_account(oidc_issuer=ISSUER, oidc_subject="2")) == ""


@pytest.mark.usefixtures("clean_world")
async def test_business_numbers_that_cannot_be() -> None:
    clinic = await a_provider()
    for change, constraint in (
        ("UPDATE municipality SET cvr = '9123'", "municipality_cvr_eight_digits"),
        ("UPDATE municipality SET cvr = '91234567'", "municipality_cvr_once"),
        (f"UPDATE provider SET p_number = '12' WHERE id = {clinic.pk}", "provider_p_number_ten_digits"),
    ):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
            async with in_transaction("default"):
                await execute(change)
        assert refused.value.constraint_name == constraint


@pytest.mark.usefixtures("clean_world")
async def test_a_role_fits_its_organisation_exactly_where_a_post_does() -> None:
    clinic, colleague = (await a_provider()).pk, await a_colleague()
    membership = {"account_id": colleague.account_id, "created_at": NOW, "created_by": "x"}
    await execute("UPDATE membership SET ended_at = $1, ended_by = 'x'", NOW)
    for role in Role:
        for place in ((None, None), (HOME, None), (None, clinic), (HOME, clinic)):
            post = {"role": role, **dict(zip(PLACES, place, strict=True))}
            expected = "" if _fits(role, *place) else "_role_fits_organisation"
            assert await broken("membership", **membership, **post) == f"{expected and 'membership'}{expected}"
            assert await broken("invitation", **_invitation(**post)) == f"{expected and 'invitation'}{expected}"


@pytest.mark.usefixtures("clean_world")
async def test_an_unknown_role_fits_nowhere() -> None:
    for place in ({}, {"municipality_id": HOME}):
        values = _invitation(role="godmother", **place)
        assert await broken("invitation", **values) == "invitation_role_fits_organisation"


@pytest.mark.usefixtures("clean_world")
async def test_memberships_that_cannot_be() -> None:
    member = await the_post(await a_colleague())
    row = {"account_id": member.account_id, "role": Role.VISITATOR, "created_at": NOW, "created_by": "x"}
    assert await broken("membership", **row, municipality_id=HOME) == "membership_live_once"
    assert await broken("membership", **row, municipality_id="0147", ended_at=NOW) == "membership_ended_by_somebody"
    assert await broken("membership", **row, municipality_id=HOME, ended_at=NOW, ended_by="x") == ""
    operator = row | {"role": Role.OPERATOR}
    await insert("membership", [operator])
    assert await broken("membership", **operator) == "membership_live_once"


@pytest.mark.usefixtures("clean_world")
async def test_invitations_codes_and_sessions_that_cannot_be() -> None:
    member = await the_post(await a_colleague())
    await insert("invitation", [_invitation(role=Role.OPERATOR)])
    assert await broken("invitation", **_invitation(role=Role.APPROVER)) == "invitation_digest_once"
    upper = _invitation(role=Role.APPROVER, email=EMAIL.upper(), digest="b")
    assert await broken("invitation", **upper) == "invitation_email_lower_case"
    code = {"account_id": member.account_id, "digest": "a"}
    await insert("recovery_code", [code])
    assert await broken("recovery_code", **code) == "recovery_code_once"
    reset = {"account_id": member.account_id, "kind": "password", "digest": "a", "begun_by": "account:1"}
    reset |= dict.fromkeys(("begun_at", "expires_at"), NOW)
    await insert("account_reset", [reset])
    assert await broken("account_reset", **reset | {"begun_by": "account:2"}) == "account_reset_digest_once"
    assert await broken("account_reset", **reset | {"digest": "b"}) == "account_reset_one_by_one_person"
    for bad in ({"digest": None}, {"kind": "app"}):
        assert await broken("account_reset", **reset | {"done_at": NOW} | bad) == "account_reset_by_link_if_password"
    times = dict.fromkeys(("created_at", "seen_at", "expires_at"), NOW)
    alone = await broken("session", digest="a", data="{}", membership_id=member.membership_id, **times)
    assert alone == "session_membership_has_account"


@pytest.mark.usefixtures("clean_world")
async def test_nothing_that_opens_a_door_stands_in_a_table() -> None:
    token = await an_invitation()
    colleague = await a_colleague()
    tables = ("account", "invitation", "recovery_code", "membership", "attempt_budget")
    stored = "".join([await fetch_value(f"SELECT coalesce(string_agg(t::text, ''), '') FROM {t} t") for t in tables])
    plain = [token, PASSWORD, colleague.secret, *colleague.recovery_codes]
    plain += [code.replace("-", "") for code in colleague.recovery_codes]
    assert [secret for secret in plain if secret in stored or secret.encode().hex() in stored] == []


async def test_the_worker_knows_whom_to_write_to_and_no_secret(database_url: str) -> None:
    async with connected(database_url, role=WORKER_ROLE):
        await fetch("SELECT id, email, name FROM account WHERE disabled_at IS NULL")
        for statement in (
            "SELECT password_hash FROM account",
            "SELECT totp_secret FROM account",
            "SELECT digest FROM recovery_code",
            "SELECT digest FROM account_reset",
            "UPDATE account SET email = 'x@y.example'",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await execute(statement)


@pytest.mark.usefixtures("app_database")
@pytest.mark.parametrize("table", ["account", "membership", "account_reset"])
async def test_who_had_which_post_is_not_erased_by_the_app(table: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await execute(f"DELETE FROM {table}")


@pytest.mark.usefixtures("app_database")
async def test_the_app_may_do_all_that_an_account_needs_in_its_life() -> None:
    invited = await invite(EMAIL, VISITATOR_AT_HOME, actor=SYSTEM, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)
    await withdraw_invitation(invited.invitation_id, actor=SYSTEM, now=NOW)
    member = await the_post(await a_colleague())
    session = await save_visit(Visit(account_id=member.account_id, membership_id=member.membership_id), NOW, LIMITS)
    (visit,) = await sessions_of(member.account_id, NOW, current=session)
    assert await end_session(member.account_id, visit.handle)
    await end_membership(member.membership_id, actor=SYSTEM, now=NOW)
    await disable_account(member.account_id, actor=SYSTEM, now=NOW)
    assert await memberships_of(member.account_id, NOW) == []


def test_the_rule_and_its_constraint_are_tied_by_name() -> None:
    assert RoleMisplaced.by_constraint["membership_role_fits_organisation"] is RoleMisplaced
    assert VISITATOR_AT_HOME.organisation == "municipality:0101"


def _account(**values: object) -> dict[str, object]:
    return {"name": "En", "created_at": NOW, **values}


def _invitation(**values: object) -> dict[str, object]:
    defaults = {"digest": "a", "email": EMAIL, "invited_by": "x", "created_at": NOW, "expires_at": NOW}
    return defaults | values


def _fits(role: Role, municipality: str | None, provider: int | None) -> bool:
    try:
        Post(role, municipality, provider)
    except RoleMisplaced:
        return False
    return True
