"""Bookings over the API: made, read, moved and cancelled by whoever has both codes of the letter."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from matching.booking import hold
from matching.codes import issue_access_code, issue_code
from matching.models import AuditEntry, Booking, CaseEvent, Plan
from matching.policy import Policy
from providers.models import Site, Slot
from tests.support.invariants import assert_invariants
from tests.support.refusals import unchanged
from tests.support.worlds import NOW, a_code, a_plan, a_site, a_slot

BOOKINGS = "/api/v1/bookings"
SOON, LATER = NOW + timedelta(days=2), NOW + timedelta(days=3)


@dataclass
class Citizen:
    """A citizen's program: both codes of the letter in its headers."""

    api: httpx.AsyncClient
    plan: Plan
    headers: dict[str, str]

    async def book(self, slot_id: int, key: str | None = None, **body: Any) -> httpx.Response:
        headers = self.headers | {"Idempotency-Key": key or str(uuid4())}
        return await self.api.post(BOOKINGS, json={"slot_id": slot_id, **body}, headers=headers)

    async def read(self, booking_id: str) -> httpx.Response:
        return await self.api.get(f"{BOOKINGS}/{booking_id}", headers=self.headers)

    async def cancel(self, booking_id: str) -> httpx.Response:
        return await self.api.delete(f"{BOOKINGS}/{booking_id}", headers=self.headers)

    async def move(self, booking_id: str, slot_id: int, **body: Any) -> httpx.Response:
        url = f"{BOOKINGS}/{booking_id}/move"
        return await self.api.post(url, json={"slot_id": slot_id, **body}, headers=self.headers)


async def a_citizen(api: httpx.AsyncClient, **plan: Any) -> Citizen:
    made = await a_plan(**plan)
    codes = await a_code(made)
    headers = {
        "Authorization": f"Genvej {codes.code}",
        "Genvej-Access-Code": codes.access_code,
        "Genvej-Date-Of-Birth": "1951-03-14",
    }
    return Citizen(api, made, headers)


async def slots_of(site: Site) -> list[int]:
    return await Slot.filter(site_id=site.id).order_by("starts_at").values_list("id", flat=True)  # type: ignore[return-value]


async def test_a_booked_time_is_answered_in_full_and_can_be_read_where_it_says(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON], phone="00 00 00 00")
    [slot] = await slots_of(site)
    made = await citizen.book(slot)
    booking = made.json()
    assert made.status_code == 201
    assert booking == {
        "id": booking["id"],
        "state": "confirmed",
        "basis": "own",
        "version": 1,
        "slot_id": slot,
        "starts_at": "2026-11-18T10:00:00+01:00",
        "whole_week": False,
        "minutes": 30,
        "mode": "individual",
        "site": {
            "site_id": site.id,
            "name": site.name,
            "provider_name": (await site.provider).name,
            "provider_kind": "municipal",
            "address": "Prøvevej 1, 1050 København K",
            "postal_code": "1050",
            "latitude": 55.676,
            "longitude": 12.57,
            "phone": "00 00 00 00",
            "web": None,
        },
    }
    assert made.headers["Location"] == f"{BOOKINGS}/{booking['id']}"
    again = await api.get(made.headers["Location"], headers=citizen.headers)
    assert (again.status_code, again.json()) == (200, booking)
    await assert_invariants(NOW)


async def test_the_match_list_gives_the_slot_that_is_booked(api: httpx.AsyncClient) -> None:
    citizen = await a_citizen(api)
    await a_site(slots=[SOON])
    found = await api.get("/api/v1/matches", headers={"Authorization": citizen.headers["Authorization"]})
    made = await citizen.book(found.json()["items"][0]["slot_id"])
    assert made.json()["starts_at"] == found.json()["items"][0]["first_free"]


async def test_the_same_key_is_answered_the_same_and_books_once(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON, LATER])
    first, second = await slots_of(site)
    made = await citizen.book(first, "key-1")
    again = await citizen.book(first, "key-1")
    assert (again.status_code, again.content, again.headers["Location"]) == (
        201,
        made.content,
        made.headers["Location"],
    )
    reused = await citizen.book(second, "key-1")
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")
    assert await Booking.all().count() == 1
    await assert_invariants(NOW)


async def test_a_whole_number_may_be_written_with_a_point(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON])
    [slot] = await slots_of(site)
    assert (await citizen.book(float(slot))).json()["slot_id"] == slot  # type: ignore[arg-type]


