"""A question to another system: it ends in time, with a JSON object of a bearable size or with an error."""

import asyncio
import json
from typing import Any

import httpx

_LARGEST = 256 * 1024


class NoObject(Exception):
    """No JSON object came. The text is the kind of the cause and nothing that the other side has said."""


async def ask(
    client: httpx.AsyncClient, method: str, url: str, *, seconds: float, **how: Any
) -> tuple[int, dict[str, Any]]:
    """The status, and the object that is answered with; raises NoObject, and nothing else, when there is none."""
    try:
        async with asyncio.timeout(seconds), client.stream(method, url, **how) as response:
            found = json.loads(await _read(response))
    except Exception as error:
        # A mistyped port alone raises an ExceptionGroup: no list of what may come out of a connection is complete.
        raise NoObject(type(error).__name__) from error
    if not isinstance(found, dict):
        raise NoObject("not an object")
    return response.status_code, found


async def _read(response: httpx.Response) -> bytes:
    body = b""
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > _LARGEST:
            raise ValueError("the answer is too large")
    return body
