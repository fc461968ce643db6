"""Who may come to which page. Every route names its audience; a route that does not cannot be made.

A page for people with a code or for the staff opens the visit and, for GET and HEAD, a transaction that cannot write.
What the page saw of a person is written to the look-up log afterwards, in a short transaction of its own.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope as RequestScope

from matching.audit import audit
from matching.entry import still_opens
from portal.access_errors import WAYS_IN, CodeNeeded, FactorNeeded, IdentityNeeded, PlanNotChosen, ReadOnly
from portal.acting import assistance_of
from portal.admission import admit_account, admit_assistant, admit_member, member_of
from portal.request_facts import Look, actor_of, is_identified, is_verified, now_of, plan_of, settings_of
from portal.typed_again import forget_typed, keep_typed
from portal.visits import close_visit, open_visit, visit_of
from portal.whose_form import check_whose
from providers.database import transaction
from providers.roles import Permission
from providers.scope import NOBODY, Scope

Endpoint = Callable[[Request], Awaitable[Response]]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing (RFC 9110)."""

LARGEST_BODY = 64 * 1024
"""Bytes. The longest form of ours is far below it; files have their own limit where they are taken."""

_READ_ONLY_PAUSE = timedelta(minutes=10)


class Audience(StrEnum):
    """PUBLIC: anybody, and nothing about a person. VISITOR: anybody, with a visit of their own.

    CODE: whoever typed a valid forløbskode. CITIZEN: they, with the second factor. A caseworker who helps on the
    telephone is let in to both (`portal/acting.py`). IDENTIFIED: a citizen who came by
    an issuer (MitID), for pages that no letter opens; the former two are open to them as well. SIGNED_IN: somebody of
    the staff, in whatever post or none. STAFF: they, in a post that they hold now, with the route's permission if it
    names one. CLIENT: a program, which brings its code in the `Authorization` header, or none. OPERATIONS: the
    machines that watch over this one.
    """

    PUBLIC = "public"
    VISITOR = "visitor"
    CODE = "code"
    CITIZEN = "citizen"
    IDENTIFIED = "identified"
    SIGNED_IN = "signed_in"
    STAFF = "staff"
    CLIENT = "client"
    OPERATIONS = "operations"


class GuardedRoute(Route):
    """A route that knows its audience and lets nobody else in.

    `changes_nothing`: a form that does not touch a case, such as the one for the code; it works in read-only mode.
    `permission`: what a member of the staff must be allowed to, on a page for them. `largest_body`: bytes that may be
    sent there; more than a form of ours has only where files are taken.
    """

    def __init__(
        self,
        path: str,
        endpoint: Endpoint,
        *,
        audience: Audience,
        name: str,
        methods: Collection[str] = ("GET",),
        changes_nothing: bool = False,
        permission: Permission | None = None,
        largest_body: int = LARGEST_BODY,
    ) -> None:
        self.audience = audience
        self.changes_nothing = changes_nothing
        self.permission = permission
        self.largest_body = largest_body
        self._beginning = path.partition("{")[0]
        super().__init__(path, _guarded(endpoint, self), name=name, methods=methods)

    def matches(self, scope: RequestScope) -> tuple[Match, RequestScope]:
        """As the framework's, which reads each address by a pattern; there are hundreds, and most begin otherwise."""
        return super().matches(scope) if self._beginning in scope["path"] else (Match.NONE, {})


page = GuardedRoute
"""One row of a room's table of routes."""


def _guarded(endpoint: Endpoint, route: GuardedRoute) -> Endpoint:
    async def guarded(request: Request) -> Response:
        request.state.now = getattr(request.app.state, "clock", _clock)()
        request.state.audience = route.audience
        request.state.looks = []
        try:
            if route.audience in {Audience.PUBLIC, Audience.OPERATIONS, Audience.CLIENT}:
                _refuse_change(request, route.changes_nothing)
                return await endpoint(request)
            return await _with_visit(request, endpoint, route)
        finally:
            # Files of a form lie in temporary ones until then.
            await request.close()

    return guarded


async def _with_visit(request: Request, endpoint: Endpoint, route: GuardedRoute) -> Response:
    settings, now = settings_of(request), now_of(request)
    await open_visit(request, settings, now)
    forget_typed(request)
    try:
        scope = await _admit(request, route)
    except (CodeNeeded, FactorNeeded, PlanNotChosen) as missing:
        if not await keep_typed(request):
            raise
        way_in = RedirectResponse(WAYS_IN[type(missing)], 303)
        await close_visit(request, way_in, settings, now)
        return way_in
    _refuse_change(request, route.changes_nothing)
    if request.method in {"GET", "HEAD"} and scope is not None:
        # A page cannot write, even by mistake, and sees what its audience may.
        async with transaction(scope, read_only=True):
            response = await endpoint(request)
    else:
        response = await endpoint(request)
    for look in cast(list[Look], request.state.looks):
        await audit(actor=actor_of(request), now=now, **asdict(look))
    await close_visit(request, response, settings, now)
    return response


async def _admit(request: Request, route: GuardedRoute) -> Scope | None:
    """Whose citizens a page for the route's audience may see; None for visitors, whose pages may begin a visit."""
    match route.audience:
        case Audience.STAFF:
            await admit_member(request, route.permission, now_of(request))
            return member_of(request).post.scope
        case Audience.SIGNED_IN:
            await admit_account(request)
            return NOBODY
        case Audience.CODE | Audience.CITIZEN | Audience.IDENTIFIED:
            plan_id = plan_of(request)
            if request.method == "POST":
                await check_whose(request)
            if assistance := assistance_of(visit_of(request)):
                await admit_assistant(request, assistance, plan_id, now_of(request))
                if route.audience is Audience.IDENTIFIED:
                    raise IdentityNeeded
            elif not is_identified(request):
                await _admit_by_letter(request, plan_id, route.audience)
            return Scope(plan=plan_id)
    return None


async def _admit_by_letter(request: Request, plan_id: int, audience: Audience) -> None:
    """Raises CodeNeeded, FactorNeeded or IdentityNeeded."""
    now = now_of(request)
    # A code that was revoked meanwhile lets nobody in any more.
    if not await still_opens(plan_id, visit_of(request).created_at or now, now):
        raise CodeNeeded
    if audience is Audience.IDENTIFIED:
        raise IdentityNeeded
    if audience is Audience.CITIZEN and not is_verified(request):
        raise FactorNeeded


def _refuse_change(request: Request, changes_nothing: bool) -> None:
    """In read-only mode cases can be read, which is written to the look-up log, and not be changed."""
    if request.method not in SAFE and not changes_nothing and settings_of(request).read_only:
        raise ReadOnly(wait=_READ_ONLY_PAUSE)


def _clock() -> datetime:
    return datetime.now(UTC)


def largest_body(scope: Mapping[str, Any]) -> int:
    """How many bytes may be sent to where a request goes."""
    routes = (route for route in scope["app"].routes if isinstance(route, GuardedRoute))
    matching = (route.largest_body for route in routes if route.matches(dict(scope))[0] is Match.FULL)
    return next(matching, LARGEST_BODY)


def audiences(routes: Sequence[BaseRoute]) -> dict[str, Audience]:
    """`GET /path` → audience of every route; a test compares it with the table that was agreed on."""
    guarded = [route for route in routes if isinstance(route, GuardedRoute)]
    return {f"{method} {route.path}": route.audience for route in guarded for method in sorted(route.methods or ())}
