"""The 98 municipalities' systems, each with its conduct, and what they have taken: the ledger."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import BinaryIO
from uuid import UUID, uuid4

import orjson

from matching.reports.formats.acknowledgement import AckCode, Issue, acknowledge
from matching.reports.formats.facts import Organisation
from portal.bench.storm.conduct import Conduct
from portal.bench.storm.wire import Cut, Reply, Request
from portal.receiver.signature import SignatureWrong, verified_id

Later = Callable[[str, bytes], Awaitable[None]]
"""Has a municipality's acknowledgement posted to the portal."""

THEIRS = Organisation("Modtager", "999900000009001", "5790000000005")
OURS = Organisation("Genvej", "999900000009002", "5790000000012")

_PAGE = Reply(200, b"<!DOCTYPE html><html lang='da'><title>Log ind</title></html>", "text/html")
_BUSY = Reply(429, headers={"Retry-After": "1"})
_SLOW_SECONDS = 0.4
_FLAPS_SECONDS = 1.5


class Recipients:
    """`calm` ends the trouble of all but those whose conduct is about acknowledgements, which is no trouble at all."""

    def __init__(self, conducts: dict[str, Conduct], secrets: dict[str, str], ledger: BinaryIO, later: Later) -> None:
        self._conducts = conducts
        self._secrets = secrets
        self._ledger = ledger
        self._later = later
        self._asked = Counter[str]()
        self._seen: set[str] = set()
        self._posting: set[asyncio.Task[None]] = set()
        self.calm = asyncio.Event()
        self.flaps: Callable[[], bool] = _is_gone

    async def respond(self, request: Request) -> Reply:
        """The answer of the municipality whose code is the address's path; raises Cut."""
        code = request.path.strip("/")
        conduct = self._conducts[code]
        self._asked[code] += 1
        wrong = None if self.calm.is_set() else await self._trouble(conduct, self._asked[code])
        try:
            return wrong or self._taken(code, conduct, request)
        except (SignatureWrong, ValueError, KeyError):
            return Reply(400)

    async def _trouble(self, conduct: Conduct, asked: int) -> Reply | None:
        """What is answered instead, if anything is; raises Cut."""
        match conduct:
            case Conduct.SLOW:
                await asyncio.sleep(_SLOW_SECONDS)
            case Conduct.HANGING:
                await self.calm.wait()
                raise Cut
            case Conduct.FLAPPING if self.flaps():
                raise Cut
            case Conduct.FAULTY if asked % 3 == 0:
                return Reply(500)
            case Conduct.BUSY if asked % 4 == 0:
                return _BUSY
            case Conduct.PAGES:
                return _PAGE
        return None

    def _taken(self, code: str, conduct: Conduct, request: Request) -> Reply:
        """Raises SignatureWrong, ValueError or KeyError for what is no report of ours."""
        if code in self._secrets:
            self._note(code, verified_id(request.headers, request.body, self._secrets[code], datetime.now(UTC)))
            return Reply()
        bundle = orjson.loads(request.body)
        if bundle["type"] == "collection":
            self._note(code, bundle["id"])
            return Reply(200)
        return self._message(code, conduct, UUID(bundle["entry"][0]["resource"]["id"]))

    def _message(self, code: str, conduct: Conduct, number: UUID) -> Reply:
        known = str(number) in self._seen
        self._seen.add(str(number))
        if conduct is Conduct.WRONG and not known:
            return Reply(200, _acknowledged(uuid4(), AckCode.OK))
        if conduct is Conduct.TRANSIENT and not known:
            return Reply(200, _acknowledged(number, AckCode.TRANSIENT))
        self._note(code, str(number))
        body = _acknowledged(number, AckCode.OK)
        if conduct is not Conduct.TWICE:
            return Reply(200, body)
        task = asyncio.get_running_loop().create_task(self._twice(code, body))
        self._posting.add(task)
        task.add_done_callback(self._posting.discard)
        return Reply(202)

    async def _twice(self, code: str, body: bytes) -> None:
        for _ in range(2):
            await self._later(code, body)

    def _note(self, code: str, key: str) -> None:
        """In the order in which they came; what stands here was answered well."""
        self._ledger.write(f"{code} {key}\n".encode())


def _is_gone() -> bool:
    return bool(int(time.monotonic() / _FLAPS_SECONDS) % 2)


def _acknowledged(number: UUID, code: AckCode) -> bytes:
    issues = [] if code is AckCode.OK else [Issue("transient", "MSG_Mailbox_Out_Of_Operation")]
    now = datetime.now(UTC)
    return acknowledge(number, None, code, THEIRS, OURS, ack_id=uuid4(), bundle_id=uuid4(), now=now, issues=issues)
