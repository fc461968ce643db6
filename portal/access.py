"""Who may come to which page. Every route names its audience; a route that does not cannot be made.

A page for people with a code opens the visit and, for GET and HEAD, a transaction that cannot write. What the page
saw of a person is written to the look-up log afterwards, in a short transaction of its own.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network
from typing import ClassVar, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from matching.audit import audit
from portal.settings import Settings
from portal.visits import close_visit, open_visit
from providers.actors import CITIZEN, CITIZEN_WITH_CODE, Actor
from providers.database import transaction
from providers.errors import GenvejError
from providers.scope import Scope
from providers.words import N_

Endpoint = Callable[[Request], Awaitable[Response]]


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


@dataclass(frozen=True, slots=True)
class Look:
    """Something that a page showed of a case."""

    action: str
    plan_id: int


class GuardedRoute(Route):
    """A route that knows its audience and lets nobody else in."""

    def __init__(
        self, path: str, endpoint: Endpoint, *, audience: Audience, name: str, methods: Collection[str] = ("GET",)
    ) -> None:
        super().__init__(path, _guarded(endpoint, audience), name=name, methods=methods)
        self.audience = audience


def page(
    path: str, endpoint: Endpoint, *, audience: Audience, name: str, methods: Sequence[str] = ("GET",)
) -> GuardedRoute:
    """One row of a room's table of routes."""
    return GuardedRoute(path, endpoint, audience=audience, name=name, methods=methods)


def settings_of(request: Request) -> Settings:
    """The settings with which the app was made."""
    return cast(Settings, request.app.state.settings)


def now_of(request: Request) -> datetime:
    """The instant at which the request came in: one for everything that it does."""
    return cast(datetime, request.state.now)


def address_of(request: Request) -> str:
    """Where the request comes from, as far as attempts are counted: one IPv4 address, or the /64 of a subscriber."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, 64), strict=False))
    return host


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


def _guarded(endpoint: Endpoint, audience: Audience) -> Endpoint:
    async def guarded(request: Request) -> Response:
        request.state.now = getattr(request.app.state, "clock", _clock)()
        request.state.looks = []
        if audience in {Audience.PUBLIC, Audience.OPERATIONS, Audience.CLIENT}:
            return await endpoint(request)
        return await _with_visit(request, endpoint, audience)

    return guarded


async def _with_visit(request: Request, endpoint: Endpoint, audience: Audience) -> Response:
    settings, now = settings_of(request), now_of(request)
    await open_visit(request, settings, now)
    _admit(request, audience)
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


def _admit(request: Request, audience: Audience) -> None:
    if audience in {Audience.CODE, Audience.CITIZEN}:
        plan_of(request)
    if audience is Audience.CITIZEN and not is_verified(request):
        raise FactorNeeded


def _clock() -> datetime:
    return datetime.now(UTC)


def audiences(routes: Sequence[BaseRoute]) -> dict[str, Audience]:
    """`GET /path` → audience of every route; a test compares it with the table that was agreed on."""
    guarded = [route for route in routes if isinstance(route, GuardedRoute)]
    return {f"{method} {route.path}": route.audience for route in guarded for method in sorted(route.methods or ())}
