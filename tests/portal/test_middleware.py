"""What every answer says, whatever it answers; and what is refused or broken off before it costs anything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message

from portal.access import LARGEST_BODY, Audience, page
from portal.assets import asset_url
from portal.gate import LARGEST_HEAD, LONGEST_ADDRESS
from portal.middleware import ALWAYS, FOR_DOCUMENTS, TimeLimit
from providers.database import execute, fetch_value
from tests.support.apps import Clock, running_app

FORM = {"Sec-Fetch-Site": "same-origin"}
PEOPLE = {"mode": "production", "public_url": "https://genvej.example", "help_phone": "70 00 00 00"}


@asynccontextmanager
async def asking(app: Starlette, base_url: str = "http://localhost:8000") -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who gets the answer that a real client would get, also to a fault of ours."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=base_url) as client:
        yield client


def add(app: Starlette, path: str, answer: Any) -> None:
    """A page of the test's own, first of all routes."""
    app.router.routes.insert(0, page(path, answer, audience=Audience.PUBLIC, name=f"test {path}"))


async def crash(request: Request) -> Response:
    raise ZeroDivisionError


async def test_every_kind_of_answer_has_every_header(portal_app: Starlette) -> None:
    add(portal_app, "/crash", crash)
    add(portal_app, "/api/crash", crash)
    async with asking(portal_app) as client:
        answers = [
            (200, await client.get("/")),
            (200, await client.get("/healthz")),
            (200, await client.get(asset_url("genvej.css"))),
            (303, await client.get("/muligheder")),
            (404, await client.get("/nowhere")),
            (404, await client.get("/static/0/none.css")),
            (404, await client.get("/api/v1/nowhere")),
            (405, await client.put("/", headers=FORM)),
            (400, await client.get("/api/v1/matches")),
            (403, await client.post("/kode")),
            (413, await client.post("/kode", content=b"x" * (LARGEST_BODY + 1), headers=FORM)),
            (414, await client.get("/" + "x" * LONGEST_ADDRESS)),
            (421, await client.get("/", headers={"Host": "elsewhere.example"})),
            (431, await client.get("/", headers={"X": "x" * LARGEST_HEAD})),
            (500, await client.get("/crash")),
            (500, await client.get("/api/crash")),
        ]
    for status, answer in answers:
        assert answer.status_code == status, answer.url
        kind = answer.headers.get("Content-Type", "")
        assert not answer.content or kind.startswith("application/") or kind.endswith("; charset=utf-8"), answer.url
        is_file = "/static/" in answer.url.path and status == 200
        is_document = not is_file and not answer.url.path.startswith("/api/")
        other = ({"Cache-Control"} if is_file else set()) | (set() if is_document else FOR_DOCUMENTS)
        missing = {name for name in ALWAYS.keys() - other if answer.headers.get_list(name) != [ALWAYS[name]]}
        assert not missing, (answer.url, missing)
        assert is_document or not [name for name in FOR_DOCUMENTS if name in answer.headers]
        assert "Strict-Transport-Security" not in answer.headers


async def test_under_https_browsers_are_told_to_stay_there(database_url: str, clock: Clock) -> None:
    async with running_app(database_url, clock, **PEOPLE) as app, asking(app, PEOPLE["public_url"]) as client:
        for path in ("/", "/nowhere", asset_url("genvej.css")):
            assert (await client.get(path)).headers[
                "Strict-Transport-Security"
            ] == "max-age=63072000; includeSubDomains"


async def test_a_page_is_led_on_to_https_and_nothing_else_is(database_url: str, clock: Clock) -> None:
    """As the proxy says that it came. Whatever sends secrets is to learn that it sent them in clear."""
    in_clear = {"X-Forwarded-Proto": "http"}
    async with running_app(database_url, clock, **PEOPLE) as app, asking(app, PEOPLE["public_url"]) as client:
        page = await client.get("/soeg?pakke=01-kirurgisk&sted=1050", headers=in_clear)
        assert (page.status_code, page.headers["Location"]) == (
            308,
            "https://genvej.example/soeg?pakke=01-kirurgisk&sted=1050",
        )
        own = in_clear | {"Sec-Fetch-Site": "same-origin"}
        refused = [
            await client.get("/api/v1/reports", headers=in_clear),
            await client.get("/fhir/metadata", headers=in_clear),
            await client.post("/kode", data={"kode": "x"}, headers=own),
        ]
        assert [(answer.status_code, "Location" in answer.headers) for answer in refused] == [(403, False)] * 3
        assert refused[0].json()["code"] == "encryption_needed"
        assert (await client.get("/healthz", headers=in_clear)).status_code == 200
        assert (await client.get("/", headers={"X-Forwarded-Proto": "https"})).status_code == 200
    async with running_app(database_url, clock) as app, asking(app) as client:
        assert (await client.get("/", headers=in_clear)).status_code == 200, "on a developer's machine"


