"""The application: rooms, middleware and errors put together. Nothing is read or opened before it starts."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.requests import ClientDisconnect

from portal import (
    agreements,
    citizen,
    clinic,
    components,
    indexing,
    members,
    municipality,
    operating,
    operations,
    own_keys,
    staff,
)
from portal.access import LARGEST_BODY, GuardedRoute, largest_body
from portal.api.quota import what_is_left
from portal.api.routes import ROUTES as API
from portal.encryption import unencrypted
from portal.fhir.routes import ROUTES as FHIR
from portal.gate import Check, Gate, named, own_origin, sizes
from portal.identity.issuers import issuers_of
from portal.identity.routes import ROUTES as IDENTITY
from portal.middleware import BodyLimit, Compression, SecurityHeaders, TimeLimit
from portal.problems import on_crash, on_error, on_hanging_up, on_http_error
from portal.settings import Settings
from portal.traffic import Traffic, real_now
from providers.database import APP_ROLE, connected
from providers.errors import GenvejError
from providers.reference import load_catalogue


def create_app(settings: Settings, *, clock: Callable[[], datetime] | None = None) -> Starlette:
    """The portal as an ASGI application. `clock` gives the instant of each request; tests bring their own."""

    digest = partial(settings.vault().digest, "traffic")
    traffic = Traffic(settings.requests_per_minute, digest=digest, clock=clock or real_now)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with (
            connected(settings.database_url, role=APP_ROLE, pool_size=settings.pool_size, shared=True) as database,
            issuers_of(settings) as issuers,
            traffic.shared(),
        ):
            app.state.database, app.state.catalogue = database, await load_catalogue()
            app.state.issuers = issuers
            yield

    # Routes are tried in this order, and the programs' are the ones that must be quick.
    routes: list[GuardedRoute] = [*API, *FHIR, *citizen.ROUTES, *staff.ROUTES, *IDENTITY, *operations.ROUTES]
    for room in (indexing, components, members, own_keys, municipality, clinic, agreements, operating):
        routes += room.ROUTES
    public = settings.public_url
    checks: list[Check] = [sizes, named(settings.hosts), partial(unencrypted, public), own_origin(public), traffic]
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[
            Middleware(
                SecurityHeaders,
                https=settings.secure_cookies,
                forms_to=settings.forms_to,
                images_from=settings.images_from,
                also=what_is_left,
            ),
            # The framework's own last resort lies outside of all this, and its answer would have no headers of ours.
            Middleware(ServerErrorMiddleware, handler=on_crash),
            Middleware(Gate, checks=checks),
            Middleware(TimeLimit, seconds=settings.request_seconds),
            # Level 9 costs nearly twice the work of level 5, for three hundredths of the size.
            Middleware(Compression, minimum_size=600, compresslevel=5),
            Middleware(BodyLimit, largest=LARGEST_BODY, larger=largest_body),
        ],
        exception_handlers={GenvejError: on_error, HTTPException: on_http_error, ClientDisconnect: on_hanging_up},
    )
    # A redirect to the other spelling of an address would repeat whatever host name the request claimed.
    app.router.redirect_slashes = False
    app.state.settings = settings
    if clock is not None:
        app.state.clock = clock
    return app
