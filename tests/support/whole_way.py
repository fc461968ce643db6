"""The two ways that every citizen must be able to go: to a time and out of it again, and on where no time fits."""

from playwright.async_api import expect

from matching.models import Booking, Watch
from matching.states import BookingState
from tests.support.journey_world import CONTRACT, ELSEWHERE, OWN
from tests.support.traveller import Traveller

NO_TIME, PATH = "Når ingen tid passer", "/ingen-tid"
WAYS_ON = "Få besked, bed om et opkald, eller bed din kommune om hjælp"
FOUND = "3 steder inden for 10 km fra 2300 København S"


async def arrives_at_the_list(citizen: Traveller) -> None:
    """From the letter to the places."""
    await citizen.opens_the_front_page()
    await citizen.enters_the_code()
    await citizen.asks_for_free_times()


async def goes_the_whole_way(citizen: Traveller, found: str = FOUND) -> None:
    """Code, rights, results, filters, comparing, booking, receipt, moving, cancelling; `found` counts the places."""
    await arrives_at_the_list(citizen)
    await citizen.searches("2300", "10 km", found)
    await citizen.wishes_for_a_lift_and_thinks_better_of_it()
    await citizen.compares_the_first_three()
    await citizen.visits(OWN)
    await citizen.chooses_a_time()
    await citizen.says_who_they_are()
    await citizen.agrees()
    await citizen.moves(CONTRACT)
    await citizen.cancels()


async def finds_a_way_on(citizen: Traveller) -> None:
    """Every way of the page for when no time fits: being told, being rung, the municipality, and further away."""
    await arrives_at_the_list(citizen)
    await citizen.hands.press(citizen.link(WAYS_ON))
    await citizen.arrives(PATH, NO_TIME)
    await citizen.hands.press(citizen.link("Bekræft, at det er dig"))
    await citizen.arrives("/bekraeft", "Bekræft, at det er dig")
    await citizen.says_who_they_are(NO_TIME, PATH)
    await wants_to_hear_of_a_time(citizen)
    await wants_to_be_rung(citizen)
    await citizen.hands.press(citizen.button("Bed kommunen om hjælp"))
    await shows_what_was_done(citizen, "kommune")
    await expect(citizen.button("Bed kommunen om hjælp")).to_have_count(0)
    await asks_another_municipality(citizen)


async def wants_to_hear_of_a_time(citizen: Traveller) -> None:
    """A town that nobody knows is said at its field, and nothing typed is lost; then it is right, and stopped again."""
    tell_me = citizen.button("Bed om besked")
    await citizen.hands.write(citizen.field("sted"), "Ingensteds")
    await citizen.hands.write(citizen.field("email"), "proeve@borger.example")
    await citizen.hands.press(tell_me)
    await citizen.arrives(f"{PATH}/besked", NO_TIME)
    await citizen.is_told_what_is_wrong("sted")
    await expect(citizen.field("email")).to_have_value("proeve@borger.example")
    await citizen.hands.write(citizen.field("sted"), "2300")
    await citizen.hands.press(tell_me)
    await shows_what_was_done(citizen, "besked")
    assert await Watch.filter(plan_id=citizen.plan.id).count() == 1
    await citizen.hands.press(citizen.main.locator(".watches button"))
    # The page has the same address as before, so it is its content that says which of the two it is.
    await expect(citizen.main.locator(".watches")).to_have_count(0)
    await shows_what_was_done(citizen, "besked")
    assert await Watch.filter(plan_id=citizen.plan.id).count() == 0


async def wants_to_be_rung(citizen: Traveller) -> None:
    """A number that is none is said at its field; then a call is promised, and not needed any longer."""
    for phone in ("ring bare", "00 00 00 17"):
        await citizen.hands.write(citizen.field("telefon"), phone)
        await citizen.hands.press(citizen.button("Bed om et opkald"))
        if phone == "ring bare":
            await citizen.arrives(f"{PATH}/opkald", NO_TIME)
            await citizen.is_told_what_is_wrong("telefon")
    await shows_what_was_done(citizen, "opkald")
    await citizen.hands.press(citizen.button("Afmeld opkaldet"))
    await expect(citizen.button("Afmeld opkaldet")).to_have_count(0)
    await shows_what_was_done(citizen, "opkald")


async def asks_another_municipality(citizen: Traveller) -> None:
    """Further away there are others; the choice says what it costs, and is a question."""
    await citizen.hands.press(citizen.main.locator(".wider").get_by_role("link").first)
    await citizen.arrives("/steder", "Vælg et sted")
    await citizen.visits(ELSEWHERE)
    await citizen.hands.press(citizen.times.first)
    await citizen.arrives("/book", "Gennemse og book")
    await citizen.hands.tick(citizen.field("frist"))
    await citizen.hands.tick(citizen.field("samtykke"))
    await citizen.hands.press(citizen.button("Spørg om denne tid"))
    await citizen.arrives("/kvittering", "Vi har spurgt om tiden")
    booking = await Booking.get(plan_id=citizen.plan.id)
    assert booking.state is BookingState.REQUESTED


async def shows_what_was_done(citizen: Traveller, part: str) -> None:
    """The page is there anew, at the part that has changed; whoever hears it begins there too."""
    await citizen.arrives(f"{PATH}#{part}", NO_TIME)
    await expect(citizen.main.locator(f"#{part}")).to_be_focused()
