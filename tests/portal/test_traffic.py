"""How often one address may come: counted without a statement, shared between processes, and said in headers."""

from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import Scope

from portal.traffic import TooManyRequests, Traffic
from providers.database import fetch_value
from tests.support.apps import ADDRESS, Clock, client_of, running_app
from tests.support.counting import statements

SECOND = timedelta(seconds=1)


def traffic(limit: int, clock: Clock) -> Traffic:
    """One process's count."""
    return Traffic(limit, digest=lambda address: f"test {address}", clock=clock)


def scope(address: str = ADDRESS, path: str = "/soeg") -> Scope:
    return {"type": "http", "path": path, "client": (address, 1)}


def let_in(counted: Traffic, times: int, address: str = ADDRESS) -> int:
    """How many of so many requests are let in."""
    return sum(counted(scope(address)) is None for _ in range(times))


def test_so_many_at_once_and_then_as_many_as_a_minute_brings() -> None:
    clock = Clock()
    counted = traffic(60, clock)
    assert let_in(counted, 100) == 60
    clock.now += 5 * SECOND
    assert let_in(counted, 100) == 5
    clock.now += timedelta(minutes=10)
    assert let_in(counted, 100) == 60


def test_whoever_waits_as_long_as_they_were_told_is_let_in() -> None:
    clock = Clock()
    counted = traffic(60, clock)
    let_in(counted, 60)
    refusal = counted(scope())
    assert isinstance(refusal, TooManyRequests)
    assert refusal.details == {"wait": SECOND, "limit": 60}
    clock.now += SECOND
    assert counted(scope()) is None


def test_a_clock_that_is_set_back_gives_and_takes_nothing() -> None:
    clock = Clock()
    counted = traffic(10, clock)
    let_in(counted, 5)
    clock.now -= timedelta(hours=1)
    assert let_in(counted, 10) == 5


def test_each_address_counts_for_itself_and_a_subscriber_is_one() -> None:
    counted = traffic(10, Clock())
    assert let_in(counted, 20, "192.0.2.1") == let_in(counted, 20, "192.0.2.2") == 10
    assert let_in(counted, 20, "2001:db8:1:2::1") == 10
    assert let_in(counted, 20, "2001:db8:1:2:ffff::2") == 0
    assert let_in(counted, 20, "2001:db8:1:3::1") == 10


@pytest.mark.parametrize("path", ["/static/0/genvej.css", "/healthz", "/readyz"])
def test_files_and_watchers_are_not_counted(path: str) -> None:
    counted = traffic(1, Clock())
    assert [counted(scope(path=path)) for _ in range(5)] == [None] * 5


def test_without_a_limit_nobody_is_counted() -> None:
    assert let_in(traffic(0, Clock()), 50) == 50


async def test_two_processes_share_what_busy_addresses_have_spent(database: str) -> None:
    clock = Clock()
    one, other = traffic(100, clock), traffic(100, clock)
    assert (let_in(one, 60), let_in(other, 50)) == (60, 50)
    for process in (one, other, one):
        await process.share()
    assert (let_in(one, 50), let_in(other, 50)) == (0, 0)
    clock.now += 30 * SECOND
    assert (let_in(one, 90), let_in(other, 90)) == (40, 40)


async def test_sharing_counts_each_request_once(database: str) -> None:
    clock = Clock()
    counted = traffic(100, clock)
    for _ in range(3):
        let_in(counted, 20)
        await counted.share()
        await counted.share()
    assert await fetch_value("SELECT spent FROM attempt_budget WHERE bucket = $1", f"test {ADDRESS}") == 60
    assert let_in(counted, 100) == 40


async def test_who_comes_seldom_is_written_nowhere(database: str) -> None:
    counted = traffic(100, Clock())
    let_in(counted, 9)
    await counted.share()
    assert await fetch_value("SELECT count(*) FROM attempt_budget") == 0
    let_in(counted, 1)
    await counted.share()
    assert await fetch_value("SELECT count(*) FROM attempt_budget") == 1


async def test_who_has_not_come_for_a_while_is_forgotten(database: str) -> None:
    clock = Clock()
    counted = traffic(10, clock)
    for number in range(200):
        let_in(counted, 1, f"192.0.2.{number}")
    clock.now += timedelta(minutes=1)
    await counted.share()
    assert counted._counts == {}


@pytest.mark.parametrize(("path", "kind"), [("/soeg", "text/html"), ("/api/v1/packages", "application/problem+json")])
async def test_the_answer_says_what_is_allowed_and_how_long_to_wait(
    database_url: str, clock: Clock, path: str, kind: str
) -> None:
    async with running_app(database_url, clock, requests_per_minute=2) as app:
        for address in ("192.0.2.1", "192.0.2.2"):
            async with client_of(app, address=address) as client:
                answers = [await client.get(path) for _ in range(3)]
                strange = await client.get("/%2Fother.example/soeg?a=1&b=2")
            # Once more, and never to another site.
            assert (
                '<a class="button button-primary" href="/other.example/soeg?a=1&amp;b=2">Prøv igen</a>' in strange.text
            )
            assert "Du kan prøve igen om 1 minut." in strange.text
            assert [answer.status_code for answer in answers] == [200, 200, 429]
            # Programs are told all the time; the first of two requests is forgotten in half a minute.
            told = '"address";r=1;t=30' if "api" in path else None
            assert answers[0].headers.get("RateLimit") == told
            refused = answers[-1]
            assert refused.headers["Content-Type"].startswith(kind)
            assert 1 <= int(refused.headers["Retry-After"]) <= 30
            assert refused.headers["RateLimit-Policy"] == '"address";q=2;w=60'
            assert refused.headers["RateLimit"] == f'"address";r=0;t={refused.headers["Retry-After"]}'


async def test_counting_asks_the_database_for_nothing(portal_app: Starlette, api: httpx.AsyncClient) -> None:
    async with statements() as sent:
        assert (await api.get("/api/v1/openapi.json")).status_code == 200
    assert sent == []
