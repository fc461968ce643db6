"""With a phone: from the letter to a time that is moved and cancelled again; and how light the first page is."""

import pytest
from icalendar import Calendar
from playwright.async_api import expect

from matching.models import Booking
from matching.states import BookingState
from tests.support.browser import PHONE, layout_shift, weighed
from tests.support.hands import Finger
from tests.support.journey_world import CONTRACT, OWN
from tests.support.page_checks import no_violations
from tests.support.traveller import Comes, Tab, Traveller

WITH_A_PHONE = {"window": PHONE, "hands": lambda page: Finger()}
FIRST_PAGE = 100_000
UNNOTICED = 0.02


async def test_given_a_letter_when_a_citizen_follows_the_pages_then_they_book_move_and_cancel(comes: Comes) -> None:
    citizen = await comes(**WITH_A_PHONE, checks=[no_violations])
    await citizen.opens_the_front_page()
    await citizen.enters_the_code()
    await citizen.asks_for_free_times()
    await expect(citizen.main.locator(".place-free-time").first).to_be_in_viewport()
    await citizen.searches("2300", "10 km", "3 steder inden for 10 km fra 2300 København S")
    await expect(citizen.page.locator(".map-pin")).to_have_text(["1", "2", "3"])
    await citizen.compares_the_first_three()
    await citizen.visits(OWN)
    await citizen.chooses_a_time()
    await citizen.says_who_they_are()
    await citizen.wants_to_be_told("proeve@borger.example", "00 00 00 00")
    await citizen.agrees()
    assert await layout_shift(citizen.page) < UNNOTICED
    await expect(citizen.page.get_by_role("img", name="Stedet ligger 0,9 km sydvest")).to_be_visible()
    assert (await citizen.takes_the_letter()).startswith(b"%PDF-")
    first = await Booking.get(plan_id=citizen.plan.id).select_related("slot")
    event = Calendar.from_ical(await citizen.takes_the_calendar_file()).events[0]
    assert (event.start, str(event["STATUS"])) == (first.slot.starts_at, "CONFIRMED")
    await wants_fewer_messages(citizen)
    await citizen.moves(CONTRACT)
    moved = await Booking.get(plan_id=citizen.plan.id, state=BookingState.CONFIRMED)
    assert moved.slot_id != first.slot_id
    await citizen.hands.press(citizen.link("Se, hvad der er sket i din sag"))
    await citizen.arrives("/forloeb", "Det er der sket")
    await expect(citizen.main.get_by_role("listitem").first).to_contain_text("Tiden blev flyttet til")
    await citizen.hands.press(citizen.link("Din tid"))
    await citizen.cancels()
    assert await Booking.filter(plan_id=citizen.plan.id, state=BookingState.CONFIRMED).count() == 0
    last = Calendar.from_ical(await citizen.takes_the_calendar_file("Fjern tiden fra din kalender"))
    assert (str(last["METHOD"]), last.events[0]["UID"]) == ("CANCEL", event["UID"])
    assert last.events[0]["SEQUENCE"] > event["SEQUENCE"]
    await expect(citizen.link("Se dine muligheder")).to_be_visible()


async def wants_fewer_messages(citizen: Traveller) -> None:
    """E-mail only."""
    await citizen.hands.press(citizen.link("Ret e-mail og mobilnummer"))
    await citizen.arrives("/min-tid/kontakt", "Hvor må vi skrive til dig?")
    await citizen.hands.write(citizen.field("mobil"), "")
    await citizen.hands.press(citizen.button("Gem"))
    await citizen.arrives("/min-tid", "Din tid")
    await expect(citizen.main).to_contain_text("Vi skriver til p•••@borger.example, og minder dig")


@pytest.mark.long
async def test_when_the_question_changes_then_only_the_list_does_and_the_focus_is_at_how_many(comes: Comes) -> None:
    citizen = await comes(**WITH_A_PHONE, checks=[no_violations])
    await citizen.opens_the_front_page()
    await citizen.enters_the_code()
    await citizen.asks_for_free_times()
    await citizen.page.evaluate("window.still = 'here'")
    opened = len(citizen.watch.requests)
    await citizen.searches("Aarhus C", "50 km", "De 10 nærmeste steder. Der er flere længere væk.")
    await expect(citizen.main.locator("#antal")).to_be_focused()
    await citizen.hands.press(citizen.link("Vis de næste steder"))
    await expect(citizen.main.locator("#antal")).to_be_focused()
    await expect(citizen.main.locator("#antal")).to_have_text("2 steder mere, længere væk")
    await citizen.searches("2300", "10 km", "3 steder inden for 10 km fra 2300 København S")
    await expect(citizen.main.locator("#antal")).to_be_focused()
    asked = [request for request in citizen.watch.requests[opened:] if "/steder" in request.url]
    assert [request.headers.get("hx-request") for request in asked] == ["true"] * 3
    assert await citizen.page.evaluate("window.still") == "here"
    assert await layout_shift(citizen.page) < UNNOTICED
    await citizen.page.go_back()
    await expect(citizen.main.locator("#antal")).to_have_text("2 steder mere, længere væk")
    await expect(citizen.field("sted")).to_have_value("Aarhus C")


async def test_the_first_page_is_light_and_nothing_on_it_moves(tab: Tab) -> None:
    page, _ = await tab(PHONE)
    async with weighed(page) as sizes:
        await page.goto("/", wait_until="networkidle")
    assert 20_000 < sum(sizes) <= FIRST_PAGE
    assert await layout_shift(page) < UNNOTICED
