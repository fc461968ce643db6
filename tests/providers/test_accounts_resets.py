"""Beginning anew: who may open which door of whose account, and that nobody opens both."""

from datetime import timedelta

import pytest

from providers.accounts import (
    Post,
    add_membership,
    begin_password_reset,
    check_totp,
    disable_account,
    end_visits_of,
    finish_resets,
    has_totp,
    read_reset,
    reset_app,
    resets_of,
    sessions_of,
    sign_in,
    use_password_reset,
    use_recovery_code,
)
from providers.accounts.errors import (
    AccountUnknown,
    CredentialsWrong,
    PasswordTooShort,
    ResetByAnother,
    ResetInvalid,
    SecondFactorWrong,
)
from providers.actors import SYSTEM, Actor
from providers.models import AccountReset
from providers.roles import Role
from providers.sessions import Limits, Visit, save_visit
from tests.support.staff import ACCOUNT_POLICY, ADDRESS, OPERATOR, PASSWORD, Colleague, a_colleague, the_post
from tests.support.worlds import HOME, NOW, VAULT, a_provider

pytestmark = pytest.mark.usefixtures("clean_world")

NEW = "fem helt andre ord til i dag"
MANAGER = Post(Role.MANAGER, municipality=HOME)
HOUR = timedelta(hours=1)


async def in_charge(post: Post = MANAGER) -> Actor:
    return (await the_post(await a_colleague(post))).actor


async def a_link(colleague: Colleague, actor: Actor) -> str:
    issued = await begin_password_reset(colleague.account_id, actor=actor, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)
    assert issued.expires_at == NOW + ACCOUNT_POLICY.reset_life
    return issued.token


async def can_sign_in(colleague: Colleague, password: str) -> bool:
    try:
        await sign_in(colleague.email, password, address=ADDRESS, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)
    except CredentialsWrong:
        return False
    return True


async def a_visit(colleague: Colleague) -> None:
    await save_visit(Visit(account_id=colleague.account_id), NOW, Limits(HOUR, HOUR))


async def test_a_link_sets_a_new_password_once_and_leaves_the_second_factor_alone() -> None:
    colleague, manager = await a_colleague(), await in_charge()
    await a_visit(colleague)
    token = await a_link(colleague, manager)
    assert await read_reset(token, now=NOW, vault=VAULT) == colleague.email
    assert await can_sign_in(colleague, PASSWORD)
    with pytest.raises(PasswordTooShort):
        await use_password_reset(token, "kort", now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)
    assert await use_password_reset(token, NEW, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY) == colleague.account_id
    assert [await can_sign_in(colleague, password) for password in (PASSWORD, NEW)] == [False, True]
    assert await sessions_of(colleague.account_id, NOW) == []
    await check_totp(colleague.account_id, colleague.code(NOW), now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)
    with pytest.raises(ResetInvalid):
        await use_password_reset(token, NEW, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)


async def test_unknown_replaced_expired_and_a_closed_account_s_links_look_the_same() -> None:
    colleague, manager = await a_colleague(), await in_charge()
    first, second = await a_link(colleague, manager), await a_link(colleague, manager)
    for token, now in (("x", NOW), (first, NOW), (second, NOW + ACCOUNT_POLICY.reset_life)):
        with pytest.raises(ResetInvalid):
            await read_reset(token, now=now, vault=VAULT)
    await disable_account(colleague.account_id, actor=SYSTEM, now=NOW)
    with pytest.raises(ResetInvalid):
        await use_password_reset(second, NEW, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)


async def test_without_an_app_a_new_one_is_tied_after_the_password() -> None:
    colleague, manager = await a_colleague(), await in_charge()
    await a_visit(colleague)
    await reset_app(colleague.account_id, actor=manager, now=NOW)
    assert not await has_totp(colleague.account_id)
    assert await sessions_of(colleague.account_id, NOW) == []
    with pytest.raises(SecondFactorWrong):
        await use_recovery_code(
            colleague.account_id, colleague.recovery_codes[0], now=NOW, vault=VAULT, policy=ACCOUNT_POLICY
        )


@pytest.mark.parametrize("first", ["password", "app"])
async def test_nobody_opens_both_doors_before_the_owner_has_come_through(first: str) -> None:
    colleague, manager, another = await a_colleague(), await in_charge(), await in_charge()

    async def open_door(kind: str, actor: Actor) -> None:
        if kind == "app":
            await reset_app(colleague.account_id, actor=actor, now=NOW)
        else:
            await use_password_reset(await a_link(colleague, actor), NEW, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)

    second = "app" if first == "password" else "password"
    await open_door(first, manager)
    await open_door(first, manager)
    with pytest.raises(ResetByAnother):
        await open_door(second, manager)
    await finish_resets(colleague.account_id, NOW)
    await open_door(second, manager)
    await open_door(first, another)
    assert len(await resets_of(colleague.account_id, NOW - HOUR)) == 4


async def test_a_link_that_nobody_used_is_no_open_door() -> None:
    colleague, manager = await a_colleague(), await in_charge()
    await a_link(colleague, manager)
    with pytest.raises(ResetByAnother):
        await reset_app(colleague.account_id, actor=manager, now=NOW)
    await reset_app(colleague.account_id, actor=manager, now=NOW + ACCOUNT_POLICY.reset_life)
    assert await AccountReset.filter(done_at=None).count() == 1


async def test_only_who_appoints_all_of_somebody_resets_them_and_nobody_themselves() -> None:
    colleague, manager = await a_colleague(), await in_charge()
    clinic = await a_provider("private")
    strangers = [
        await in_charge(Post(Role.MANAGER, municipality="0147")),
        await in_charge(Post(Role.VISITATOR, municipality=HOME)),
        await in_charge(Post(Role.CLINIC_OWNER, provider=clinic.pk)),
        await in_charge(Post(Role.APPROVER)),
        (await the_post(colleague)).actor,
    ]
    for stranger in strangers:
        for act in (reset_app, end_visits_of):
            with pytest.raises(AccountUnknown):
                await act(colleague.account_id, actor=stranger, now=NOW)
    itself = int(manager.person.removeprefix("account:"))
    with pytest.raises(AccountUnknown):
        await reset_app(itself, actor=manager, now=NOW)
    await add_membership(colleague.account_id, Post(Role.THERAPIST, provider=clinic.pk), actor=SYSTEM, now=NOW)
    with pytest.raises(AccountUnknown):
        await reset_app(colleague.account_id, actor=manager, now=NOW)
    await reset_app(colleague.account_id, actor=await in_charge(OPERATOR), now=NOW)
