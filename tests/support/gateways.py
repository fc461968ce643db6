"""A gateway on a port of this machine, as an operator or a supplier runs one: takes JSON, and can be in trouble."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from portal.messages.config import Gateway
from tests.support.receivers import address_of, bound_socket, serving

TOKEN = "a token for the gateway"


@dataclass
class Stub:
    """`statuses` are answered one by one, and then 202. `taken` is what was taken, `heads` how it was sent."""

    url: str
    statuses: list[int] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)

    @property
    def gateway(self) -> Gateway:
        """How the portal is told of it."""
        return Gateway(self.url, TOKEN)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        status = self.statuses.pop(0) if self.statuses else 202
        self.heads.append(dict(request.headers))
        if status < 300:
            self.taken.append(orjson.loads(await request.body()))
        await Response(status_code=status)(scope, receive, send)


@contextmanager
def a_gateway() -> Iterator[Stub]:
    listener = bound_socket()
    stub = Stub(address_of(listener))
    with serving(stub, listener):
        yield stub
