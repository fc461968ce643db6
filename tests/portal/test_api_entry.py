"""Guessing codes over the API: what an answer gives away, what an attempt costs, and who pays."""

from datetime import timedelta

import httpx
from starlette.applications import Starlette

from matching.codes import issue_code
from matching.issuing import revoke_codes
from matching.policy import Policy
from providers.actors import SYSTEM
from providers.database import connected
from tests.support.apps import Clock, client_of
from tests.support.counting import statements
from tests.support.server import a_server
from tests.support.worlds import NOW, a_code, a_plan

MATCHES = "/api/v1/matches"


def shown(code: str) -> dict[str, str]:
    return {"Authorization": f"Genvej {code}"}


async def test_unknown_expired_and_revoked_codes_get_equal_answers_for_equal_work(portal_app: Starlette) -> None:
    expired = (await a_code(await a_plan(), now=NOW - Policy().code_life)).code
    plan = await a_plan()
    revoked = (await a_code(plan)).code
    await revoke_codes(plan.id, actor=SYSTEM, now=NOW)
    async with client_of(portal_app, address="198.51.100.1") as somebody:
        # The first request of a connection also asks the database about its types.
        await somebody.get(MATCHES, headers=shown(issue_code()))
    answers = []
    for number, code in enumerate((issue_code(), expired, revoked)):
        async with client_of(portal_app, address=f"192.0.2.{number}") as api, statements() as sent:
            response = await api.get(MATCHES, headers=shown(code))
        answers.append((response.status_code, response.content, response.headers, sent))
    assert answers[0][0] == 401
    assert answers[0] == answers[1] == answers[2]


async def test_too_many_failures_are_told_when_to_come_back(portal_app: Starlette, clock: Clock) -> None:
    code = (await a_code(await a_plan())).code
    async with client_of(portal_app) as api:
        for _ in range(Policy().address_attempts):
            assert (await api.get(MATCHES, headers=shown(issue_code()))).status_code == 401
        refused = await api.get(MATCHES, headers=shown(code))
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_attempts")
        assert refused.headers["Retry-After"] == "120"
        clock.now += timedelta(seconds=120)
        assert (await api.get(MATCHES, headers=shown(code))).status_code == 200


async def test_everybody_behind_one_ipv6_subscription_is_one_address(portal_app: Starlette) -> None:
    for number in range(Policy().address_attempts):
        async with client_of(portal_app, address=f"2001:db8:1:1::{number:x}") as api:
            assert (await api.get(MATCHES, headers=shown(issue_code()))).status_code == 401
    statuses = []
    for address in ("2001:db8:1:1:ffff::1", "2001:db8:1:2::1", "::ffff:192.0.2.1"):
        async with client_of(portal_app, address=address) as api:
            statuses.append((await api.get(MATCHES, headers=shown(issue_code()))).status_code)
    assert statuses == [429, 401, 401]


async def test_searching_without_a_code_is_open_to_who_must_wait(portal_app: Starlette) -> None:
    anybody = {"package": "01-kirurgisk", "level": "basic", "postal_code": "1050"}
    async with client_of(portal_app) as api:
        for _ in range(Policy().address_attempts + 1):
            last = await api.get(MATCHES, headers=shown(issue_code()))
        assert last.status_code == 429
        assert (await api.get(MATCHES, params=anybody)).status_code == 200


async def test_all_processes_share_the_budgets(database_url: str) -> None:
    attempts = Policy().address_attempts
    async with connected(database_url):
        valid = (await a_code(await a_plan())).code
    async with a_server(database_url, processes=2) as server:
        # A connection for each request, so that both processes get their part of them.
        answers = [await _once(server, shown(issue_code())) for _ in range(attempts * 2)]
        assert [answer.status_code for answer in answers] == [401] * attempts + [429] * attempts
        assert (await _once(server, shown(valid))).status_code == 429


async def _once(server: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    return await server.get("/matches", headers={**headers, "Connection": "close"})
