"""GET matches: the list by package and by forløbskode, as a program sees it."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from matching.models import AuditEntry, Plan
from matching.rights import PlanType
from matching.states import PlanState
from providers.clock import start_of_day
from providers.models import AttemptBudget
from tests.support.counting import statements
from tests.support.worlds import (
    AMAGER,
    BORNHOLM,
    CITY_HALL,
    NOW,
    PACKAGE,
    TODAY,
    a_code,
    a_plan,
    a_site,
)

MATCHES = "/api/v1/matches"
ANYBODY = {"package": PACKAGE, "level": "basic", "postal_code": "1050"}
SOON, LATER = NOW + timedelta(days=2), NOW + timedelta(days=20)


async def asked(api: httpx.AsyncClient, code: str | None = None, **question: Any) -> Any:
    headers = {"Authorization": f"Genvej {code}"} if code else {}
    response = await api.get(MATCHES, params=question, headers=headers)
    assert response.status_code == 200, response.text
    return response.json()


async def ids(api: httpx.AsyncClient, code: str | None = None, **question: Any) -> list[int]:
    return [item["site_id"] for item in (await asked(api, code, **question))["items"]]


async def a_coded_plan(**values: Any) -> tuple[Plan, str]:
    plan = await a_plan(**values)
    return plan, (await a_code(plan)).code


async def test_a_match_says_everything_a_citizen_chooses_by(api: httpx.AsyncClient) -> None:
    facts = {"step_free": True, "lift": False, "accessible_toilet": True, "parking": False}
    site = await a_site(
        at=CITY_HALL, slots=[LATER, SOON], languages=["da", "en"], phone="00 00 00 00", web="x.example", **facts
    )
    found = await asked(api, **ANYBODY)
    item = found["items"][0]
    distance, slot = item.pop("distance_m"), item.pop("slot_id")
    assert (found["next_cursor"], len(found["items"])) == (None, 1)
    assert 1000 < distance < 2000
    assert slot > 0
    assert item == {
        "site_id": site.id,
        "name": site.name,
        "provider_name": (await site.provider).name,
        "provider_kind": "municipal",
        "basis": "own",
        "address": "Prøvevej 1, 1050 København K",
        "postal_code": "1050",
        "latitude": 55.676,
        "longitude": 12.57,
        "first_free": "2026-11-18T10:00:00+01:00",
        "whole_week": False,
        "days_to_deadline": None,
        "modes": ["individual"],
        "facts": facts,
        "languages": ["da", "en"],
        "phone": "00 00 00 00",
        "web": "x.example",
        "capacity_confirmed_at": "2026-11-16T10:00:00+01:00",
        "opens_on": None,
    }


async def test_the_offset_is_that_of_the_days_own_time(api: httpx.AsyncClient) -> None:
    summer = start_of_day(TODAY) + timedelta(days=200, hours=9)
    await a_site(slots=[summer])
    item = (await asked(api, **ANYBODY))["items"][0]
    assert item["first_free"].endswith("+02:00")
    assert item["capacity_confirmed_at"].endswith("+01:00")


async def test_nearest_first_from_a_postal_code_or_a_point_and_within_the_radius(api: httpx.AsyncClient) -> None:
    far, near = await a_site(at=BORNHOLM, slots=[SOON]), await a_site(at=CITY_HALL, slots=[LATER])
    middle = await a_site(at=AMAGER, kind="private", slots=[SOON])
    everywhere = {"package": PACKAGE, "level": "basic"}
    assert await ids(api, **ANYBODY) == [near.id, middle.id, far.id]
    assert await ids(api, **everywhere, postal_code="3700") == [far.id, middle.id, near.id]
    assert await ids(api, **everywhere, lat=AMAGER[1], lon=AMAGER[0]) == [middle.id, near.id, far.id]
    assert await ids(api, **ANYBODY, radius_km=25, sort="distance") == [near.id, middle.id]
    assert await ids(api, **ANYBODY, radius_km=1.5) == [near.id]
    assert await ids(api, **ANYBODY, radius_km=1000) == [near.id, middle.id, far.id]


async def test_in_order_of_time_and_only_what_is_wished(api: httpx.AsyncClient) -> None:
    evening = NOW + timedelta(days=9, hours=8)
    near = await a_site(at=CITY_HALL, slots=[LATER], lift=True)
    far = await a_site(
        at=BORNHOLM, kind="private", slots=[SOON, evening], languages=["da", "ar"], lift=True, parking=True
    )
    assert await ids(api, **ANYBODY, sort="first_free") == [far.id, near.id]
    assert await ids(api, **ANYBODY, kind="municipal") == [near.id]
    assert await ids(api, **ANYBODY, facts="lift,parking") == await ids(api, **ANYBODY, language="ar") == [far.id]
    assert await ids(api, **ANYBODY, modes="individual,group", facts="lift") == [near.id, far.id]
    assert await ids(api, **ANYBODY, modes="home,digital") == []
    late = (await asked(api, **ANYBODY, parts_of_day="evening"))["items"]
    assert [(item["site_id"], item["first_free"]) for item in late] == [(far.id, "2026-11-25T18:00:00+01:00")]
    first = await asked(api, **ANYBODY, sort="first_free", limit=1)
    rest = await asked(api, **ANYBODY, sort="first_free", limit=1, cursor=first["next_cursor"])
    assert [item["site_id"] for item in rest["items"]] == [near.id]
    for other in ({"sort": "distance"}, {"sort": "first_free", "facts": "lift"}):
        response = await api.get(MATCHES, params={**ANYBODY, **other, "cursor": first["next_cursor"]})
        assert response.json()["code"] == "cursor_invalid"


async def test_wishes_that_exclude_each_other_are_one_clear_no(api: httpx.AsyncClient) -> None:
    site = await a_site(slots=[SOON])
    _, code = await a_coded_plan()
    _, overdue = await a_coded_plan(discharge_date=TODAY - timedelta(days=9))
    assert await ids(api, code, within_guarantee="true") == [site.id]
    for who, question in (
        (code, {"modes": "home", "facts": "lift"}),
        (code, {"kind": "municipal", "private": "later"}),
        (overdue, {"within_guarantee": "true"}),
    ):
        response = await api.get(MATCHES, params=question, headers={"Authorization": f"Genvej {who}"})
        assert (response.status_code, response.json()["code"]) == (400, "wishes_contradict")


async def test_only_exactly_the_package_and_level(api: httpx.AsyncClient) -> None:
    await a_site(slots=[SOON])
    assert await ids(api, **ANYBODY | {"level": "advanced"}) == []
    assert await ids(api, **ANYBODY | {"package": "02-kirurgisk"}) == []


async def test_pages_join_to_the_whole_list_without_gap_or_repetition(api: httpx.AsyncClient) -> None:
    # Three at each of two places: ties are broken, and a page may end between two at the same distance.
    sites = [await a_site(at=place, slots=[SOON]) for place in (AMAGER, CITY_HALL) for _ in range(3)]
    whole = await ids(api, **ANYBODY)
    assert sorted(whole) == [site.id for site in sites]
    for limit in (1, 2, 4, 6, 100):
        pages, cursor = [], None
        while True:
            page = await asked(api, **ANYBODY, limit=limit, **({"cursor": cursor} if cursor else {}))
            pages.append([item["site_id"] for item in page["items"]])
            if (cursor := page["next_cursor"]) is None:
                break
        assert [site for page in pages for site in page] == whole
        assert {len(page) for page in pages[:-1]} <= {limit}


async def test_a_cursor_is_good_for_its_own_question_only(api: httpx.AsyncClient) -> None:
    for place in (AMAGER, CITY_HALL):
        await a_site(at=place, slots=[SOON])
    _, code = await a_coded_plan()
    cursor = (await asked(api, **ANYBODY, limit=1))["next_cursor"]
    others = [ANYBODY | {"postal_code": "3700"}, ANYBODY | {"level": "advanced"}, ANYBODY | {"radius_km": 100}]
    for other in others:
        response = await api.get(MATCHES, params={**other, "cursor": cursor})
        assert (response.status_code, response.json()["code"]) == (400, "cursor_invalid")
    response = await api.get(MATCHES, params={"cursor": cursor}, headers={"Authorization": f"Genvej {code}"})
    assert response.json()["code"] == "cursor_invalid"


async def test_without_a_code_one_statement_is_sent_and_no_transaction_opened(api: httpx.AsyncClient) -> None:
    for place in (AMAGER, CITY_HALL):
        await a_site(at=place, slots=[SOON])
    # The first request of a connection also asks the database about its types.
    await asked(api, **ANYBODY)
    for question in (ANYBODY, ANYBODY | {"limit": 1}, ANYBODY | {"radius_km": 5}):
        async with statements() as sent:
            assert (await asked(api, **question))["items"]
        assert len(sent) == 1, sent
        assert "citizen" not in sent[0]
        assert not any(f" {table} " in sent[0] for table in ("plan", "booking", "course_code"))


async def test_a_point_costs_one_statement_more(api: httpx.AsyncClient) -> None:
    await a_site(slots=[SOON])
    await asked(api, **ANYBODY)
    async with statements() as sent:
        await asked(api, package=PACKAGE, level="basic", lat=55.6, lon=12.5)
    assert ["ST_Transform" in statement for statement in sent] == [True, False]


async def test_a_code_brings_its_plans_package_bases_and_deadline(api: httpx.AsyncClient) -> None:
    own, other = await a_site(slots=[SOON]), await a_site(municipality="0147", at=AMAGER, slots=[SOON])
    await a_site(kind="private", slots=[SOON])
    await a_site(package_levels=[5], slots=[SOON])
    plan, code = await a_coded_plan()
    items = (await asked(api, code))["items"]
    assert {(item["site_id"], item["basis"]) for item in items} == {(own.id, "own"), (other.id, "other_municipality")}
    # Discharged yesterday, so the guarantee date is in six days; the time is in two.
    assert {item["days_to_deadline"] for item in items} == {4}
    assert plan.package_id == PACKAGE


async def test_days_to_the_deadline_are_local_days_and_negative_after_it(api: httpx.AsyncClient) -> None:
    # Half past eleven in the evening in Copenhagen, on the day of the deadline and on the day after.
    on_the_day = start_of_day(TODAY + timedelta(days=7)) - timedelta(minutes=30)
    await a_site(at=CITY_HALL, slots=[on_the_day])
    await a_site(at=AMAGER, slots=[on_the_day + timedelta(days=1)])
    _, code = await a_coded_plan()
    items = (await asked(api, code, postal_code="1050"))["items"]
    assert [item["days_to_deadline"] for item in items] == [0, -1]


async def test_private_sites_wait_behind_a_switch_with_the_day_on_which_they_open(api: httpx.AsyncClient) -> None:
    clinic = await a_site(kind="private", slots=[SOON, LATER])
    _, code = await a_coded_plan()
    assert await ids(api, code) == []
    item = (await asked(api, code, private="later"))["items"][0]
    assert (item["site_id"], item["basis"], item["provider_kind"]) == (clinic.id, "extended", "private")
    assert item["opens_on"] == (TODAY + timedelta(days=7)).isoformat()
    assert item["first_free"] == "2026-12-06T10:00:00+01:00"


async def test_private_sites_are_open_when_the_municipality_cannot_offer(api: httpx.AsyncClient) -> None:
    clinic = await a_site(kind="private", slots=[SOON])
    _, code = await a_coded_plan(cannot_offer_recorded_on=TODAY)
    item = (await asked(api, code))["items"][0]
    assert (item["site_id"], item["opens_on"]) == (clinic.id, None)


async def test_without_a_place_a_code_searches_from_the_home_municipality(api: httpx.AsyncClient) -> None:
    near, far = await a_site(at=CITY_HALL, slots=[SOON]), await a_site(at=BORNHOLM, slots=[SOON])
    _, copenhagener = await a_coded_plan()
    _, islander = await a_coded_plan(municipality_id="0400")
    assert await ids(api, copenhagener) == [near.id, far.id]
    assert await ids(api, islander) == [far.id, near.id]
    assert await ids(api, islander, postal_code="1050") == [near.id, far.id]


async def test_a_code_is_read_as_people_write_it(api: httpx.AsyncClient) -> None:
    site = await a_site(slots=[SOON])
    _, code = await a_coded_plan()
    for written in (code.lower(), code.replace("-", ""), code.replace("-", " "), f"  {code} "):
        assert await ids(api, written) == [site.id]
    response = await api.get(MATCHES, headers={"Authorization": f"gEnVeJ {code}"})
    assert response.status_code == 200


async def test_a_look_by_code_is_logged_and_costs_no_attempt(api: httpx.AsyncClient) -> None:
    plan, code = await a_coded_plan()
    await asked(api, code)
    assert await AuditEntry.all().values_list("action", "plan_id", "role") == [
        ("code_entered", plan.id, "citizen_code")
    ]
    assert await AttemptBudget.all().count() == 0


async def test_code_and_package_together_are_a_clear_no(api: httpx.AsyncClient) -> None:
    _, code = await a_coded_plan()
    for question in ({"package": PACKAGE}, {"level": "basic"}, ANYBODY):
        response = await api.get(MATCHES, params=question, headers={"Authorization": f"Genvej {code}"})
        problem = response.json()
        assert response.status_code == 400
        assert problem["detail"] == (
            "Pakke og niveau står i planen bag koden. Send enten koden eller package og level."
        )
        assert {fault["field"] for fault in problem["errors"]} == set(question) & {"package", "level"}
    assert await AuditEntry.all().count() == 0, "a question that cannot be read opens no plan"


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [
        ({"level": None}, "plan_not_ready"),
        ({"package_id": None}, "plan_not_ready"),
        ({"state": PlanState.RECEIVED}, "plan_not_ready"),
        ({"plan_type": PlanType.SPECIALISED, "level": None, "package_id": None}, "plan_elsewhere"),
    ],
)
async def test_a_plan_without_choices_here_says_why(api: httpx.AsyncClient, plan: dict[str, Any], refusal: str) -> None:
    _, code = await a_coded_plan(**plan)
    response = await api.get(MATCHES, headers={"Authorization": f"Genvej {code}"})
    assert (response.status_code, response.json()["code"]) == (409, refusal)


async def test_head_answers_like_get_without_the_body(api: httpx.AsyncClient) -> None:
    await a_site(slots=[SOON])
    response = await api.head(MATCHES, params=ANYBODY)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
