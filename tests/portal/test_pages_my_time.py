"""The booked time: seen, taken along, moved, cancelled; and the municipality's own offer."""

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar, Event
from starlette.applications import Starlette

from matching.models import Booking, CaseEvent
from matching.states import BookingState, PlanState, StopReason
from providers.clock import COPENHAGEN
from providers.models import Slot
from tests.support.apps import Clock
from tests.support.pages import Visitor, text
from tests.support.stories import SOON, Story, a_story
from tests.support.worlds import TODAY, a_plan, a_site, a_slot, an_offered_booking


@pytest.fixture
async def story(visitor: Visitor, portal_app: Starlette) -> Story:
    """The citizen has booked the first of two times."""
    story = await a_story(visitor, await a_site(name="Stedet", slots=[SOON, SOON + timedelta(hours=1)]))
    await story.book()
    return story


async def test_the_time_is_shown_with_everything_one_needs(story: Story) -> None:
    page = await story.visitor.get("/min-tid")
    assert page.heading == "Din tid"
    for said in (
        "Din tid er bestilt.", "Onsdag den 18. november 2026 kl. 10.00", "4 dage før fristen", "Stedet",
        "Prøvevej 1, 1050 København K", "Individuel, 30 minutter", "Din egen kommune",
    ):  # fmt: skip
        assert said in page.words, said


async def test_who_chose_a_week_reads_by_when_the_place_rings(story: Story) -> None:
    booking = await Booking.get(state=BookingState.CONFIRMED)
    friday = datetime(2026, 11, 27, 23, 59, tzinfo=COPENHAGEN)
    await Slot.filter(id=booking.slot_id).update(starts_at=friday, whole_week=True)
    page = await story.visitor.get("/min-tid")
    assert "Stedet ringer senest Onsdag den 18. november" in page.words
    assert "ring selv til dem" not in page.words
    await Booking.filter(id=booking.id).update(created_at=booking.created_at - timedelta(days=5))
    page = await story.visitor.get("/min-tid")
    assert "Stedet skulle have ringet senest Fredag den 13. november" in page.words
    assert "Har de ikke ringet endnu, så ring selv til dem." in page.words


async def test_without_the_second_factor_the_time_is_not_shown(story: Story) -> None:
    await story.visitor.post("/farvel")
    page = await story.visitor.post("/kode", kode=story.codes.code)
    assert "Du har valgt en tid." in page.words
    assert "10.00" not in page.words
    page = await story.visitor.get("/min-tid")
    assert page.path == "/bekraeft"
    assert (await story.confirm(page)).path == "/min-tid"


