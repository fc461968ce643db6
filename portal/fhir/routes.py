"""The routes of `/fhir`: for each kind of resource a search and a read."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from portal.access import Audience, Endpoint, GuardedRoute, page
from portal.fhir.answering import metadata, read
from portal.fhir.searching import search
from portal.fhir.table import KINDS, Kind


def _of(kind: Kind, answer: Callable[[Request, Kind], Awaitable[Response]]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await answer(request, kind)

    return endpoint


def _routes(kind: Kind) -> list[GuardedRoute]:
    path, name = f"/fhir/{kind.name}", f"fhir_{kind.name}"
    return [
        page(path, _of(kind, search), audience=Audience.CLIENT, name=name),
        page(f"{path}/{{id}}", _of(kind, read), audience=Audience.CLIENT, name=f"{name}_read"),
    ]


ROUTES = [
    page("/fhir/metadata", metadata, audience=Audience.CLIENT, name="fhir_metadata"),
    *(route for kind in KINDS.values() for route in _routes(kind)),
]
