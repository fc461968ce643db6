"""The whole API, asked by a program that has read nothing but the documentation (Schemathesis).

It draws requests that the documentation allows, and requests that it does not, with a code, a second factor or a key
that are good. No answer is a fault of ours, and each is one that the documentation promises.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson
import pytest
import pytest_asyncio
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from portal.api.openapi import document
from portal.api.table import OPERATIONS
from providers.actors import SYSTEM
from providers.api_keys import make_key
from providers.models import ApiScope, Slot
from tests.support.apps import Clock, client_of, running_app
from tests.support.callers import Caller, a_caller
from tests.support.databases import Databases
from tests.support.worlds import HOME, NOW, TODAY, VAULT, a_site

SCHEMA = schemathesis.openapi.from_dict(orjson.loads(orjson.dumps(document(OPERATIONS))))
PROMISES = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
AHEAD = [NOW + timedelta(days=days) for days in (2, 3, 9)]


@dataclass
class Stranger:
    """A program with two citizens' codes, a municipality's key and a clinic's; one of the two has booked a time."""

    caller: Caller
    undecided: Caller
    keys: dict[str, str]
    site: int
    booking: str
    slots: list[int]

    async def send(self, case: Any, *, real: bool) -> httpx.Response:
        """The request; `real`: about things that there are."""
        if real and case.path_parameters:
            known = {"booking_id": self.booking, "site_id": self.site}
            case.path_parameters = {name: known.get(name, given) for name, given in case.path_parameters.items()}
        if real and isinstance(case.body, dict) and "slot_id" in case.body:
            case.body["slot_id"] = self.slots[len(str(case.body)) % len(self.slots)]
        sent = case.as_transport_kwargs(base_url="http://localhost")
        who = self.undecided if case.operation.path == "/api/v1/bookings" else self.caller
        headers = {**sent["headers"], **who.headers} | self._key(case)
        return await self.caller.client.request(
            sent["method"],
            urlsplit(sent["url"]).path,
            params=sent.get("params"),
            headers=[(name.encode(), str(value).encode()) for name, value in headers.items()],
            **{"content": sent["data"]} if "data" in sent else {"json": sent["json"]} if "json" in sent else {},
        )

    def _key(self, case: Any) -> dict[str, str]:
        by_key = next(one for one in OPERATIONS if (one.method, one.path) == (case.method, case.operation.path)).scope
        return {"Authorization": f"Bearer {self.keys[by_key]}"} if by_key else {}


@pytest_asyncio.fixture(scope="module")
async def stranger(databases: Databases) -> AsyncIterator[Stranger]:
    async with (
        databases.fresh() as url,
        running_app(url, Clock(), requests_per_minute=0) as app,
        client_of(app) as client,
    ):
        site = await a_site(slots=AHEAD)
        client.base_url = httpx.URL("http://localhost/api/v1")
        caller = await a_caller(client, cannot_offer_recorded_on=TODAY)
        slots = [slot.id for slot in await Slot.filter(site_id=site.pk).order_by("id")]
        booking = await caller.booked(slots[0])
        client.base_url = httpx.URL("http://localhost")
        opened = {ApiScope.REPORTS, ApiScope.PLANS}
        _, key = await make_key("Prøve", opened, municipality=HOME, actor=SYSTEM, now=NOW, vault=VAULT)
        clinic = {"provider": site.provider_id, "actor": SYSTEM, "now": NOW, "vault": VAULT}
        _, slots_key = await make_key("Prøve", {ApiScope.SLOTS}, **clinic)
        keys = {**dict.fromkeys(opened, key), ApiScope.SLOTS: slots_key}
        yield Stranger(caller, await a_caller(client), keys, site.pk, booking, slots)


def drawn(operation: Any, mode: GenerationMode, count: int) -> list[Any]:
    """The same ones each time."""
    cases: list[Any] = []

    @settings(
        max_examples=count,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def draw(case: Any) -> None:
        cases.append(case)

    draw()
    return cases


async def ask_everything(stranger: Stranger, count: int) -> int:
    asked = 0
    operations: list[Any] = [found.ok() for found in SCHEMA.get_all_operations()]  # type: ignore[union-attr]
    # What is cancelled cannot be moved any more.
    for operation in sorted(operations, key=lambda operation: operation.method == "delete"):
        for mode in GenerationMode:
            if mode is GenerationMode.NEGATIVE and not (operation.query or operation.body or operation.path_parameters):
                continue
            for number, case in enumerate(drawn(operation, mode, count)):
                answer = await stranger.send(case, real=number % 2 == 0)
                case.validate_response(answer, checks=PROMISES)
                asked += 1
    return asked


async def test_every_answer_is_one_that_was_promised(stranger: Stranger) -> None:
    assert await ask_everything(stranger, 4) >= 4 * len(OPERATIONS)


@pytest.mark.long
async def test_so_it_is_when_very_much_is_asked(stranger: Stranger) -> None:
    assert await ask_everything(stranger, 150) >= 150 * len(OPERATIONS)
