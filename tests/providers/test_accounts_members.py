"""Posts: several at a time, given and taken by whoever may, gone at the next request."""

from datetime import timedelta

import pytest

from providers.accounts import (
    Post,
    add_membership,
    disable_account,
    end_membership,
    memberships_of,
    sessions_of,
    staff_member,
)
from providers.accounts.errors import (
    AccountUnknown,
    MembershipExists,
    MembershipUnknown,
    NotPermitted,
    OrganisationUnknown,
)
from providers.actors import CITIZEN, SYSTEM, Actor
from providers.models import Account, Membership
from providers.roles import Permission, Role
from providers.scope import NOBODY, Scope
from providers.sessions import Limits, Visit, save_visit
from tests.support.refusals import refused, unchanged
from tests.support.staff import OPERATOR, VISITATOR_AT_HOME, a_colleague, the_post
from tests.support.worlds import HOME, NOW, a_provider

pytestmark = pytest.mark.usefixtures("clean_world")

AWAY = "0147"
MANAGER, MANAGER_AWAY = Post(Role.MANAGER, municipality=HOME), Post(Role.MANAGER, municipality=AWAY)
INSTANT = timedelta(microseconds=1)
LIMITS = Limits(timedelta(minutes=30), timedelta(hours=10))


async def test_a_person_in_several_posts_acts_in_one() -> None:
    clinic = await a_provider("private")
    colleague = await a_colleague()
    owner = Post(Role.CLINIC_OWNER, provider=clinic.pk)
    for post in (owner, OPERATOR):
        await add_membership(colleague.account_id, post, actor=SYSTEM, now=NOW)
    members = await memberships_of(colleague.account_id, NOW)
    assert [(member.post, member.organisation) for member in members] == [
        (VISITATOR_AT_HOME, "Københavns Kommune"),
        (owner, clinic.name),
        (OPERATOR, None),
    ]
    for member in members:
        assert await staff_member(colleague.account_id, member.membership_id, NOW) == member
    assert [member.may(Permission.SEE_CASE) for member in members] == [True, False, False]
    assert [member.may(Permission.EDIT_SITE) for member in members] == [False, True, False]
    person = f"account:{colleague.account_id}"
    assert [member.actor for member in members] == [
        Actor(person, "visitator", "municipality:0101", Scope(municipality=HOME)),
        Actor(person, "clinic_owner", f"provider:{clinic.pk}", Scope(provider=clinic.pk)),
        Actor(person, "operator", None, NOBODY),
    ]


async def test_nobody_acts_in_somebody_else_s_post() -> None:
    mine, theirs = await a_colleague(), await a_colleague()
    assert await staff_member(mine.account_id, (await the_post(theirs)).membership_id, NOW) is None
    assert await memberships_of(999_999, NOW) == []


async def test_a_post_taken_away_is_gone_at_once_and_stays_in_the_books() -> None:
    manager, colleague = await the_post(await a_colleague(MANAGER)), await a_colleague()
    member = await the_post(colleague)
    await end_membership(member.membership_id, actor=manager.actor, now=NOW)
    assert await staff_member(colleague.account_id, member.membership_id, NOW) is None
    assert await memberships_of(colleague.account_id, NOW) == []
    row = await Membership.get(id=member.membership_id)
    assert (row.ended_at, row.ended_by) == (NOW, f"manager:account:{manager.account_id}")
    async with refused(MembershipUnknown):
        await end_membership(member.membership_id, actor=manager.actor, now=NOW + INSTANT)


async def test_a_post_that_was_taken_away_can_be_given_again() -> None:
    colleague = await a_colleague()
    first = await the_post(colleague)
    await end_membership(first.membership_id, actor=SYSTEM, now=NOW)
    await add_membership(colleague.account_id, VISITATOR_AT_HOME, actor=SYSTEM, now=NOW)
    assert (await the_post(colleague)).membership_id != first.membership_id


@pytest.mark.parametrize("post", [VISITATOR_AT_HOME, OPERATOR])
async def test_the_same_post_is_not_held_twice(post: Post) -> None:
    colleague = await a_colleague(post)
    async with refused(MembershipExists):
        await add_membership(colleague.account_id, post, actor=SYSTEM, now=NOW)
    await add_membership(colleague.account_id, MANAGER_AWAY, actor=SYSTEM, now=NOW)


async def test_strangers_take_and_give_nothing() -> None:
    colleague = await a_colleague()
    member = await the_post(colleague)
    for actor in ((await the_post(await a_colleague(MANAGER_AWAY))).actor, member.actor, CITIZEN):
        async with refused(MembershipUnknown):
            await end_membership(member.membership_id, actor=actor, now=NOW)
        async with refused(NotPermitted):
            await add_membership(colleague.account_id, MANAGER, actor=actor, now=NOW)
    async with refused(MembershipUnknown):
        await end_membership(999_999, actor=SYSTEM, now=NOW)


async def test_no_post_nowhere_and_for_nobody() -> None:
    colleague = await a_colleague()
    async with refused(OrganisationUnknown):
        await add_membership(colleague.account_id, Post(Role.PLANNER, provider=999_999), actor=SYSTEM, now=NOW)
    async with refused(AccountUnknown):
        await add_membership(999_999, OPERATOR, actor=SYSTEM, now=NOW)
    await disable_account(colleague.account_id, actor=SYSTEM, now=NOW)
    async with refused(AccountUnknown):
        await add_membership(colleague.account_id, OPERATOR, actor=SYSTEM, now=NOW)


async def test_a_closed_account_is_nothing_and_nowhere() -> None:
    operator, colleague = await the_post(await a_colleague(OPERATOR)), await a_colleague()
    member = await the_post(colleague)
    await save_visit(Visit(account_id=colleague.account_id, membership_id=member.membership_id), NOW, LIMITS)
    await disable_account(colleague.account_id, actor=operator.actor, now=NOW)
    assert await sessions_of(colleague.account_id, NOW) == []
    assert await memberships_of(colleague.account_id, NOW) == []
    assert await staff_member(colleague.account_id, member.membership_id, NOW) is None
    account = await Account.get(id=colleague.account_id)
    assert (account.disabled_at, account.disabled_by) == (NOW, f"operator:account:{operator.account_id}")
    async with unchanged():
        await disable_account(colleague.account_id, actor=SYSTEM, now=NOW + INSTANT)


async def test_only_operators_close_accounts() -> None:
    colleague = await a_colleague()
    for post in (MANAGER, VISITATOR_AT_HOME, Post(Role.APPROVER)):
        actor = (await the_post(await a_colleague(post))).actor
        async with refused(NotPermitted):
            await disable_account(colleague.account_id, actor=actor, now=NOW)
    async with refused(NotPermitted):
        await disable_account(colleague.account_id, actor=CITIZEN, now=NOW)
    async with refused(AccountUnknown):
        await disable_account(999_999, actor=SYSTEM, now=NOW)
