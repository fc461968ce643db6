"""What tests leave behind in places where no person may be: shown to the look-out."""

import gzip
import os
from contextlib import suppress
from functools import wraps
from typing import Any
from urllib.parse import unquote

import asyncpg
from starlette.types import Message, Receive, Scope, Send

from portal.middleware import SecurityHeaders
from tests.support.leaks import LOOKOUT

_WATCHERS = {"/metrics", "/healthz", "/readyz"}

STORED = """
SELECT 'outbox', body::text FROM report WHERE octet_length(body) > 0
UNION ALL SELECT 'outbox', answer FROM report
UNION ALL SELECT 'job', payload::text FROM pgqueuer
UNION ALL SELECT 'message', concat_ws(' ', once, template, answer) FROM message
UNION ALL SELECT 'event', concat_ws(' ', kind, actor, reason, changes) FROM case_event
UNION ALL SELECT 'look-up log', concat_ws(' ', person, action, criterion, purpose, result) FROM audit_entry
UNION ALL SELECT 'visit', data::text FROM session
UNION ALL SELECT 'attempts', bucket FROM attempt_budget
"""


def our_variables() -> dict[str, str]:
    """What the environment says to us."""
    return {name: value for name, value in os.environ.items() if name.startswith(("GENVEJ_", "DATABASE_URL"))}


async def look_at_tables(connection: Any) -> None:
    """Tables that must not tell of a person in clear; `connection` is asyncpg's, and may be of no use any more."""
    with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
        for place, text in await connection.fetch(STORED):
            LOOKOUT.look(place, _readable(text or ""))


def listen_at_the_door() -> None:
    """Every request to a portal in this process: its address, where it leads on to, and what an error page says."""
    call = SecurityHeaders.__call__

    @wraps(call)
    async def heard(self: SecurityHeaders, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await call(self, scope, receive, send)
        LOOKOUT.look("address", _address(scope))
        answer = _Answer(scope["path"])

        async def send_and_look(message: Message) -> None:
            answer.take(message)
            await send(message)

        return await call(self, scope, receive, send_and_look)

    SecurityHeaders.__call__ = heard  # type: ignore[method-assign]


class _Answer:
    """The parts of an answer as they come; looked at when it is an error, or a figure for those who watch."""

    def __init__(self, path: str) -> None:
        self._is_for_watchers = path in _WATCHERS
        self._place = ""
        self._zipped = False
        self._body = bytearray()

    def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = dict(message["headers"])
            LOOKOUT.look("address", unquote(headers.get(b"location", b"").decode("latin-1")))
            self._zipped = headers.get(b"content-encoding") == b"gzip"
            self._place = "error page" if message["status"] >= 400 else "metrics" if self._is_for_watchers else ""
        elif self._place and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                body = gzip.decompress(bytes(self._body)) if self._zipped and self._body else bytes(self._body)
                LOOKOUT.look(self._place, body.decode("utf-8", "replace"))


def _address(scope: Scope) -> str:
    return unquote(f"{scope['path']}?{scope.get('query_string', b'').decode('latin-1')}")


def _readable(text: str) -> str:
    """Bytes come as `\\x` and hexadecimal digits."""
    return bytes.fromhex(text[2:]).decode("utf-8", "replace") if text.startswith("\\x") else text
