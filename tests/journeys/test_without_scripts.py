"""A browser in which scripts are off: everything can be done."""

from icalendar import Calendar

from matching.models import Booking
from matching.states import BookingState
from tests.support.browser import WITHOUT_SCRIPTS
from tests.support.journey_world import CONTRACT, OWN
from tests.support.traveller import Comes


async def test_given_no_scripts_when_a_citizen_follows_the_pages_then_they_book_move_and_cancel(comes: Comes) -> None:
    citizen = await comes(WITHOUT_SCRIPTS)
    await citizen.opens_the_front_page()
    await citizen.enters_the_code()
    await citizen.asks_for_free_times()
    await citizen.searches("Aarhus C", "50 km", "De 10 nærmeste steder. Der er flere længere væk.")
    await citizen.hands.press(citizen.link("Vis de næste steder"))
    await citizen.arrives("/steder", "Vælg et sted")
    await citizen.searches("2300", "10 km", "3 steder inden for 10 km fra 2300 København S")
    await citizen.wishes_for_a_lift_and_thinks_better_of_it()
    await citizen.compares_the_first_three()
    await citizen.visits(OWN)
    await citizen.chooses_a_time()
    await citizen.hands.press(citizen.button("Vælg en anden tid"))
    await citizen.arrives("/steder/[0-9]+", OWN)
    await citizen.chooses_a_time(1)
    await citizen.says_who_they_are()
    await citizen.agrees()
    assert Calendar.from_ical(await citizen.takes_the_calendar_file()).events[0]["STATUS"] == "CONFIRMED"
    await citizen.moves(CONTRACT)
    await citizen.cancels()
    bookings = await Booking.filter(plan_id=citizen.plan.id).order_by("state")
    assert [booking.state for booking in bookings] == [BookingState.CANCELLED_BY_CITIZEN, BookingState.MOVED]
