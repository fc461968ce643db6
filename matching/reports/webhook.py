"""One attempt over HTTP. Whatever the other side does, it ends in time and in an `Answer`."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import httpx

from matching.reports.answers import Answer, judge, judge_message, no_answer, not_sent
from providers.outgoing import TargetRefused, outgoing_client
from providers.targets import Targets

_CONNECT_SECONDS = 5.0
_TOTAL_SECONDS = 15.0

# Enough of a body to tell a page from an answer and to read an acknowledgement, and not waited for any longer.
_BODY_BYTES = 64 * 1024
_BODY_SECONDS = 2.0


def report_client(targets: Targets, *, seconds: float = _TOTAL_SECONDS) -> httpx.AsyncClient:
    """The client for all recipients, which calls these targets only; `seconds` for each single step."""
    return outgoing_client(
        targets,
        timeout=httpx.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS)),
        headers={"User-Agent": "Genvej", "Accept": "application/json", "Accept-Encoding": "identity"},
    )


async def post_report(
    client: httpx.AsyncClient,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    now: datetime,
    content_type: str = "application/json",
    message: UUID | None = None,
    seconds: float = _TOTAL_SECONDS,
) -> Answer:
    """Post the `body` and read the answer, all within `seconds`. Never raises because of the other side.

    A `message` is only taken until its own acknowledgement has come, with the answer or later.
    """
    try:
        async with (
            asyncio.timeout(seconds),
            client.stream("POST", url, content=body, headers={**headers, "Content-Type": content_type}) as response,
        ):
            beginning = await _beginning(response)
            answer = judge(response.status_code, beginning, response.headers.get("retry-after"), now)
            return judge_message(answer, beginning, message) if message else answer
    except TargetRefused:
        return not_sent("The address may not be called")
    except Exception as error:
        # A mistyped port alone raises an ExceptionGroup: no list of what may come out of a connection is complete.
        return no_answer(error)


async def _beginning(response: httpx.Response) -> bytes:
    """The start of the body, as far as it comes: once the status is known, a body that stalls changes nothing."""
    beginning = b""
    with suppress(httpx.HTTPError, TimeoutError):
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in response.aiter_raw():
                beginning += chunk
                if len(beginning) >= _BODY_BYTES:
                    break
    return beginning[:_BODY_BYTES]
