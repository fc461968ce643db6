"""Mistakes, and other people who are quicker: one sentence each, and a way on."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from matching.codes import issue_code
from matching.models import Booking, Hold
from providers.models import Slot
from tests.support.journey_world import OWN
from tests.support.page_checks import no_violations
from tests.support.traveller import Comes, Traveller
from tests.support.whole_way import FOUND, arrives_at_the_list
from tests.support.worlds import a_hold, a_plan

TAKEN = "Tiden er lige blevet taget af en anden. Vælg en af de andre tider."
NO_BAR = "rgba(0, 0, 0, 0)"
OVER = "Vi holdt ikke længere tiden til dig, og nu er den ikke ledig. Vælg en anden tid."


@pytest.mark.long
async def test_given_a_wrong_code_then_the_sentence_says_so_and_the_right_one_still_works(comes: Comes) -> None:
    citizen = await comes(checks=[no_violations])
    citizen.watch.expected = [400, 401]
    await citizen.opens_the_front_page()
    for code, sentence in (
        ("genvej", "Forløbskoden er ikke skrevet rigtigt. Se i brevet, og skriv alle 14 tegn."),
        (issue_code(), "Koden gælder ikke. Se efter i brevet, eller ring til din kommune og få en ny."),
    ):
        await citizen.hands.write(citizen.field("kode"), code)
        await citizen.hands.press(citizen.button("Se dine muligheder"))
        # The sentence first: the second page has the address and the heading of the one before.
        await assert_told(citizen, sentence)
        await citizen.arrives("/kode", "Find din genoptræning")
        await citizen.hands.press(citizen.main.locator("#fejl").get_by_role("link"))
        await expect(citizen.field("kode")).to_be_focused()
        await expect(citizen.field("kode")).to_have_value("")
    await citizen.enters_the_code()


@pytest.mark.long
async def test_given_a_place_that_nobody_knows_then_the_list_asks_again_without_a_new_page(comes: Comes) -> None:
    citizen = await comes(checks=[no_violations])
    citizen.watch.expected = [400]
    await citizen.opens_the_front_page()
    await citizen.enters_the_code()
    await citizen.asks_for_free_times()
    await citizen.page.evaluate("window.still = 'here'")
    await citizen.hands.write(citizen.field("sted"), "Ingensteds")
    await citizen.hands.press(citizen.button("Søg"))
    await assert_told(citizen, "Vi kender ikke det sted. Skriv et postnummer med fire cifre eller navnet på en by.")
    await citizen.arrives("/steder", "Vælg et sted")
    await citizen.hands.press(citizen.main.locator("#fejl").get_by_role("link"))
    await expect(citizen.field("sted")).to_be_focused()
    await expect(citizen.field("sted")).to_have_value("Ingensteds")
    await citizen.searches("2300", "10 km", FOUND)
    # Where the fields stay open, so does the focus, and the page's live region says how many.
    await expect(citizen.main.locator("#soeg-knap")).to_be_focused()
    await expect(citizen.page.locator("#melding")).to_have_text(FOUND)
    await expect(citizen.page.locator("#melding")).to_have_role("status")
    assert await citizen.page.evaluate("window.still") == "here"


async def test_given_a_time_that_others_take_then_the_page_says_so_and_shows_those_that_are_left(comes: Comes) -> None:
    citizen = await comes(checks=[no_violations])
    citizen.watch.expected = [409, 409]
    await citizen.opens_the_front_page()
    await citizen.enters_the_code()
    await citizen.asks_for_free_times()
    await citizen.visits(OWN)
    wanted = await others_take_the_first(citizen)
    await citizen.hands.press(citizen.times.first)
    await citizen.arrives("/hold", OWN)
    await assert_told(citizen, TAKEN)
    await expect(citizen.times.first).not_to_have_attribute("value", str(wanted))
    await citizen.chooses_a_time()
    held = await Hold.get(plan_id=citizen.plan.id)
    await held.delete()
    await a_hold(await a_plan(), await Slot.get(id=held.slot_id))
    await citizen.says_who_they_are(OWN)
    await assert_told(citizen, OVER)
    await citizen.hands.press(citizen.times.first)
    await citizen.arrives("/book", "Gennemse og book")
    await citizen.agrees()
    assert (await Booking.get(plan_id=citizen.plan.id)).slot_id not in {wanted, held.slot_id}


@pytest.mark.long
@pytest.mark.parametrize("broken", ["**/htmx*.js", "**/map*.js", "**/genvej*.js"])
async def test_given_a_script_that_does_not_arrive_then_everything_is_done_with_whole_pages(
    comes: Comes, broken: str
) -> None:
    citizen = await comes()
    await citizen.page.route(broken, lambda route: route.abort())
    await arrives_at_the_list(citizen)
    await citizen.searches("2300", "10 km", FOUND)
    await citizen.visits(OWN)
    await citizen.chooses_a_time()
    # That a file did not arrive is all that the browser complains of.
    assert all("net::ERR_FAILED" in words or "htmx" in words for words in citizen.watch.complaints)
    citizen.watch.complaints.clear()


@pytest.mark.long
@pytest.mark.parametrize("status", [0, 502])
async def test_given_a_list_that_cannot_be_fetched_then_the_page_is_asked_for_anew(comes: Comes, status: int) -> None:
    citizen = await comes()

    async def fail(route: Route) -> None:
        if "hx-request" not in route.request.headers:
            await route.continue_()
        elif status:
            await route.fulfill(status=status, body="<p>Bad gateway</p>", content_type="text/html")
        else:
            await route.abort()

    await arrives_at_the_list(citizen)
    await citizen.page.evaluate("window.still = 'here'")
    await citizen.page.route("**/steder?*", fail)
    await citizen.searches("2300", "10 km", FOUND)
    assert await citizen.page.evaluate("window.still") is None
    citizen.watch.expected = [status] if status else []
    citizen.watch.complaints.clear()


@pytest.mark.long
async def test_given_a_list_that_takes_a_moment_then_the_old_one_stays_as_readable_as_it_was(comes: Comes) -> None:
    citizen = await comes()
    answered = asyncio.Event()

    async def wait(route: Route) -> None:
        await answered.wait()
        await route.continue_()

    await arrives_at_the_list(citizen)
    await citizen.page.route("**/steder?*", wait)
    found = citizen.main.locator(".finder-found")
    await expect(found).to_have_css("border-top-color", NO_BAR)
    await citizen.hands.press(citizen.button("Søg"))
    await expect(found).not_to_have_css("border-top-color", NO_BAR)
    await no_violations(citizen.page)
    answered.set()
    await expect(found).to_have_css("border-top-color", NO_BAR)


@pytest.mark.long
async def test_given_no_connection_then_it_is_said_and_what_was_typed_stays(comes: Comes) -> None:
    citizen = await comes()
    await arrives_at_the_list(citizen)
    await citizen.hands.write(citizen.field("sted"), "2300")
    await citizen.page.context.set_offline(True)
    await citizen.hands.press(citizen.button("Søg"))
    await expect(citizen.main.locator("[data-offline]")).to_contain_text("Der er ingen forbindelse lige nu.")
    await expect(citizen.field("sted")).to_have_value("2300")
    await citizen.page.context.set_offline(False)
    await citizen.searches("2300", "10 km", FOUND)
    citizen.watch.complaints.clear()


@pytest.mark.long
async def test_given_a_booked_time_when_the_browser_goes_back_then_it_is_shown_and_none_is_held(comes: Comes) -> None:
    citizen = await comes()
    await arrives_at_the_list(citizen)
    await citizen.visits(OWN)
    await citizen.chooses_a_time()
    await citizen.says_who_they_are()
    await citizen.agrees()
    await citizen.page.go_back()
    await citizen.arrives("/min-tid", "Din tid")
    assert await Hold.filter(plan_id=citizen.plan.id).count() == 0


async def others_take_the_first(citizen: Traveller) -> int:
    """Somebody holds the first of the times that stand on the page."""
    number = int(await citizen.times.first.get_attribute("value") or 0)
    await a_hold(await a_plan(), await Slot.get(id=number))
    return number


async def assert_told(citizen: Traveller, sentence: str) -> None:
    """The summary says it, and has the focus."""
    summary = citizen.main.locator("#fejl")
    await expect(summary).to_contain_text(sentence)
    await expect(summary).to_be_focused()
