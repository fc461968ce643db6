"""A post is offered to one address, taken once, and only by whoever may be there."""

from datetime import timedelta

import pytest

from providers.accounts import (
    Post,
    add_membership,
    disable_account,
    invite,
    join,
    memberships_of,
    read_invitation,
    sign_in,
    withdraw_invitation,
)
from providers.accounts.errors import (
    CredentialsWrong,
    EmailInvalid,
    InvitationInvalid,
    MembershipExists,
    NameInvalid,
    NotPermitted,
    OrganisationUnknown,
    PasswordGuessable,
    PasswordTooShort,
)
from providers.accounts.posts import RoleMisplaced
from providers.actors import CITIZEN, SYSTEM, Actor
from providers.errors import GenvejError
from providers.models import Account, Invitation, Membership
from providers.roles import ROLES, OrganisationKind, Role
from tests.support.refusals import refused
from tests.support.staff import (
    ACCOUNT_POLICY,
    ADDRESS,
    OPERATOR,
    PASSWORD,
    VISITATOR_AT_HOME,
    a_colleague,
    accept,
    an_invitation,
    the_post,
)
from tests.support.worlds import HOME, NOW, VAULT, a_provider

pytestmark = pytest.mark.usefixtures("clean_world")

WEEK, INSTANT = timedelta(days=7), timedelta(microseconds=1)
EMAIL = "ny.kollega@kommune.example"
AWAY = "0147"


async def test_a_newcomer_takes_the_post_and_can_sign_in() -> None:
    token = await an_invitation(email=" Ny.Kollega@Kommune.example ")
    offer = await read_invitation(token, now=NOW, vault=VAULT)
    assert (offer.email, offer.post, offer.has_account) == (EMAIL, VISITATOR_AT_HOME, False)
    account_id = await accept(token, name="  Ny   Kollega ")
    (member,) = await memberships_of(account_id, NOW)
    assert (member.name, member.post, member.organisation) == ("Ny Kollega", VISITATOR_AT_HOME, "Københavns Kommune")
    done = await sign_in(EMAIL, PASSWORD, address=ADDRESS, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)
    assert done.account_id == account_id


async def test_a_week_and_not_an_instant_longer() -> None:
    token = await an_invitation()
    await read_invitation(token, now=NOW + WEEK - INSTANT, vault=VAULT)
    async with refused(InvitationInvalid):
        await accept(token, now=NOW + WEEK)
    await accept(token, now=NOW + WEEK - INSTANT)


async def test_unknown_used_withdrawn_and_expired_look_the_same() -> None:
    used, withdrawn, expired = await an_invitation(), await an_invitation(), await an_invitation(now=NOW - WEEK)
    await accept(used)
    row = await Invitation.all().order_by("-id").offset(1).first()
    assert row is not None
    await withdraw_invitation(row.id, actor=SYSTEM, now=NOW)
    seen = set()
    for token in (used, withdrawn, expired, "gættet", "", "\x00", "x" * 100_000):
        async with refused(InvitationInvalid):
            await accept(token)
        with pytest.raises(InvitationInvalid) as raised:
            await read_invitation(token, now=NOW, vault=VAULT)
        seen.add((raised.value.code, str(raised.value), repr(raised.value.details)))
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("name", "password", "error"),
    [
        ("", PASSWORD, NameInvalid),
        ("x" * 121, PASSWORD, NameInvalid),
        ("Ny\u202eagellok", PASSWORD, NameInvalid),
        ("Ny\x00", PASSWORD, NameInvalid),
        ("K\u0430rla Kollega", PASSWORD, NameInvalid),
        ("Ny Kollega", "for kort", PasswordTooShort),
        ("Den Nyeste Kollega", "den nyeste kollega", PasswordGuessable),
        ("Ny Kollega", EMAIL, PasswordGuessable),
        ("Ny Kollega", "Københavns 2026", PasswordGuessable),
    ],
)
async def test_an_unfit_name_or_password_leaves_the_invitation_open(
    name: str, password: str, error: type[GenvejError]
) -> None:
    token = await an_invitation(email=EMAIL)
    async with refused(error):
        await accept(token, name=name, password=password)
    await accept(token)


async def test_an_existing_account_takes_a_second_post_with_its_own_password_and_keeps_its_name() -> None:
    colleague = await a_colleague()
    token = await an_invitation(OPERATOR, email=colleague.email)
    assert (await read_invitation(token, now=NOW, vault=VAULT)).has_account
    with pytest.raises(CredentialsWrong):
        await accept(token, name="En Anden", password="en helt anden adgangskode")
    assert await accept(token, name="En Anden") == colleague.account_id
    members = await memberships_of(colleague.account_id, NOW)
    assert [(member.post, member.name) for member in members] == [
        (VISITATOR_AT_HOME, "Karla Kollega"),
        (OPERATOR, "Karla Kollega"),
    ]


async def test_a_closed_account_takes_nothing() -> None:
    colleague = await a_colleague()
    token = await an_invitation(OPERATOR, email=colleague.email)
    await disable_account(colleague.account_id, actor=SYSTEM, now=NOW)
    with pytest.raises(CredentialsWrong):
        await accept(token)
    async with refused(NotPermitted):
        await join(token, colleague.account_id, now=NOW, vault=VAULT)


