"""Who of the staff is asking, and as what: looked up at each request, so that what was taken away is gone at the next.

SignInNeeded   nobody is signed in
PostNeeded     somebody is, without a post, or with one that they no longer hold
PostChanged    the form is from a tab in which they were something else
"""

from datetime import datetime
from typing import ClassVar, cast

from starlette.requests import Request

from matching.cases import plan_in_scope
from portal.acting import Assistance
from portal.identity.word import covers
from portal.visits import leave, visit_of
from providers.accounts import OwnAccount, StaffMember, memberships_of, own_account, staff_member
from providers.accounts.errors import NotPermitted
from providers.errors import GenvejError
from providers.roles import Permission
from providers.words import N_

POST_FIELD = "som"
"""The field of every form in the staff's rooms that says as what it was shown: the number of the membership."""


class SignInNeeded(GenvejError):
    code: ClassVar[str] = "sign_in_needed"
    message: ClassVar[str] = N_("Log ind for at komme videre.")


class PostNeeded(GenvejError):
    code: ClassVar[str] = "post_needed"
    message: ClassVar[str] = N_("Vælg en rolle for at komme videre.")


class PostChanged(GenvejError):
    code: ClassVar[str] = "post_changed"
    message: ClassVar[str] = N_(
        "Du har skiftet rolle i en anden fane, så intet er gemt. Åbn siden igen i den nye rolle."
    )


def account_of(request: Request) -> OwnAccount:
    """Who is signed in, on a page for the signed-in and for the staff."""
    return cast(OwnAccount, request.state.account)


def member_of(request: Request) -> StaffMember:
    """As what, on a page for the staff."""
    return cast(StaffMember, request.state.member)


async def admit_account(request: Request) -> None:
    """Raises SignInNeeded; the visit of an account that was closed ends."""
    account_id = visit_of(request).account_id
    account = await own_account(account_id) if account_id is not None else None
    if account is None:
        if account_id is not None:
            await leave(request)
        raise SignInNeeded
    request.state.account = account


async def admit_member(request: Request, permission: Permission | None, now: datetime) -> None:
    """Raises SignInNeeded, PostNeeded, NotPermitted or, for a form, PostChanged."""
    await admit_account(request)
    visit = visit_of(request)
    if visit.account_id is None or visit.membership_id is None:
        raise PostNeeded
    member = await staff_member(visit.account_id, visit.membership_id, now)
    if member is None or not covers(visit, member):
        raise PostNeeded
    if permission is not None and not member.may(permission):
        raise NotPermitted
    if request.method == "POST" and (await request.form()).get(POST_FIELD) != str(member.membership_id):
        raise PostChanged
    request.state.member = member


async def admit_assistant(request: Request, assistance: Assistance, plan_id: int, now: datetime) -> None:
    """A caseworker on the citizen's own pages: in the same post as when they opened them, for a case of theirs.

    Raises SignInNeeded, PostChanged, NotPermitted or PlanUnknown.
    """
    await admit_account(request)
    visit = visit_of(request)
    if visit.account_id is None or visit.membership_id != assistance.membership_id:
        raise PostChanged
    member = await staff_member(visit.account_id, assistance.membership_id, now)
    if member is None or not covers(visit, member) or not member.may(Permission.BOOK_FOR_CITIZEN):
        raise NotPermitted
    await plan_in_scope(str(plan_id), member.post.scope)
    request.state.member = member


async def posts_here(request: Request, account_id: int, now: datetime) -> list[StaffMember]:
    """The posts of an account that this visit is good for."""
    return [member for member in await memberships_of(account_id, now) if covers(visit_of(request), member)]
