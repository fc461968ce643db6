"""A municipality's receiver on a port of this machine: the real one, in a thread, with its troubles in reach."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from queue import Queue

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matching.reports.signing import new_secret
from portal.receiver import Trouble, create_receiver
from portal.receiver.inbox import Received
from providers.targets import Targets
from tests.support.patience import WAIT
from tests.support.worlds import NOW

THIS_MACHINE = Targets(networks=(ip_network("127.0.0.0/8"),))
"""Where the tests' recipients are."""


@dataclass
class Receiver:
    """`requests` are the bytes of every request as it came, the headers before the body."""

    url: str
    secret: str
    trouble: Trouble
    now: datetime | None = NOW
    arrivals: list[Received] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    _queue: "Queue[Received]" = field(default_factory=Queue)

    def arrived(self, arrival: Received) -> None:
        self.arrivals.append(arrival)
        self._queue.put(arrival)

    async def next(self) -> Received:
        """The next arrival that nobody has waited for yet."""
        return await asyncio.to_thread(self._queue.get, timeout=WAIT)

    @property
    def events(self) -> list[tuple[str, int]]:
        """What was told, in the order of arrival: each report's event and its number within the case."""
        return [(arrival.report["event"], arrival.report["sequence"]) for arrival in self.arrivals]


@contextmanager
def a_receiver(
    *, now: datetime | None = NOW, store: Path | None = None, listener: socket.socket | None = None
) -> Iterator[Receiver]:
    """A receiver whose clock stands at `now`, or runs when that is None; `listener` is a bound socket to serve on."""
    listener = listener or bound_socket()
    receiver = Receiver(address_of(listener), new_secret(), Trouble(), now)
    app = create_receiver(
        receiver.secret,
        store,
        trouble=receiver.trouble,
        on_arrival=receiver.arrived,
        clock=lambda: receiver.now or datetime.now(UTC),
    )
    with serving(_recorded(app, receiver.requests), listener):
        yield receiver


@contextmanager
def serving(app: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """An ASGI app on a bound socket, in a thread of its own."""
    listener.listen()
    config = uvicorn.Config(app, ws="none", lifespan="off", log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def bound_socket() -> socket.socket:
    """A port of our own on which nobody listens: connections are refused until somebody does."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return listener


def address_of(listener: socket.socket) -> str:
    """Where reports are posted when a receiver listens there."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}/reports"


def _recorded(app: ASGIApp, requests: list[bytes]) -> ASGIApp:
    """The app behind something that keeps each request, also when the app does not read it."""

    async def recording(scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message["body"]
            if not message["more_body"]:
                break
        target = scope["raw_path"] + b"?" + scope["query_string"]
        lines = [target, *(b": ".join(header) for header in scope["headers"])]
        requests.append(b"\n".join(lines) + b"\n\n" + body)
        replay: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            return replay.pop() if replay else await receive()

        await app(scope, again, send)

    return recording