async def test_the_calendar_file_says_when_and_where_and_nothing_of_health(story: Story) -> None:
    answer = await story.visitor.client.get("/min-tid/kalender.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    event = event_of(answer.text)
    assert event.start == SOON
    assert "DTSTART:20261118T090000Z" in answer.text
    assert event.end == SOON + timedelta(minutes=30)
    assert (str(event["SUMMARY"]), str(event["STATUS"])) == ("Din aftale", "CONFIRMED")
    assert str(event["LOCATION"]) == "Prøvevej 1, 1050 København K"
    words = answer.text.lower()
    assert [word for word in ("genoptræning", "kirurgisk", "stedet", "prøve prøvesen") if word in words] == []


async def test_moving_and_cancelling_update_the_same_entry(story: Story) -> None:
    first = event_of((await story.visitor.client.get("/min-tid/kalender.ics")).text)
    await move(story, 1)
    moved = event_of((await story.visitor.client.get("/min-tid/kalender.ics")).text)
    assert moved.start == SOON + timedelta(hours=1)
    await cancel(story)
    cancelled = event_of((await story.visitor.client.get("/min-tid/kalender.ics")).text)
    assert str(cancelled["STATUS"]) == "CANCELLED"
    assert "METHOD:CANCEL" in (await story.visitor.client.get("/min-tid/kalender.ics")).text
    assert first["UID"] == moved["UID"] == cancelled["UID"]
    assert first["SEQUENCE"] < moved["SEQUENCE"] < cancelled["SEQUENCE"]


async def test_a_plan_without_a_time_has_no_calendar_file(visitor: Visitor, portal_app: Starlette) -> None:
    story = await a_story(visitor, await a_site(slots=[SOON]))
    await story.confirm(await visitor.get("/bekraeft"))
    page = await visitor.get("/min-tid/kalender.ics")
    assert (page.status, page.heading) == (404, "Det lykkedes ikke")
    assert "Du har ikke valgt en tid endnu." in (await visitor.get("/min-tid")).words


async def test_the_time_is_kept_until_the_new_one_is_certain(story: Story) -> None:
    page = await story.visitor.submit(await story.visitor.get("/min-tid"), "/min-tid/flyt")
    assert page.path == "/steder"
    assert "Du er ved at flytte din tid onsdag den 18. november kl. 10.00." in page.words
    review = await story.choose(1)
    assert (review.path, review.heading) == ("/book", "Gennemse og flyt")
    assert (await Booking.get()).state is BookingState.CONFIRMED
    page = await story.visitor.submit(review, "/book", samtykke="ja")
    assert (page.path, page.heading) == ("/kvittering", "Din tid er flyttet")
    states = await Booking.filter(plan_id=story.plan.id).order_by("created_at", "id").values_list("state", "slot_id")
    assert sorted(states) == [(BookingState.CONFIRMED, story.slots[1].id), (BookingState.MOVED, story.slots[0].id)]
    assert "Du er ved at flytte" not in (await story.visitor.get("/steder")).words
    again = await story.visitor.submit(review, "/book", samtykke="ja")
    assert again.path == "/kvittering"
    assert await Booking.all().count() == 2


async def test_the_move_can_be_given_up(story: Story) -> None:
    page = await story.visitor.submit(await story.visitor.get("/min-tid"), "/min-tid/flyt")
    page = await story.visitor.submit(page, "/min-tid/behold")
    assert page.path == "/min-tid"
    assert (await story.visitor.post("/hold", slot=str(story.slots[1].id))).status == 409


async def test_cancelling_asks_and_frees_the_seat(story: Story) -> None:
    page = await story.visitor.get("/min-tid/aflys")
    assert (page.heading, "Stedet, Prøvevej 1, 1050 København K" in page.words) == ("Vil du aflyse din tid?", True)
    assert len(page.all("input", type="radio")) == 6
    page = await story.visitor.submit(page, "/min-tid/aflys", aarsag="opted_out_transport_cost")
    assert (page.path, "Du har aflyst tiden." in page.words) == ("/min-tid", True)
    assert page.links()["Se dine muligheder"] == "/muligheder"
    assert (await Slot.get(id=story.slots[0].id)).taken == 0
    event = await CaseEvent.filter(plan_id=story.plan.id).order_by("-sequence").first()
    assert event is not None
    assert (event.kind, event.reason) == ("cancelled_by_citizen", StopReason.OPTED_OUT_TRANSPORT_COST)


async def test_nobody_has_to_say_why(story: Story) -> None:
    for typed, stored in (("", StopReason.OPTED_OUT), ("no_contact", StopReason.OPTED_OUT)):
        await cancel(story, aarsag=typed)
        event = await CaseEvent.filter(plan_id=story.plan.id).order_by("-sequence").first()
        assert event is not None
        assert event.reason == stored
        await story.book()


async def test_a_booking_that_is_not_the_citizens_cannot_be_cancelled(story: Story) -> None:
    other = await an_offered_booking(await a_plan(), await a_slot(story.site, SOON + timedelta(hours=3)))
    for number in (str(other.id), "", "x", "\x00"):
        page = await story.visitor.post("/min-tid/aflys", booking=number)
        assert page.status == 404
        assert page.links()["Se din tid"] == "/min-tid"
    assert (await Booking.get(id=other.id)).state is BookingState.OFFERED


async def test_a_time_that_has_passed_can_be_neither_moved_nor_cancelled(story: Story, clock: Clock) -> None:
    clock.now = SOON + timedelta(hours=1)
    await story.visitor.post("/kode", kode=story.codes.code)
    page = await story.confirm(await story.visitor.get("/min-tid"))
    assert page.all("form", action="/min-tid/flyt") == []
    assert (await story.visitor.get("/min-tid/aflys")).status == 404


async def test_the_municipalitys_offer_is_shown_and_can_be_taken(visitor: Visitor, portal_app: Starlette) -> None:
    site = await a_site(name="Kommunens sted", slots=[SOON])
    story = await a_story(visitor, site, offer_date=TODAY + timedelta(days=2), offer_recorded_on=TODAY)
    await an_offered_booking(story.plan, story.slots[0])
    page = await story.confirm(await visitor.get("/bekraeft"))
    assert page.path == "/min-tid"
    assert "Din kommune tilbyder dig denne tid." in page.words
    page = await visitor.submit(page, "/min-tid/tilbud")
    assert (page.path, page.heading) == ("/kvittering", "Din tid er bestilt")
    assert (await Booking.get()).state is BookingState.CONFIRMED
    assert (await visitor.post("/min-tid/tilbud")).status == 404


async def test_a_started_course_shows_its_time_and_offers_no_change(story: Story) -> None:
    await Booking.filter(plan_id=story.plan.id).update(state=BookingState.STARTED)
    await story.plan.filter(id=story.plan.id).update(state=PlanState.STARTED)
    page = await story.visitor.get("/min-tid")
    assert "Du er begyndt på din genoptræning her." in page.words
    assert page.all("form", action="/min-tid/flyt") == []


async def test_the_receipt_thanks_and_prints_without_buttons(story: Story) -> None:
    page = await story.visitor.get("/kvittering")
    (thanks,) = page.all("div", class_="alert-success")
    assert "Tak. Din kommune og stedet får besked." in text(thanks)
    for form in page.one("main").iter("form"):
        assert any(
            "no-print" in (holder.get("class") or "") for holder in page.tree.iter() if form in list(holder.iter())
        )


async def move(story: Story, number: int) -> None:
    await story.visitor.submit(await story.visitor.get("/min-tid"), "/min-tid/flyt")
    await story.visitor.submit(await story.choose(number), "/book", samtykke="ja")


async def cancel(story: Story, **fields: str) -> None:
    await story.visitor.submit(await story.visitor.get("/min-tid/aflys"), "/min-tid/aflys", **fields)


def event_of(file: str) -> Event:
    """The file's one entry."""
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert isinstance(event, Event)
    return event
