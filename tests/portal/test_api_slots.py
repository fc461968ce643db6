"""A provider's calendar keeps its site's times: asked for with their version, and replaced by whoever knows it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from matching.booking import book
from providers.actors import CITIZEN, SYSTEM
from providers.api_keys import make_key
from providers.models import ApiScope, OpeningPattern, Site, Slot, SlotMode
from tests.support.apps import Clock, client_of, running_app
from tests.support.databases import Databases
from tests.support.worlds import HOME, NOW, POLICY, TODAY, VAULT, a_plan, a_site

ENGLISH = {"Accept-Language": "en"}
AT = NOW + timedelta(days=2)
DECEMBER = {"first_day": "2026-11-17", "last_day": "2026-12-31"}


@dataclass
class Program:
    """A clinic's own, with a site whose times it keeps."""

    client: httpx.AsyncClient
    site: Site

    @property
    def path(self) -> str:
        return f"/api/v1/sites/{self.site.pk}/slots"

    async def get(self, **headers: str) -> httpx.Response:
        return await self.client.get(self.path, params=DECEMBER, headers=headers)

    async def put(self, slots: Any, tag: str | None = None, **address: str) -> httpx.Response:
        headers = ENGLISH | ({"If-Match": tag} if tag else {})
        return await self.client.put(self.path, params=address or DECEMBER, json={"slots": slots}, headers=headers)


@pytest_asyncio.fixture(scope="module")
async def portal(databases: Databases) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        databases.fresh() as url,
        running_app(url, Clock(), requests_per_minute=0) as app,
        client_of(app) as client,
    ):
        yield client


@pytest_asyncio.fixture
async def program(portal: httpx.AsyncClient) -> Program:
    site = await a_site("private", contract_with=HOME, slots=[AT])
    portal.headers["Authorization"] = f"Bearer {await a_key(site)}"
    return Program(portal, site)


async def a_key(site: Site) -> str:
    provider = site.provider_id
    _, text = await make_key("Kalender", {ApiScope.SLOTS}, provider=provider, actor=SYSTEM, now=NOW, vault=VAULT)
    return text


def slot(at: str = "2026-11-18T10:00:00+01:00", **facts: Any) -> dict[str, Any]:
    return {"starts_at": at, "minutes": 30, "mode": "individual", "seats": 1} | facts


async def test_a_window_is_asked_for_and_replaced(program: Program) -> None:
    found = await program.get()
    tag = found.headers["ETag"]
    assert found.json()["slots"] == [
        slot() | {"slot_id": found.json()["slots"][0]["slot_id"], "taken": 0, "closed": False, "packages": None}
    ]
    assert (await program.get(**{"If-None-Match": tag})).status_code == 304
    group = {"mode": "group", "seats": 6, "packages": [{"package": "01-kirurgisk", "level": "basic"}]}
    done = await program.put([slot(), slot("2026-12-01T09:30:00Z", **group)], tag)
    assert (done.status_code, done.json()) == (200, {"added": 1, "changed": 0, "removed": 0, "kept": 1})
    stale = await program.put([], tag)
    assert (stale.status_code, stale.json()["code"]) == (412, "slots_changed")
    after = await program.get()
    first, second = after.json()["slots"]
    assert (first["slot_id"], second["starts_at"], second["packages"]) == (
        *(found.json()["slots"][0]["slot_id"], "2026-12-01T10:30:00+01:00"),
        group["packages"],
    )
    # A proxy that packs an answer makes its tag a weak one.
    assert (await program.put([slot()], f"W/{after.headers['ETag']}")).json()["removed"] == 1
    assert (await program.put([slot()], "*")).json()["kept"] == 1


async def test_without_having_seen_it_or_for_another_nothing_is_replaced(program: Program) -> None:
    unseen = await program.put([])
    assert (unseen.status_code, unseen.json()["code"]) == (428, "precondition_needed")
    theirs = await a_site("private", slots=[AT])
    other = Program(program.client, theirs)
    assert [(await other.get()).status_code, (await other.put([], "*")).status_code] == [404, 404]
    for number in ("0", "x", "9" * 12):
        answer = await program.client.get(f"/api/v1/sites/{number}/slots")
        assert (answer.status_code, answer.json()["code"]) == (404, "own_site_unknown")
    assert await Slot.filter(site_id=theirs.pk).count() == 1


