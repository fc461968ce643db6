"""The look-out finds what is planted for it in every place that it looks at; it tests the portal by the whole run."""

import asyncio
import os
import sys
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from matching.citizens import Citizen, seal_citizen
from portal.middleware import SecurityHeaders
from providers.database import execute
from providers.models import Session
from tests.support.leaks import LOOKOUT
from tests.support.reporting import a_booked_plan
from tests.support.rows import undone
from tests.support.worlds import NOW, VAULT, a_citizen, a_code, a_plan

ROOT = Path(__file__).parents[1]

LEAK = """
from tests.support.worlds import a_code, a_plan

async def test_leaks(clean_world):
    print((await a_code(await a_plan())).code)
"""


@pytest.fixture
def planted() -> Citizen:
    """Somebody of whom the look-out knows, for the vault has sealed them."""
    citizen = a_citizen(name="Ottilie Lækage", cpr="1403519999", phone="00 00 00 71")
    seal_citizen(citizen, VAULT)
    return citizen


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Hej Ottilie Lækage.", "name"),
        ("cpr=1403519999&x", "CPR number"),
        ("140351-9999", "CPR number"),
        ("140351 9999", "CPR number"),
        ("00000071", "telephone number"),
        ("tlf. 00 00 00 71.", "telephone number"),
        ("+45 00 00 00 71", "telephone number"),
        ("+4500000071", "telephone number"),
    ],
)
def test_a_person_is_found_however_they_are_written(planted: Citizen, written: str, kind: str) -> None:
    with LOOKOUT.trial() as found:
        LOOKOUT.look("log", f"before {written}\nand after")
    assert found == {("log", kind)}


@pytest.mark.usefixtures("clean_world")
async def test_both_codes_are_found_however_they_are_typed() -> None:
    codes = await a_code(await a_plan())
    for code in (codes.code, codes.access_code):
        for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), code.replace("0", "O")):
            with LOOKOUT.trial() as found:
                LOOKOUT.look("log", f'{{"kode": "{typed}"}}')
            assert found == {("log", "code")}, typed


@pytest.mark.parametrize("written", ["00 00 00 00", "Ottilie", "1403519998", "11403519999", "2026-11-21", "x" * 14])
def test_what_is_nobody_s_is_left_alone(planted: Citizen, written: str) -> None:
    with LOOKOUT.trial() as found:
        LOOKOUT.look("log", written)
    assert found == set()


async def test_addresses_redirects_error_pages_and_figures_are_looked_at(planted: Citizen) -> None:
    async def leak(request: Request) -> Response:
        if request.url.path == "/on":
            return RedirectResponse(f"/?cpr={planted.cpr}")
        return PlainTextResponse(planted.name, int(request.query_params.get("status", 200)))

    routes = [Route(path, leak) for path in ("/", "/on", "/metrics")]
    app = Starlette(routes=routes, middleware=[Middleware(SecurityHeaders, https=False)])
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")
    for address, expected in {
        "/": set(),
        "/?status=500": {("error page", "name")},
        "/metrics": {("metrics", "name")},
        "/?navn=Ottilie%20L%C3%A6kage": {("address", "name")},
        "/on": {("address", "CPR number")},
    }.items():
        with LOOKOUT.trial() as found:
            await client.get(address)
        assert found == expected, address


async def test_tables_that_may_not_tell_of_a_person_are_looked_at(world: str, planted: Citizen) -> None:
    said = f"borger {planted.name}"
    plants = {
        "outbox": "UPDATE report SET body = convert_to($1, 'UTF8')",
        "event": "INSERT INTO case_event (plan_id, sequence, kind, at, actor) SELECT id, 9, 'x', now(), $1 FROM plan",
        "look-up log": "INSERT INTO audit_entry (at, person, role, action, purpose, result)"
        " VALUES (now(), $1, 'x', 'x', 'x', 'x')",
        "attempts": "INSERT INTO attempt_budget (bucket, spent, updated_at) VALUES ($1, 1, now())",
        "job": "INSERT INTO pgqueuer (priority, created, updated, status, entrypoint, payload)"
        " VALUES (0, now(), now(), 'queued', 'x', convert_to($1, 'UTF8'))",
        "message": "INSERT INTO message (id, once, template, channel, recipient, plan_id, state, due_at, next_at,"
        " created_at) SELECT gen_random_uuid(), $1, 'x', 'sms', 'citizen', id, 'queued', now(), now(), now() FROM plan",
    }
    for place, statement in plants.items():
        with LOOKOUT.trial() as found:
            async with undone():
                await a_booked_plan()
                await execute(statement, said)
        assert found == {(place, "name")}, place
    with LOOKOUT.trial() as found:
        async with undone():
            await Session.create(digest="x", data={"x": said}, created_at=NOW, seen_at=NOW, expires_at=NOW)
    assert found == {("visit", "name")}


@pytest.mark.long
@pytest.mark.parametrize("parallel", [(), ("-n", "1")], ids=["alone", "in parallel"])
async def test_a_run_in_which_somebody_s_data_leaks_fails(tmp_path: Path, parallel: tuple[str, ...]) -> None:
    leaking = ROOT / "tests" / f"test_planted_{tmp_path.name}.py"
    leaking.write_text(LEAK)
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "pytest", "-q", *parallel, str(leaking)),
            cwd=ROOT,
            env=os.environ,
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await process.communicate()
    finally:
        leaking.unlink()
    assert process.returncode == 1
    assert "1 passed" in out.decode()
    assert "code in log: tests/test_planted_" in out.decode()
