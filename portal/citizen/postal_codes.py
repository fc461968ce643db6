"""The postal codes, for the browser to suggest and to compare with: what is typed or measured there stays there."""

from functools import cache

import orjson
from starlette.requests import Request
from starlette.responses import Response

from providers.reference.catalogue import PostalCodeEntry

_KEPT = {"Cache-Control": "public, max-age=86400"}
_DECIMALS = 3
_JSON = "application/json"


async def postal_codes(request: Request) -> Response:
    """`[[code, name, longitude, latitude], …]`, in the order of the codes; a point is about a hundred metres exact."""
    return Response(_file(tuple(request.app.state.catalogue.postal_codes.values())), headers=_KEPT, media_type=_JSON)


@cache
def _file(entries: tuple[PostalCodeEntry, ...]) -> bytes:
    return orjson.dumps(
        [
            (entry.code, entry.name, round(entry.longitude, _DECIMALS), round(entry.latitude, _DECIMALS))
            for entry in entries
        ]
    )