async def test_what_stands_in_the_way_is_named(program: Program) -> None:
    booked = await Slot.get(site_id=program.site.pk)
    await book((await a_plan()).id, booked.id, actor=CITIZEN, now=NOW, policy=POLICY)
    answer = await program.put([slot("2026-11-19T10:00:00+01:00")], "*")
    assert (answer.status_code, answer.json()["code"]) == (409, "slots_booked")
    (fault,) = answer.json()["errors"]
    assert fault["field"] == f"slot_id {booked.id}, 2026-11-18T10:00:00+01:00"
    assert fault["detail"].endswith("is taken. Leave the time in slots with at least as many seats.")
    weekly = {"weekday": 1, "starts_minute": 540, "ends_minute": 720, "minutes": 60, "seats": 1}
    await OpeningPattern.bulk_create(
        [OpeningPattern(site_id=program.site.pk, mode=SlotMode.INDIVIDUAL, valid_from=TODAY, **weekly)]
    )
    answer = await program.put([slot()], "*")
    assert (answer.status_code, answer.json()["code"]) == (409, "patterns_stand")
    assert await Slot.filter(site_id=program.site.pk).count() == 1


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ([{}], ["slots[0].starts_at", "slots[0].minutes", "slots[0].mode"]),
        ([slot(), slot(minutes=4, seats="1", mode="stående", colour="red")], [
            *("slots[1].minutes", "slots[1].mode", "slots[1].seats", "slots[1].colour")]),
        ([slot("2026-11-18T10:00:00")], ["slots[0].starts_at"]),
        ([slot("2026-11-16T23:00:00+01:00"), slot("2027-01-01T00:00:00+01:00")], [
            *("slots[0].starts_at", "slots[1].starts_at")]),
        ([slot(packages=[{"package": "99-kirurgisk", "level": "basic"}])], ["slots[0].packages"]),
        ([slot(packages=[{"package": "01-kirurgisk", "level": "basal"}])], ["slots[0].packages[0].level"]),
        ({}, ["slots"]),
        ([7] * 60, ["slots"] * 50),
    ],
    ids=str,
)  # fmt: skip
async def test_each_wrong_time_is_named(program: Program, sent: Any, fields: list[str]) -> None:
    answer = await program.put(sent, "*")
    assert (answer.status_code, answer.json()["code"]) == (400, "request_invalid")
    assert [fault["field"] for fault in answer.json()["errors"]] == fields
    assert await Slot.filter(site_id=program.site.pk).count() == 1


async def test_the_minute_that_means_a_week_is_no_time_of_a_program(program: Program) -> None:
    answer = await program.put([slot("2026-11-18T23:59:00+01:00")], "*")
    assert (answer.status_code, answer.json()["code"]) == (400, "minute_reserved")


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-11-16", "2026-12-01", "first_day"),
        ("2028-12-01", "2028-12-02", "first_day"),
        ("2026-12-01", "2026-11-30", "last_day"),
        ("2026-12-01", "2028-12-01", "last_day"),
        ("20261201", "2026-12-02", "first_day"),
    ],
)
async def test_a_window_lies_ahead_and_ends(program: Program, first: str, last: str, field: str) -> None:
    answer = await program.put([], "*", first_day=first, last_day=last)
    assert (answer.status_code, [fault["field"] for fault in answer.json()["errors"]]) == (400, [field])


async def test_ten_thousand_times_are_too_many_and_said_to_be(program: Program) -> None:
    answer = await program.put([slot()] * 10_000, "*")
    assert (answer.status_code, answer.json()["code"]) == (422, "slots_too_many")
    assert answer.json()["title"] == "Send at most 5000 times at once. Divide the window into shorter ones."
    assert await Slot.filter(site_id=program.site.pk).count() == 1
