"""FHIR R4: read by a client that is not ours, judged by a validator that is not ours, over a real server."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import orjson
import pytest
import pytest_asyncio
from fhirpy.base.exceptions import OperationOutcome, ResourceNotFound

from tests.support.counting import statements
from tests.support.databases import Databases
from tests.support.fhir import Registry, a_registry, given_by_the_finder
from tests.support.fhir_searches import REFUSED, SEARCHES
from tests.support.judge import Judge, a_judge

KINDS = ("Organization", "Location", "HealthcareService", "Schedule", "Slot")
PACKAGE_LEVEL = "urn:genvej:2026-11-22:package-level"
HERE = "55.676|12.57"


@pytest_asyncio.fixture(scope="module")
async def registry(databases: Databases) -> AsyncIterator[Registry]:
    async with databases.fresh() as url, a_registry(url) as registry:
        yield registry


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with a_judge() as judge:
        yield judge


async def test_a_client_finds_its_way_from_a_package_to_a_time(registry: Registry) -> None:
    client = registry.client
    wanted = f"{PACKAGE_LEVEL}|01-kirurgisk-basic"
    services = client.resources("HealthcareService").search(service_type=wanted, location__near=f"{HERE}|25|km")
    found = await services.include("HealthcareService", "location").fetch_raw()
    near = [entry.resource for entry in found.entry]
    delivering, places = near[:2], near[2:]
    assert [one.providedBy.reference for one in delivering] == [
        f"Organization/{site.provider_id}" for site in (registry.own, registry.clinic)
    ]
    assert [one.name for one in places] == [registry.own.name, registry.clinic.name]
    actor = delivering[1]
    schedule = await client.resources("Schedule").search(actor=f"HealthcareService/{actor.id}").first()
    assert schedule is not None
    slots = client.resources("Slot").search(schedule=schedule.to_reference(), status="free")
    first, later = await slots.search(start__ge="2026-11-17", start__lt="2026-12-01").fetch()
    assert (first["start"], first["end"]) == ("2026-11-19T10:00:00+01:00", "2026-11-19T10:30:00+01:00")
    assert await slots.search(start__gt="2026-11-19T09:00:00Z").fetch() == [later]
    assert await client.get("Slot", first.id) == dict(first)
    assert (await (await first["schedule"].to_resource())["actor"][0].to_resource()).id == places[1].id


async def test_what_can_be_booked_is_shown_and_nothing_else(registry: Registry) -> None:
    shown = [registry.own, registry.clinic, registry.contracted]
    given = [await given_by_the_finder(site) for site in shown]
    assert registry.free == set().union(*given)
    for site, times in zip(shown, given, strict=True):
        found = await registry.client.resources("Slot").search(schedule=str(site.pk)).fetch_all()
        assert {slot.id for slot in found} == times
    assert await registry.ids("Slot") == sorted(registry.free, key=(await registry.ids("Slot")).index)
    assert set(await registry.ids("Slot")) == registry.free
    for kind in ("Location", "Schedule"):
        assert await registry.ids(kind) == [str(site.pk) for site in shown]
    assert await registry.ids("Organization") == [str(site.provider_id) for site in shown]
    services = [f"{site.pk}-{level}" for site in shown for level in ((4, 5) if site is registry.own else (4,))]
    assert await registry.ids("HealthcareService") == services
    for site in registry.hidden:
        with pytest.raises(ResourceNotFound):
            await registry.client.get("Location", str(site.pk))


async def test_every_answer_is_valid_and_names_no_citizen(registry: Registry, judge: Judge) -> None:
    paths = ["metadata", "Slot?_include=Slot:schedule&_include:iterate=Schedule:actor&nonsense=1", "Slot?start=x"]
    paths += [f"Location?near={HERE}&_include=*", "HealthcareService?_include=*", "Location?_summary=true"]
    for kind in KINDS:
        first, *_ = await registry.ids(kind)
        paths += [kind, f"{kind}/{first}", f"{kind}?_summary=count", f"{kind}?_elements=id"]
    for path in paths:
        response = await registry.get(path)
        assert response.headers["Content-Type"] == "application/fhir+json"
        assert judge.faults(response.content) == [], path
        assert "Prøvesen" not in response.text
    assert judge.faults(b'{"resourceType": "Slot", "status": "free"}') != []


async def test_a_site_says_who_it_is_and_for_whom(registry: Registry) -> None:
    organisation = (await registry.get(f"Organization/{registry.own.provider_id}")).json()
    assert [one["system"] for one in organisation["identifier"]] == ["urn:oid:1.2.208.176.1.1", "http://cvr.dk"]
    assert organisation["meta"]["tag"][0]["code"] == "HTEST"
    places = [registry.own, registry.clinic, registry.contracted]
    found = [(await registry.get(f"HealthcareService/{site.pk}-4")).json() for site in places]
    bases = [[[code["code"] for code in way["code"]["coding"]] for way in one["eligibility"]] for one in found]
    assert bases == [[["own", "0101"], ["other_municipality"]], [["extended"]], [["contract", "0101"]]]
    assert [code["code"] for code in found[0]["type"][0]["coding"]] == [
        *("01-kirurgisk-basic", "01-kirurgisk", "8b962281-2ab6-4b10-9c91-4bac592d6d49"),
    ]
    slots = (await registry.get(f"Slot?schedule={registry.own.pk}")).json()["entry"]
    given_for = [[one["coding"][0]["code"] for one in slot["resource"]["serviceType"]] for slot in slots]
    assert given_for == [["01-kirurgisk-basic", "01-kirurgisk-advanced"], ["01-kirurgisk-advanced"]]


async def test_the_nearest_come_first_and_say_how_far_they_are(registry: Registry) -> None:
    places = [registry.own, registry.clinic, registry.contracted]
    entries = (await registry.get(f"Location?near={HERE}")).json()["entry"]
    assert [entry["resource"]["id"] for entry in entries] == [str(site.pk) for site in places]
    metres = [entry["search"]["extension"][0]["valueDistance"]["value"] for entry in entries]
    assert metres[0] == 0
    assert 3 < metres[1] < 4
    assert 140 < metres[2] < 160
    assert await registry.ids(f"Location?near={HERE}|3500|m") == [str(site.pk) for site in places[:2]]


async def test_pages_join_to_the_whole_list(registry: Registry) -> None:
    for search in ("Slot", "Organization", "HealthcareService", f"Location?near={HERE}", "Schedule"):
        kind, _, narrowed = search.partition("?")
        found = registry.client.resources(kind)
        asked = found.search(near=HERE) if narrowed else found
        assert [one.id for one in await asked.limit(1).fetch_all()] == await registry.ids(search)
    link = (await registry.get("Slot?_count=1&unknown=1")).json()["link"]
    assert [one["relation"] for one in link] == ["self", "next"]
    assert link[0]["url"].endswith("/fhir/Slot?_count=1")
    cursor = link[1]["url"].rpartition("cursor=")[2]
    assert (await registry.get(f"Schedule?cursor={cursor}")).status_code == 400


@pytest.mark.parametrize(("search", "expected"), SEARCHES)
async def test_a_search_finds_what_it_says(registry: Registry, search: str, expected: str) -> None:
    own, provider = registry.own, await registry.own.provider
    first = min(await given_by_the_finder(own), key=int) if "first" in expected else ""
    values = {"own": own.pk, "provider": provider.pk, "cvr": provider.cvr, "base": f"{registry.http.base_url}/fhir"}
    kind = search.partition("?")[0]
    names = {"own": str(provider.pk if kind == "Organization" else own.pk), "first": first}
    wanted = [names.get(one) or one.replace("own", str(own.pk)) for one in expected.split()]
    assert await registry.ids(search.format(**values)) == wanted


@pytest.mark.parametrize(("path", "headers", "status", "kind"), REFUSED)
async def test_a_refusal_is_an_outcome(
    registry: Registry, judge: Judge, path: str, headers: dict[str, str], status: int, kind: str
) -> None:
    response = await registry.get(path, **headers)
    (issue,) = response.json()["issue"]
    assert (response.status_code, issue["code"], issue["severity"]) == (status, kind, "error")
    assert issue["details"]["text"]
    assert judge.faults(response.content) == []
    assert response.headers["Cache-Control"] == "no-store"


async def test_what_is_not_known_is_named_and_passed_over(registry: Registry) -> None:
    found = (await registry.get("Location?colour=red&_elements=name", **{"Accept-Language": "en"})).json()
    assert found["entry"][-1]["resource"]["issue"][0]["severity"] == "warning"
    assert "colour" in found["entry"][-1]["resource"]["issue"][0]["details"]["text"]
    first = found["entry"][0]["resource"]
    assert set(first) == {"resourceType", "id", "meta", "name"}
    assert first["meta"]["tag"][-1]["code"] == "SUBSETTED"
    with pytest.raises(OperationOutcome):
        await registry.client.resources("Location").search(near="x").fetch()


async def test_an_answer_is_kept_until_it_changes_and_is_only_read(registry: Registry) -> None:
    first = await registry.get("Slot", Accept="text/html, */*;q=0.8")
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert int(first.headers["RateLimit"].partition("r=")[2].partition(";")[0]) < 1000
    again = await registry.get("Slot", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    refused = await registry.http.post("/fhir/Slot", json={})
    assert (refused.status_code, refused.json()["issue"][0]["code"]) == (405, "not-supported")
    assert (await registry.http.head("/fhir/metadata")).headers["Cache-Control"] == "public, max-age=3600"


async def test_it_is_asked_of_the_database_in_as_many_statements_whatever_there_is(registry: Registry) -> None:
    await registry.get("Slot")
    slot = (await registry.ids("Slot"))[0]
    asked: dict[str, int] = {
        "metadata": 0,
        f"Slot/{slot}": 1,
        "Slot?_summary=count": 1,
        f"HealthcareService?location.near={HERE}": 1,
        "HealthcareService?_include=*": 3,
        "Slot?_include=Slot:schedule&_include:iterate=Schedule:actor": 4,
    }
    counted: dict[str, Any] = {}
    for path in asked:
        for number in (1, 100):
            async with statements() as sent:
                assert (await registry.get(f"{path}{'&' if '?' in path else '?'}_count={number}")).status_code == 200
            counted.setdefault(path, set()).add(len(sent))
            assert not any(table in " ".join(sent) for table in (" plan ", "booking", "course_code"))
    assert counted == {path: {number} for path, number in asked.items()}


async def test_how_many_there_are(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await registry.get("Slot?_summary=count")).json()["total"] == len(registry.free)
    assert await registry.client.resources("Schedule").count() == 3
    monkeypatch.setattr("portal.fhir.question.FEW", 1)
    links = (await registry.get("Schedule?_include=Schedule:actor")).json()["link"]
    assert [link["relation"] for link in links] == ["self", "next"], "whoever brings much along comes in small pages"
    monkeypatch.setattr("portal.fhir.searching.FARTHEST_COUNT", 2)
    response = await registry.get("Schedule?_summary=count")
    assert (response.status_code, response.json()["issue"][0]["code"]) == (403, "too-costly")
    assert orjson.loads(response.content)["issue"][0]["diagnostics"] == "too_much_to_count"
