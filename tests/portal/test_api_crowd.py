"""Many at once from one address, and people who go away in the middle: nobody else notices."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.types import Message

from providers.actors import SYSTEM
from providers.api_keys import make_key
from providers.models import ApiScope
from tests.support.apps import Clock, as_itself, client_of, running_app
from tests.support.databases import Databases
from tests.support.messages_in import a_ggop
from tests.support.refusals import unchanged
from tests.support.worlds import HOME, NOW, PACKAGE, VAULT, a_site

MATCHES = "/api/v1/matches"
ANYBODY = {"package": PACKAGE, "level": "basic", "postal_code": "1050"}
LIMIT = 220


@pytest_asyncio.fixture(scope="module")
async def portal(databases: Databases) -> AsyncIterator[Starlette]:
    async with databases.fresh() as url, running_app(url, Clock(), requests_per_minute=LIMIT) as app:
        for _ in range(3):
            await a_site(slots=[NOW + timedelta(days=2)])
        yield app


async def searches(portal: Starlette, count: int, address: str) -> Counter[tuple[int, int]]:
    """So many at the same moment: how often each status came, with how many sites."""
    async with client_of(portal, address=address) as client:
        answers = await asyncio.gather(*(client.get(MATCHES, params=ANYBODY) for _ in range(count)))
    return Counter((answer.status_code, len(answer.json().get("items", ()))) for answer in answers)


async def test_two_hundred_searches_at_once_from_one_address_are_answered(portal: Starlette) -> None:
    assert await searches(portal, 200, "192.0.2.10") == {(200, 3): 200}


async def test_a_flood_from_one_address_is_cut_and_another_one_gets_through(portal: Starlette) -> None:
    answers = await searches(portal, LIMIT + 20, "192.0.2.11")
    assert answers.keys() == {(200, 3), (429, 0)}
    assert answers[(200, 3)] >= LIMIT
    assert await searches(portal, 3, "192.0.2.12") == {(200, 3): 3}


def request(method: str, path: str, headers: dict[str, str], query: str = "") -> dict[str, Any]:
    """A request as the server hands it over."""
    given = [(name.lower().encode(), value.encode()) for name, value in ({"Host": "localhost"} | headers).items()]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": given,
        "client": ("192.0.2.13", 50_000),
        "server": ("localhost", 80),
        "state": {},
    }


async def test_who_hangs_up_while_sending_has_sent_nothing(portal: Starlette) -> None:
    _, key = await make_key("x", {ApiScope.PLANS}, municipality=HOME, actor=SYSTEM, now=NOW, vault=VAULT)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/xml"}
    parts: list[Message] = [
        {"type": "http.request", "body": a_ggop("half"), "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return parts.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    # The key's own use is noted before its body is read.
    async with client_of(portal) as client:
        assert (await client.post("/api/v1/plans", headers=headers)).status_code == 422
    async with unchanged():
        await as_itself(portal)(request("POST", "/api/v1/plans", headers), receive, send)
    assert sent[0]["status"] == 400


@pytest.mark.parametrize("when", ["at once", "with the answer"])
async def test_who_hangs_up_while_waiting_leaves_everything_to_the_next(portal: Starlette, when: str) -> None:
    asked = request("GET", MATCHES, {}, "package=01-kirurgisk&level=basic&postal_code=1050")

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        raise OSError

    for _ in range(5):
        task = asyncio.create_task(as_itself(portal)(asked, receive, send))
        if when == "at once":
            # The server breaks a request off when its client is gone.
            await asyncio.sleep(0)
            task.cancel()
        await asyncio.wait([task])
        assert task.cancelled() or isinstance(task.exception(), OSError)
    # There is one connection only: it is free again, and in no transaction.
    assert await searches(portal, 3, "192.0.2.14") == {(200, 3): 3}
