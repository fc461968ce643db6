"""What a recipient can do wrong, for trying out how the portal bears it. A test may change it while it runs."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

_PAGE = "<!DOCTYPE html><html lang='da'><title>Log ind</title><h1>Log ind</h1></html>"

_LOOK_AGAIN = 0.1


@dataclass(slots=True)
class Trouble:
    """The next `failures` requests are answered with `status` and `headers`, and not looked at.

    `page`: answer with a page for people. `hang`: take a report, and do not answer as long as this is so.
    """

    failures: int = 0
    status: int = 503
    headers: Mapping[str, str] = field(default_factory=dict)
    page: bool = False
    hang: bool = False

    def instead(self) -> Response | None:
        """The wrong answer whose turn it is, if any."""
        if self.failures > 0:
            self.failures -= 1
            return PlainTextResponse("", self.status, self.headers)
        return HTMLResponse(_PAGE) if self.page else None

    async def delay(self, request: Request) -> None:
        """Wait as long as told to hang, or until the caller has hung up."""
        while self.hang:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_AGAIN):
                    if (await request.receive())["type"] == "http.disconnect":
                        return
