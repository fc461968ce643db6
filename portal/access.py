"""Who may come to which page. Every route names its audience; a route that does not cannot be made.

A page for people with a code opens the visit and, for GET and HEAD, a transaction that cannot write. What the page
saw of a person is written to the look-up log afterwards, in a short transaction of its own.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from matching.audit import audit
from matching.entry import still_opens
from portal.settings import Settings
from portal.visits import close_visit, open_visit, visit_of
from providers.actors import CITIZEN, CITIZEN_WITH_CODE, Actor
from providers.database import transaction
from providers.errors import GenvejError
from providers.scope import Scope
from providers.words import N_

Endpoint = Callable[[Request], Awaitable[Response]]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing (RFC 9110)."""

_READ_ONLY_PAUSE = timedelta(minutes=10)


class Audience(StrEnum):
    """PUBLIC: anybody, and nothing about a person. VISITOR: anybody, with a visit of their own.

    CODE: whoever typed a valid forløbskode. CITIZEN: they, with the second factor. CLIENT: a program, which
    brings its code in the `Authorization` header, or none. OPERATIONS: the machines that watch over this one.
    """

    PUBLIC = "public"
    VISITOR = "visitor"
    CODE = "code"
    CITIZEN = "citizen"
    CLIENT = "client"
    OPERATIONS = "operations"


class CodeNeeded(GenvejError):
    code: ClassVar[str] = "code_needed"
    message: ClassVar[str] = N_("Skriv koden fra dit brev for at komme videre.")


class FactorNeeded(GenvejError):
    code: ClassVar[str] = "factor_needed"
    message: ClassVar[str] = N_("Skriv kontrolkoden fra dit brev og din fødselsdato for at komme videre.")


class ReadOnly(GenvejError):
    """`details["wait"]` is when to try again, as a timedelta."""

    code: ClassVar[str] = "read_only"
    message: ClassVar[str] = N_(
        "Lige nu kan du se dine muligheder, men ikke vælge, flytte eller aflyse en tid. Prøv igen om lidt, eller ring."
    )


@dataclass(frozen=True, slots=True)
class Look:
    """Something that a page showed of a case."""

    action: str
    plan_id: int


class GuardedRoute(Route):
    """A route that knows its audience and lets nobody else in.

    `changes_nothing`: a form that does not touch a case, such as the one for the code; it works in read-only mode.
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
    ) -> None:
        super().__init__(path, _guarded(endpoint, audience, changes_nothing), name=name, methods=methods)
        self.audience = audience
        self.changes_nothing = changes_nothing


def page(
    path: str,
    endpoint: Endpoint,
    *,
    audience: Audience,
    name: str,
    methods: Sequence[str] = ("GET",),
    changes_nothing: bool = False,
) -> GuardedRoute:
    """One row of a room's table of routes."""
    return GuardedRoute(path, endpoint, audience=audience, name=name, methods=methods, changes_nothing=changes_nothing)


def settings_of(request: Request) -> Settings:
    """The settings with which the app was made."""
    return cast(Settings, request.app.state.settings)


def now_of(request: Request) -> datetime:
    """The instant at which the request came in: one for everything that it does."""
    return cast(datetime, request.state.now)


def plan_of(request: Request) -> int:
    """The plan that the visitor's code has opened; raises CodeNeeded."""
    plan_id = request.state.visit.data.get("plan")
    if plan_id is None:
        raise CodeNeeded
    return cast(int, plan_id)


def is_verified(request: Request) -> bool:
    """Whether the visitor has shown the second factor for that plan."""
    return bool(request.state.visit.data.get("verified"))


def actor_of(request: Request) -> Actor:
    """The citizen, as sure as we are of them."""
    return CITIZEN if is_verified(request) else CITIZEN_WITH_CODE


def saw(request: Request, action: str, plan_id: int) -> None:
    """Note that this page shows something of a case; the guard writes it down."""
    request.state.looks.append(Look(action, plan_id))


def _guarded(endpoint: Endpoint, audience: Audience, changes_nothing: bool) -> Endpoint:
    async def guarded(request: Request) -> Response:
        request.state.now = getattr(request.app.state, "clock", _clock)()
        request.state.looks = []
        if audience in {Audience.PUBLIC, Audience.OPERATIONS, Audience.CLIENT}:
            _refuse_change(request, changes_nothing)
            return await endpoint(request)
        return await _with_visit(request, endpoint, audience, changes_nothing)

    return guarded


async def _with_visit(request: Request, endpoint: Endpoint, audience: Audience, changes_nothing: bool) -> Response:
    settings, now = settings_of(request), now_of(request)
    await open_visit(request, settings, now)
    await _admit(request, audience)
    _refuse_change(request, changes_nothing)
    if request.method in {"GET", "HEAD"} and audience is not Audience.VISITOR:
        # A page cannot write, even by mistake, and sees one plan.
        async with transaction(Scope(plan=plan_of(request)), read_only=True):
            response = await endpoint(request)
    else:
        response = await endpoint(request)
    for look in cast(list[Look], request.state.looks):
        await audit(look.action, actor=actor_of(request), now=now, purpose="choice", plan_id=look.plan_id)
    await close_visit(request, response, settings, now)
    return response


async def _admit(request: Request, audience: Audience) -> None:
    """Let in whom the page is for. A code that was revoked meanwhile lets nobody in any more."""
    if audience in {Audience.CODE, Audience.CITIZEN}:
        plan_id, now = plan_of(request), now_of(request)
        if not await still_opens(plan_id, visit_of(request).created_at or now, now):
            raise CodeNeeded
    if audience is Audience.CITIZEN and not is_verified(request):
        raise FactorNeeded


def _refuse_change(request: Request, changes_nothing: bool) -> None:
    """In read-only mode cases can be read, which is written to the look-up log, and not be changed."""
    if request.method not in SAFE and not changes_nothing and settings_of(request).read_only:
        raise ReadOnly(wait=_READ_ONLY_PAUSE)


def _clock() -> datetime:
    return datetime.now(UTC)


def audiences(routes: Sequence[BaseRoute]) -> dict[str, Audience]:
    """`GET /path` → audience of every route; a test compares it with the table that was agreed on."""
    guarded = [route for route in routes if isinstance(route, GuardedRoute)]
    return {f"{method} {route.path}": route.audience for route in guarded for method in sorted(route.methods or ())}
