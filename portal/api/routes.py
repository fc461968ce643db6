"""The API's routes: one for each path of the table, and the documentation itself."""

from functools import cache

import orjson
from starlette.requests import Request
from starlette.responses import Response

from portal.access import Audience, page
from portal.api.conditional import kept
from portal.api.openapi import document
from portal.api.operation import routes_of
from portal.api.table import OPERATIONS


async def openapi(request: Request) -> Response:
    """`/api/v1/openapi.json`."""
    return kept(request, _document())


@cache
def _document() -> bytes:
    return orjson.dumps(document(OPERATIONS))


ROUTES = [
    *routes_of(OPERATIONS),
    page("/api/v1/openapi.json", openapi, audience=Audience.CLIENT, name="openapi"),
]