async def test_two_citizens_may_have_the_same_key(api: httpx.AsyncClient) -> None:
    site = await a_site(slots=[SOON, LATER])
    made = [await (await a_citizen(api)).book(slot, "1") for slot in await slots_of(site)]
    assert [response.status_code for response in made] == [201, 201]


async def test_a_taken_a_passed_and_an_unknown_time_are_refused_and_nothing_changes(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON])
    [slot] = await slots_of(site)
    await (await a_citizen(api)).book(slot)
    passed = await a_slot(site, NOW - timedelta(hours=1))
    too_soon = await a_slot(site, NOW + timedelta(hours=1))
    refused = {slot: "slot_taken", passed.id: "slot_not_bookable", too_soon.id: "slot_not_bookable"}
    for slot_id, code in {**refused, 999_999: "slot_not_bookable", 2**63 - 1: "slot_not_bookable"}.items():
        response = await citizen.book(slot_id)
        assert (response.status_code, response.json()["code"]) == (409, code)
    assert await Booking.filter(plan_id=citizen.plan.id).count() == 0
    await assert_invariants(NOW)


async def test_a_time_that_somebody_holds_is_taken_for_others(api: httpx.AsyncClient) -> None:
    citizen, other, site = await a_citizen(api), await a_citizen(api), await a_site(slots=[SOON])
    [slot] = await slots_of(site)
    await hold(other.plan.id, slot, now=NOW, policy=Policy())
    assert (await citizen.book(slot)).json()["code"] == "slot_taken"
    assert (await other.book(slot)).status_code == 201


async def test_a_second_time_is_refused_with_the_way_to_get_it(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON, LATER])
    first, second = await slots_of(site)
    await citizen.book(first)
    refused = await citizen.book(second)
    assert (refused.status_code, refused.json()["code"]) == (409, "already_booked")
    assert "flyt" in refused.json()["title"]


async def test_another_municipality_needs_the_citizens_word_and_its_own_answer(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(municipality="0147", slots=[SOON])
    [slot] = await slots_of(site)
    refused = await citizen.book(slot)
    assert (refused.status_code, refused.json()["code"]) == (409, "guarantee_loss_not_accepted")
    made = await citizen.book(slot, accepts_guarantee_loss=True)
    assert (made.status_code, made.json()["state"], made.json()["basis"]) == (201, "requested", "other_municipality")


async def test_a_private_time_before_its_door_opens_is_not_bookable(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(kind="private", slots=[NOW + timedelta(days=20)])
    [slot] = await slots_of(site)
    assert (await citizen.book(slot)).json()["code"] == "slot_not_bookable"


async def test_cancelling_frees_the_seat_and_a_second_time_changes_nothing(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON])
    [slot] = await slots_of(site)
    booking = (await citizen.book(slot)).json()
    first, second = await citizen.cancel(booking["id"]), await citizen.cancel(booking["id"])
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json() == booking | {"state": "cancelled_by_citizen", "version": 2}
    assert (await Slot.get(id=slot)).taken == 0
    assert await CaseEvent.filter(kind="cancelled_by_citizen").count() == 1
    assert (await citizen.book(slot)).status_code == 201
    await assert_invariants(NOW)


async def test_moving_makes_a_new_booking_and_says_where_it_is(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON, LATER])
    first, second = await slots_of(site)
    booking = (await citizen.book(first)).json()
    moved = await citizen.move(booking["id"], second)
    assert moved.status_code == 200
    assert (moved.json()["slot_id"], moved.json()["state"]) == (second, "confirmed")
    assert moved.headers["Content-Location"] == f"{BOOKINGS}/{moved.json()['id']}"
    assert (await citizen.move(booking["id"], second)).json() == moved.json(), "asked again, answered alike"
    old = (await citizen.read(booking["id"])).json()
    assert (old["state"], old["version"]) == ("moved", 2)
    assert (await citizen.cancel(booking["id"])).json()["code"] == "booking_unknown"
    assert [slot.taken for slot in await Slot.filter(id__in=[first, second]).order_by("id")] == [0, 1]
    await assert_invariants(NOW)


async def test_moving_to_a_taken_time_keeps_the_old_one(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON, LATER])
    first, second = await slots_of(site)
    booking = (await citizen.book(first)).json()
    await (await a_citizen(api)).book(second)
    refused = await citizen.move(booking["id"], second)
    assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
    assert (await citizen.read(booking["id"])).json() == booking


