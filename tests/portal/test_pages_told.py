"""Contact, stop link, letter, timeline and the clinic's notice, as the citizen meets them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
import pytest_asyncio
from pypdf import PdfReader
from starlette.applications import Starlette

from matching.booking import cancel
from matching.messages import Addresses, contact_of
from matching.messages.claims import Due, claim
from matching.messages.remedies import messages_of
from matching.models import Booking, CaseEvent, Channel, Contact, Message
from portal.messages.office import stop_address
from providers.actors import Actor
from providers.models import Site
from tests.support.apps import Clock, client_of, running_app
from tests.support.pages import Page, Visitor, text
from tests.support.stories import SOON, Story, a_story
from tests.support.worlds import HOME, NOW, POLICY, VAULT, a_plan, a_site

EMAIL, MOBILE = "proeve@borger.example", "+4500000000"
TOLD = {"email": EMAIL.upper(), "mobil": "00 00 00 00"}
WAYS = {"mail_host": "localhost", "sms_url": "https://sms.example", "doctor_url": "https://doctor.example"}


@pytest_asyncio.fixture
async def portal_app(database_url: str, clock: Clock) -> AsyncIterator[Starlette]:
    """A portal that has every way."""
    async with running_app(database_url, clock, **WAYS) as app:
        yield app


@pytest_asyncio.fixture
async def story(visitor: Visitor) -> Story:
    return await a_story(
        visitor, await a_site(name="Stedet", phone="00 00 00 01", slots=[SOON, SOON + timedelta(hours=1)])
    )


async def known(story: Story) -> Addresses:
    return await contact_of(story.plan.id, VAULT)


async def said(story: Story) -> list[tuple[str, str]]:
    return sorted((told.template, told.channel.value) for told in await messages_of(story.plan.id))


async def test_what_is_given_when_booking_is_kept_sealed_and_told_to(story: Story) -> None:
    page = await story.book(**TOLD, laege="ja")
    assert page.path == "/kvittering"
    assert await known(story) == Addresses(EMAIL, MOBILE)
    assert await said(story) == sorted(
        [
            ("booked", "email"),
            ("booked", "sms"),
            ("reminder_day", "email"),
            ("reminder_day", "sms"),
            ("doctor_copy", "doctor"),
        ]
    )
    assert "Vi skriver til p•••@borger.example · •• •• •• 00" in page.words
    assert "Din læge får en kopi af dit valg." in page.words
    kinds = await CaseEvent.filter(plan_id=story.plan.id).order_by("sequence").values_list("kind", flat=True)
    assert kinds == ["booked", "doctor_copy_agreed"]
    copy = await claim(Due((await Message.get(template="doctor_copy")).id, story.plan.id), NOW)
    assert copy is not None
    assert copy.place == "Stedet, Prøvevej 1, 1050 København K"


async def test_an_address_that_cannot_be_read_is_said_so_and_nothing_typed_is_lost(story: Story) -> None:
    review = await story.confirm(await story.choose())
    page = await story.visitor.submit(review, "/book", samtykke="ja", email="proeve@", mobil="00 00 00 00")
    assert (page.status, page.problems) == (
        400,
        [("E-mailadressen kan ikke læses. Skriv den som navn@sted.dk.", "email")],
    )
    assert [page.field(name).get("value") for name in ("email", "mobil")] == ["proeve@", "00 00 00 00"]
    assert ["checked" in page.field(name).attrib for name in ("samtykke", "laege")] == [True, False]
    assert (await Booking.all().count(), await known(story)) == (0, Addresses())
    again = await story.visitor.submit(page, "/book", samtykke="ja", email=EMAIL)
    assert (again.path, await known(story)) == ("/kvittering", Addresses(EMAIL, MOBILE))


async def test_nobody_has_to_give_anything_and_it_can_be_given_later(story: Story) -> None:
    page = await story.book()
    assert (await Contact.all().count(), await said(story)) == (0, [])
    assert "så vi minder dig ikke om tiden" in page.words
    page = await story.visitor.get("/min-tid/kontakt")
    page = await story.visitor.submit(page, "/min-tid/kontakt", email="x", mobil="1")
    assert [field for _, field in page.problems] == ["email", "mobil"]
    page = await story.visitor.submit(page, "/min-tid/kontakt", email=EMAIL, mobil="")
    assert (page.path, await known(story)) == ("/min-tid", Addresses(EMAIL))
    assert await said(story) == [("reminder_day", "email")]
    page = await story.visitor.submit(await story.visitor.get("/min-tid/kontakt"), "/min-tid/kontakt", email="")
    assert await known(story) == Addresses()


async def test_a_refused_message_is_seen_where_it_can_be_put_right(story: Story) -> None:
    await story.book(email=EMAIL)
    await Message.filter(template="booked").update(state="refused", attempts=1)
    page = await story.visitor.get("/min-tid")
    assert "Vi kunne ikke sende til din e-mail." in page.words
    assert page.links()["Ret e-mail og mobilnummer"] == "/min-tid/kontakt"


async def test_the_link_of_a_message_asks_and_then_ends_it_for_good(story: Story) -> None:
    await story.book(**TOLD)
    address = stop_address("", (await Contact.get(plan_id=story.plan.id)).stop_token)
    async with client_of(story.visitor.app) as client:
        stranger = Visitor(story.visitor.app, client)
        page = await stranger.get(address)
        assert (page.heading, await known(story)) == ("Vil du ikke have flere beskeder?", Addresses(EMAIL, MOBILE))
        page = await stranger.submit(page, address)
        assert (page.path, page.heading) == ("/stoppet", "Du får ikke flere beskeder")
        assert await known(story) == Addresses()
        for wrong in ("x", "abc", stop_address("", UUID(int=0)).rpartition("/")[2], "æ" * 22, "%00"):
            page = await stranger.get(f"/stop/{wrong}")
            assert (page.status, "Linket gælder ikke længere." in page.words) == (404, True), wrong
        assert not client.cookies


async def test_where_there_is_no_way_nothing_is_asked_and_it_is_said(database_url: str, clock: Clock) -> None:
    async with running_app(database_url, clock) as app, client_of(app) as client:
        story = await a_story(Visitor(app, client), await a_site(slots=[SOON]))
        review = await story.confirm(await story.choose())
        names = {element.get("name") for element in review.tree.iter("input")}
        assert not names & {"email", "mobil", "laege"}
        page = await story.visitor.post(
            "/book", slot=review.field("slot").get("value"), key="k", samtykke="ja", laege="ja"
        )
        assert "Genvej kan ikke sende e-mail eller SMS herfra." in page.words
        assert "Vi kan ikke sende en kopi til din læge herfra." in page.words
        assert "Genvej kan ikke sende" in (await story.visitor.get("/min-tid/kontakt")).words
        assert await Message.filter(channel=Channel.DOCTOR).count() == 0


async def test_the_receipt_has_number_map_and_what_to_bring(story: Story) -> None:
    page = await story.book()
    booking = await Booking.get()
    number = booking.id.hex[:8].upper()
    assert f"Kvitteringsnummer {number[:4]}-{number[4:]}" in page.words
    assert "Det skal du have med" in page.words
    (drawing,) = page.one("figure").iter("svg")
    assert text(page.one("figcaption")) == "Stedet ligger 0,9 km sydvest for midten af København K, i lige linje."
    assert drawing.get("aria-labelledby") == page.one("figcaption").get("id")


async def test_the_letter_has_the_time_and_leads_to_the_front_page(story: Story) -> None:
    await story.book()
    answer = await story.visitor.client.get("/min-tid/brev.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    made = PdfReader(BytesIO(answer.content))
    words = " ".join(page.extract_text() for page in made.pages)
    assert "Onsdag den 18. november 2026 kl. 10.00" in words
    assert "http://localhost:8000" in words
    assert story.codes.code not in words
    await cancelled(story)
    assert (await story.visitor.get("/min-tid/brev.pdf")).status == 404


async def test_what_has_happened_is_told_in_words_and_by_whom(story: Story) -> None:
    await story.book(email=EMAIL)
    await Message.filter(template="booked").update(state="sent", sent_at=NOW, attempts=1)
    booking = await Booking.get()
    caseworker = Actor("account:1", "visitator", HOME)
    await cancel(story.plan.id, booking.id, actor=caseworker, now=NOW + timedelta(minutes=1), policy=POLICY)
    page = await story.visitor.get("/forloeb")
    lines = [text(line) for line in page.one("ol").iter("li")]
    when = "Mandag den 16. november 2026 kl. 10.0"
    assert lines == [
        f"{when}1 Tiden onsdag den 18. november 2026 kl. 10.00, Stedet, blev aflyst. Af din kommune",
        f"{when}0 Du fik en e-mail fra Genvej.",
        f"{when}0 En tid blev bestilt: onsdag den 18. november 2026 kl. 10.00, Stedet. Af dig",
    ]


async def test_inside_the_notice_the_clinic_is_rung(story: Story, clock: Clock) -> None:
    await Site.filter(id=story.site.pk).update(change_notice_hours=6)
    page = await story.book()
    assert "Du kan flytte eller aflyse her til og med onsdag den 18. november 2026 kl. 04.00." in page.words
    clock.now = SOON - timedelta(hours=6)
    page = await came_back(story)
    assert page.all("form", action="/min-tid/flyt")
    clock.now += timedelta(minutes=1)
    page = await story.visitor.get("/min-tid")
    assert not page.all("form", action="/min-tid/flyt")
    assert page.links()["00 00 00 01"] == "tel:+4500000001"
    booking = await Booking.get()
    for path, fields in (("/min-tid/aflys", {"booking": str(booking.id)}), ("/min-tid/flyt", {"til": "her"})):
        page = await story.visitor.post(path, **fields)
        assert (page.status, "Ring til genoptræningsstedet. 00 00 00 01" in page.words) == (409, True), path
    assert (await story.visitor.get("/min-tid/aflys")).status == 409


async def test_another_time_here_and_another_place_are_two_ways(story: Story) -> None:
    page = await story.book()
    here = await story.visitor.submit(page, "/min-tid/flyt", til="her")
    assert here.path == f"/steder/{story.site.pk}"
    page = await story.visitor.submit(await story.visitor.get("/min-tid"), "/min-tid/flyt", til="andre")
    assert page.path == "/steder"


async def came_back(story: Story) -> Page:
    await story.visitor.post("/kode", kode=story.codes.code)
    return await story.confirm(await story.visitor.get("/min-tid"))


async def cancelled(story: Story) -> None:
    await story.visitor.submit(await story.visitor.get("/min-tid/aflys"), "/min-tid/aflys")


@pytest.mark.parametrize("hours", [-1, 337])
async def test_a_notice_is_a_reasonable_one(story: Story, hours: int) -> None:
    with pytest.raises(Exception, match="site_change_notice_reasonable"):
        await Site.filter(id=story.site.pk).update(change_notice_hours=hours)


async def test_another_plans_contact_is_nobody_elses(story: Story) -> None:
    await story.book(**TOLD)
    other = await a_plan()
    assert await contact_of(other.id, VAULT) == Addresses()
