"""From a password to a visit in a post. The visit gets a new id whenever somebody becomes more than they were."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from starlette.requests import Request

from matching.audit import audit
from portal.admission import SignInNeeded, posts_here
from portal.entrances import ROOMS
from portal.identity.word import BY
from portal.request_facts import now_of
from portal.staff.devices import device_of
from portal.visits import limit_visit, renew_visit, visit_of
from providers.accounts import SecondFactor, SignIn, StaffMember, finish_resets
from providers.actors import Actor
from providers.roles import ROLES

HALFWAY = timedelta(minutes=10)
"""So long after the password the second factor can be shown."""


async def stand_halfway(
    request: Request, signed: SignIn, *, then: str | None = None, by: Mapping[str, Any] | None = None
) -> str:
    """Remember whose password was shown, or by which issuer's word they come; the answer is where the second factor
    is asked for."""
    await renew_visit(request)
    since = int(now_of(request).timestamp())
    visit_of(request).data = {"halfway": signed.account_id, "needs": signed.needs, "since": since, "then": then, BY: by}
    return "/ind/opret" if signed.needs is SecondFactor.ENROL else "/ind/kode"


def halfway(request: Request, needs: SecondFactor) -> int:
    """The account whose password this visit has shown and which needs just this; raises SignInNeeded."""
    data = visit_of(request).data
    since = data.get("since", 0)
    if data.get("needs") != needs or now_of(request).timestamp() - since > HALFWAY.total_seconds():
        raise SignInNeeded
    return int(data["halfway"])


async def come_in(request: Request, account_id: int, *, codes_left: int | None = None) -> str:
    """Sign in the account that stands halfway, in its post if it has one only; the answer is where to go on: to the
    page that asked for it, to the post's room, or to one's own account, where a post is chosen and new recovery codes
    are drawn.

    Without a post the strictest clock counts. `codes_left` is shown there when a recovery code was used.
    """
    visit = visit_of(request)
    then, by = visit.data.get("then"), visit.data.get(BY)
    await renew_visit(request)
    await finish_resets(account_id, now_of(request))
    visit.data = ({} if codes_left is None else {"codes_left": codes_left}) | ({BY: by} if by else {})
    visit.account_id, visit.device = account_id, device_of(request.headers.get("User-Agent", ""))
    posts = await posts_here(request, account_id, now_of(request))
    if len(posts) != 1:
        terms = ROLES.values()
        limit_visit(visit, min(term.idle for term in terms), min(term.absolute for term in terms))
        return "/mig"
    await take_post(request, posts[0])
    return str(then or ("/mig" if codes_left is not None else ROOMS[posts[0].post.role].path))


async def renew_in_place(request: Request) -> None:
    """A new id for a visit that goes on as it was, after its owner has shown again who they are."""
    visit = visit_of(request)
    kept = (visit.created_at, visit.account_id, visit.membership_id, visit.device)
    await renew_visit(request)
    visit.created_at, visit.account_id, visit.membership_id, visit.device = kept


async def take_post(request: Request, member: StaffMember) -> None:
    """Act in this post from now on, by its clock."""
    visit, terms = visit_of(request), member.post.terms
    visit.membership_id = member.membership_id
    limit_visit(visit, terms.idle, terms.absolute)
    await audit("post_taken", actor=member.actor, now=now_of(request), purpose="sign_in")


async def note(request: Request, action: str, account_id: int | None, *, result: str = "ok") -> None:
    """Write to the look-up log what happened around an account; None = nobody knows whose."""
    person = f"account:{account_id}" if account_id is not None else "unknown"
    await audit(action, actor=Actor(person, "staff"), now=now_of(request), purpose="sign_in", result=result)