@pytest.mark.parametrize("other", ["a stranger's", "nobody's", "not an id", "%00", "💥"])
async def test_what_is_not_ones_own_cannot_be_found(api: httpx.AsyncClient, other: str) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON, LATER])
    first, second = await slots_of(site)
    strangers = (await (await a_citizen(api)).book(first)).json()["id"]
    booking_id = {"a stranger's": strangers, "nobody's": str(uuid4())}.get(other, other)
    for response in (
        await citizen.read(booking_id),
        await citizen.cancel(booking_id),
        await citizen.move(booking_id, second),
    ):
        assert (response.status_code, response.json()["code"]) == (404, "booking_unknown")
    assert (await Booking.get(id=UUID(strangers))).state == "confirmed"


async def test_without_a_code_or_the_second_factor_nobody_comes_in(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON])
    [slot] = await slots_of(site)
    whole = citizen.headers
    shown = {
        "code_needed": [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic Zm9v"}],
        "factor_needed": [{name: value for name, value in whole.items() if name != left} for left in list(whole)[1:]],
        "code_unknown": [whole | {"Authorization": f"Genvej {issue_code()}"}],
        "factor_wrong": [
            whole | {"Genvej-Access-Code": issue_access_code()},
            whole | {"Genvej-Date-Of-Birth": "1951-03-15"},
        ],
    }
    for code, attempts in shown.items():
        for headers in attempts:
            citizen.headers = headers
            for response in (await citizen.book(slot), await citizen.read(str(uuid4()))):
                assert (response.status_code, response.json()["code"]) == (401, code)
                assert response.headers["WWW-Authenticate"] == 'Genvej realm="genvej"'
    assert await Booking.all().count() == 0


async def test_a_mistyped_credential_says_which(api: httpx.AsyncClient) -> None:
    citizen = await a_citizen(api)
    whole = citizen.headers
    wrong = {
        "code_mistyped": whole | {"Authorization": "Genvej 7K3M"},
        "access_code_mistyped": whole | {"Genvej-Access-Code": "7K3M"},
    }
    for code, headers in wrong.items():
        citizen.headers = headers
        response = await citizen.read(str(uuid4()))
        assert (response.status_code, response.json()["code"]) == (400, code)
    for born in ("14-03-1951", "1951-02-30", "1951-3-14", "19510314", "1951-W11-3", "", "x" * 999):
        citizen.headers = whole | {"Genvej-Date-Of-Birth": born}
        response = await citizen.read(str(uuid4()))
        assert response.json()["errors"] == [
            {
                "place": "header",
                "field": "Genvej-Date-Of-Birth",
                "detail": "Genvej-Date-Of-Birth er en dato som 1951-03-14.",
            }
        ]


@pytest.mark.parametrize("key", [None, "", "x" * 81, "a b", "\x7f", "nøgle"])
async def test_a_booking_needs_a_key_of_a_sensible_form(api: httpx.AsyncClient, key: str | None) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON])
    [slot] = await slots_of(site)
    headers: list[tuple[str, Any]] = list(citizen.headers.items())
    if key is not None:
        headers.append(("Idempotency-Key", key.encode("latin-1")))
    async with unchanged():
        response = await api.post(BOOKINGS, json={"slot_id": slot}, headers=headers)
    assert response.status_code == 400
    assert [fault["field"] for fault in response.json()["errors"]] == ["Idempotency-Key"]


async def test_the_longest_key_is_eighty_characters(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON])
    assert (await citizen.book((await slots_of(site))[0], "k" * 80)).status_code == 201


async def test_every_look_and_change_is_logged_as_the_citizens(api: httpx.AsyncClient) -> None:
    citizen, site = await a_citizen(api), await a_site(slots=[SOON, LATER])
    first, second = await slots_of(site)
    booking = (await citizen.book(first)).json()
    await citizen.read(booking["id"])
    moved = (await citizen.move(booking["id"], second)).json()
    await citizen.cancel(moved["id"])
    log = await AuditEntry.filter(plan_id=citizen.plan.id, role="citizen").order_by("id").values_list("action")
    assert [action for (action,) in log if action != "second_factor"] == [
        "booked",
        "booking_seen",
        "moved",
        "cancelled_by_citizen",
    ]
    events = await CaseEvent.filter(plan_id=citizen.plan.id).order_by("sequence").values_list("kind", "actor")
    assert events == [(kind, "citizen:citizen") for kind in ("booked", "moved", "cancelled_by_citizen")]