async def test_who_is_signed_in_takes_a_post_offered_to_another_address_of_theirs() -> None:
    person = await Account.create(
        name="Kun MitID", oidc_issuer="https://login.example", oidc_subject="7", created_at=NOW
    )
    token = await an_invitation()
    await join(token, person.id, now=NOW, vault=VAULT)
    assert [member.post for member in await memberships_of(person.id, NOW)] == [VISITATOR_AT_HOME]
    async with refused(InvitationInvalid):
        await join(token, person.id, now=NOW, vault=VAULT)


async def test_a_post_already_held_is_not_taken_twice_and_the_invitation_stays() -> None:
    colleague = await a_colleague()
    token = await an_invitation(email=colleague.email)
    async with refused(MembershipExists):
        await join(token, colleague.account_id, now=NOW, vault=VAULT)
    await read_invitation(token, now=NOW, vault=VAULT)


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ingen",
        "a@b",
        "a b@kommune.example",
        "a@kommune.example\r\nBcc: b@kommune.example",
        "a@kommune..example",
        "а@kommune.example",
        "a@kommune.example\x00",
        "\N{KELVIN SIGN}arla@kommune.example",
        f"{'a' * 65}@kommune.example",
        f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}.example",
    ],
)
async def test_what_is_no_address_is_not_written_to(email: str) -> None:
    async with refused(EmailInvalid):
        await an_invitation(email=email)


async def test_nobody_is_invited_to_where_nobody_is() -> None:
    for post in (Post(Role.VISITATOR, municipality="0000"), Post(Role.PLANNER, provider=999_999)):
        async with refused(OrganisationUnknown):
            await an_invitation(post)


async def test_each_role_invites_to_the_posts_it_appoints_at_its_own_organisation_only() -> None:
    own, strange = (await a_provider()).pk, (await a_provider()).pk
    for role in Role:
        inviter = (await the_post(await a_colleague(_post(role, HOME, own), with_app=False))).actor
        for invited in Role:
            mine, theirs = _post(invited, HOME, own), _post(invited, AWAY, strange)
            may = invited in ROLES[role].appoints
            everywhere = ROLES[role].organisation is OrganisationKind.NONE
            assert await _invites(inviter, mine) is may, (role, invited)
            assert await _invites(inviter, theirs) is (may and (everywhere or mine == theirs)), (role, invited)


async def test_a_citizen_or_a_made_up_role_invites_nobody() -> None:
    for actor in (CITIZEN, Actor("x", "godmother", f"municipality:{HOME}"), Actor("x", "system")):
        async with refused(NotPermitted):
            await invite(EMAIL, VISITATOR_AT_HOME, actor=actor, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)


async def test_only_who_could_have_invited_withdraws() -> None:
    manager = (await the_post(await a_colleague(Post(Role.MANAGER, municipality=HOME)))).actor
    stranger = (await the_post(await a_colleague(Post(Role.MANAGER, municipality=AWAY)))).actor
    issued = await invite(EMAIL, VISITATOR_AT_HOME, actor=manager, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)
    for actor in (stranger, CITIZEN):
        async with refused(InvitationInvalid):
            await withdraw_invitation(issued.invitation_id, actor=actor, now=NOW)
    await withdraw_invitation(issued.invitation_id, actor=manager, now=NOW)
    async with refused(InvitationInvalid):
        await accept(issued.token)


async def test_the_invitation_says_who_invited_and_so_does_the_post() -> None:
    manager = await the_post(await a_colleague(Post(Role.MANAGER, municipality=HOME)))
    issued = await invite(EMAIL, VISITATOR_AT_HOME, actor=manager.actor, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)
    given = await Membership.get(account_id=await accept(issued.token))
    assert given.created_by == f"manager:account:{manager.account_id}"


async def test_a_role_at_the_wrong_kind_of_place_is_not_even_a_post() -> None:
    for role in Role:
        for municipality, provider in ((None, None), (HOME, None), (None, 1), (HOME, 1)):
            fits = (municipality is not None, provider is not None) == {
                OrganisationKind.MUNICIPALITY: (True, False),
                OrganisationKind.PROVIDER: (False, True),
                OrganisationKind.NONE: (False, False),
            }[ROLES[role].organisation]
            if fits:
                Post(role, municipality, provider)
            else:
                with pytest.raises(RoleMisplaced):
                    Post(role, municipality, provider)


async def test_an_account_of_another_kind_of_role_can_be_given_a_post_directly() -> None:
    colleague = await a_colleague()
    await add_membership(colleague.account_id, OPERATOR, actor=SYSTEM, now=NOW)
    assert len(await memberships_of(colleague.account_id, NOW)) == 2


def _post(role: Role, municipality: str, provider: int) -> Post:
    kind = ROLES[role].organisation
    return Post(
        role,
        municipality if kind is OrganisationKind.MUNICIPALITY else None,
        provider if kind is OrganisationKind.PROVIDER else None,
    )


async def _invites(actor: Actor, post: Post) -> bool:
    try:
        await invite(EMAIL, post, actor=actor, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)
    except NotPermitted:
        return False
    return True