async def test_a_page_holds_nothing_that_the_policy_forbids(portal_app: Starlette) -> None:
    """No inline script or style, no handler in an attribute: so the policy needs neither nonce nor exception."""
    async with asking(portal_app) as client:
        for path in ("/", "/soeg?pakke=01-kirurgisk&niveau=basic&sted=1050", "/nowhere"):
            html = (await client.get(path)).text
            assert "<style" not in html
            assert " style=" not in html
            assert "javascript:" not in html
            assert html.count("<script") == html.count("<script src=")
            assert not [word for word in html.split() if word.startswith("on") and "=" in word]
            assert '"includeIndicatorStyles": false' in html
            assert '"allowEval": false' in html
    assert "unsafe" not in ALWAYS["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/api/v1/packages"])
@pytest.mark.parametrize("host", ["elsewhere.example", "localhost.elsewhere.example", "", "[::", "local host"])
async def test_another_host_name_gets_nothing(portal_app: Starlette, path: str, host: str) -> None:
    async with asking(portal_app) as client:
        answer = await client.get(path, headers={"Host": host})
    assert answer.status_code == 421
    assert host not in answer.text or not host


@pytest.mark.parametrize("host", ["genvej.example", "GENVEJ.example:443", "intern.example"])
async def test_the_names_of_the_settings_are_answered(database_url: str, clock: Clock, host: str) -> None:
    async with running_app(database_url, clock, **PEOPLE, allowed_hosts="intern.example") as app, asking(app) as client:
        assert (await client.get("/", headers={"Host": host})).status_code == 200
        assert (await client.get("/", headers={"Host": "localhost"})).status_code == 421


async def test_watchers_may_call_a_process_by_its_number(database_url: str, clock: Clock) -> None:
    async with running_app(database_url, clock, **PEOPLE) as app, asking(app, "http://10.0.0.7:8000") as client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.get("/")).status_code == 421


async def test_a_form_that_is_refused_unread_ends_its_connection(portal_app: Starlette) -> None:
    async with asking(portal_app) as client:
        refused = await client.post("/kode", data={"kode": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert (refused.status_code, refused.headers["Connection"]) == (403, "close")
        assert "Connection" not in (await client.get("/nowhere")).headers


async def test_what_takes_too_long_is_broken_off_and_undone(database_url: str, clock: Clock) -> None:
    async def slow(request: Request) -> Response:
        await execute("SELECT pg_sleep(60)")
        return PlainTextResponse("never")

    async with running_app(database_url, clock, request_seconds=1) as app, asking(app) as client:
        add(app, "/slow", slow)
        add(app, "/api/slow", slow)
        for path, kind in (("/slow", "text/html; charset=utf-8"), ("/api/slow", "application/problem+json")):
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["Content-Type"]) == (503, kind)
            assert answer.headers["Retry-After"] == "10"
        assert (await client.get("/healthz")).status_code == 200
        # The pool has one connection: had the statement gone on, this would wait for it.
        assert await fetch_value("SELECT 1") == 1


async def test_a_body_that_drips_is_not_waited_for(database_url: str, clock: Clock) -> None:
    async def dripping() -> AsyncIterator[bytes]:
        yield b"kode="
        await asyncio.Event().wait()

    async with running_app(database_url, clock, request_seconds=1) as app, asking(app) as client:
        headers = FORM | {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await client.post("/kode", content=dripping(), headers=headers)
    assert (answer.status_code, answer.headers["Connection"]) == (503, "close")


async def test_an_answer_that_stalls_is_cut_off_and_no_second_one_begun() -> None:
    sent: list[Message] = []

    async def app(scope: object, receive: object, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.Event().wait()

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    with pytest.raises(TimeoutError):
        await TimeLimit(app, seconds=0.05)({"type": "http"}, receive, send)
    assert [message["type"] for message in sent] == ["http.response.start"]


async def test_a_time_out_of_the_pages_own_is_a_fault_like_any_other(portal_app: Starlette) -> None:
    async def late(request: Request) -> Response:
        raise TimeoutError

    add(portal_app, "/late", late)
    async with asking(portal_app) as client:
        assert (await client.get("/late")).status_code == 500
