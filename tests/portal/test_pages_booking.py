"""From a free time to the receipt: hold, second factor, review, book."""

import re
from datetime import timedelta

import pytest
from starlette.applications import Starlette

from matching.models import AuditEntry, Booking, CaseEvent, Hold, Plan
from matching.states import BookingState, PlanState
from providers.models import Approval, ApprovalState
from providers.offers import rebuild_offers
from tests.support.apps import Clock, client_of
from tests.support.pages import Page, Visitor, text
from tests.support.stories import SOON, Story, a_story
from tests.support.worlds import NOW, TODAY, a_hold, a_plan, a_site, a_slot


@pytest.fixture
async def story(visitor: Visitor, portal_app: Starlette) -> Story:
    """The citizen's own municipality has two times in good time."""
    return await a_story(visitor, await a_site(name="Stedet", slots=[SOON, SOON + timedelta(hours=1)]))


async def test_the_whole_way_to_a_booked_time(story: Story) -> None:
    page = await story.choose()
    assert (page.path, page.heading) == ("/bekraeft", "Bekræft, at det er dig")
    assert current_step(page) == "Trin 2 af 4: Bekræft, at det er dig"
    assert "Vi holder tiden onsdag den 18. november kl. 10.00 hos Stedet til dig indtil kl. 10.15." in page.words
    page = await story.confirm(page)
    assert (page.path, current_step(page)) == ("/book", "Trin 3 af 4: Gennemse og book")
    assert "Onsdag den 18. november 2026 kl. 10.00 4 dage før fristen" in page.words
    page = await story.visitor.submit(page, "/book", samtykke="ja")
    assert (page.path, page.heading) == ("/kvittering", "Din tid er bestilt")
    assert current_step(page) == "Trin 4 af 4: Kvittering"
    booking = await Booking.get(plan_id=story.plan.id)
    assert (booking.state, booking.slot_id) == (BookingState.CONFIRMED, story.slots[0].id)
    assert (await Plan.get(id=story.plan.id)).state is PlanState.BOOKED
    assert await Hold.all().count() == 0
    assert await CaseEvent.filter(plan_id=story.plan.id).values_list("kind", flat=True) == ["booked"]


async def test_every_look_and_every_step_is_in_the_log(story: Story) -> None:
    await story.book()
    entries = await AuditEntry.filter(plan_id=story.plan.id).order_by("id").values_list("action", "role")
    assert entries == [
        ("code_entered", "citizen_code"),
        ("choices_seen", "citizen_code"),
        ("times_seen", "citizen_code"),
        ("slot_held", "citizen_code"),
        ("hold_seen", "citizen_code"),
        ("second_factor", "citizen"),
        ("choice_reviewed", "citizen"),
        ("consent_given", "citizen"),
        ("booked", "citizen"),
        ("booking_seen", "citizen"),
    ]


async def test_no_page_of_the_whole_way_holds_a_code_or_a_name(story: Story) -> None:
    await story.confirm(await story.choose(), kontrolkode="AAAA-AAAA")
    await story.book()
    secrets = [story.codes.code, story.codes.access_code, "AAAA-AAAA", "Prøve Prøvesen", "140351"]
    secrets += [secret.replace("-", "") for secret in secrets] + [secret.lower() for secret in secrets]
    for page in story.visitor.seen:
        addresses = [str(response.url) for response in (*page.response.history, page.response)]
        addresses += [response.headers.get("location", "") for response in page.response.history]
        for secret in secrets:
            assert secret not in page.html
            assert all(secret not in address for address in addresses)


async def test_the_visit_gets_a_new_id_with_the_code_and_with_the_second_factor(story: Story) -> None:
    before = story.visitor.client.cookies["genvej"]
    page = await story.choose()
    assert story.visitor.client.cookies["genvej"] == before
    await story.confirm(page)
    after = story.visitor.client.cookies["genvej"]
    assert after != before
    async with client_of(story.visitor.app) as client:
        client.cookies.set("genvej", before)
        assert (await Visitor(story.visitor.app, client).get("/book")).path == "/"


MISTYPED = "Kontrolkoden er ikke skrevet rigtigt. Se i brevet, og skriv alle 8 tegn."
DATE = "Skriv din fødselsdato med dag, måned og år, for eksempel 14 3 1951."
WRONG = "Kontrolkoden og fødselsdatoen passer ikke til forløbskoden. Se i brevet, og prøv igen."


async def test_a_wrong_second_factor_keeps_the_date_and_not_the_code(story: Story) -> None:
    page = await story.choose()
    for changes, problems, status in (
        ({"kontrolkode": " "}, [("Skriv kontrolkoden fra dit brev.", "kontrolkode")], 400),
        ({"kontrolkode": "4K🔑"}, [(MISTYPED, "kontrolkode")], 400),
        ({"maaned": "13", "kontrolkode": "x"}, [(MISTYPED, "kontrolkode"), (DATE, "dag")], 400),
        ({"aar": "1952"}, [(WRONG, "kontrolkode")], 401),
    ):
        page = await story.confirm(page, **changes)
        assert (page.status, page.problems) == (status, problems)
        assert page.field("kontrolkode").get("value") is None
        assert page.field("aar").get("value") == changes.get("aar", "1951")
        assert "Vi holder tiden" in page.words


async def test_too_many_wrong_second_factors_must_wait(story: Story) -> None:
    page = await story.choose()
    for _ in range(5):
        page = await story.confirm(page, kontrolkode="AAAA-AAAA")
    page = await story.confirm(page)
    assert page.status == 429
    assert page.problems[0][0].startswith("Der er prøvet for mange forkerte koder.")
    assert re.search(r"Du kan prøve igen om [0-9]+ minutter\.$", page.problems[0][0])


async def test_the_consent_must_be_given(story: Story) -> None:
    review = await story.confirm(await story.choose())
    page = await story.visitor.submit(review, "/book")
    assert page.status == 400
    assert [field for _, field in page.problems] == ["samtykke"]
    assert await Booking.all().count() == 0
    assert page.field("key").get("value") == review.field("key").get("value")


async def test_another_municipality_asks_for_a_tick_of_its_own(visitor: Visitor, portal_app: Starlette) -> None:
    story = await a_story(visitor, await a_site(municipality="0400", slots=[SOON]))
    review = await story.confirm(await story.choose())
    assert "Den anden kommune skal sige ja, før tiden er din." in review.words
    page = await visitor.submit(review, "/book")
    assert [field for _, field in page.problems] == ["frist", "samtykke"]
    page = await visitor.submit(page, "/book", samtykke="ja", frist="ja")
    assert page.heading == "Vi har spurgt om tiden"
    assert "Vi venter på svar fra den anden kommune." in page.words
    assert "Den skal svare senest tirsdag den 17. november." in page.words
    assert (await Booking.get()).state is BookingState.REQUESTED
    assert "Fristen gælder ikke længere" in (await visitor.get("/muligheder")).words


async def test_a_private_site_says_what_it_means_for_transport(visitor: Visitor, portal_app: Starlette) -> None:
    site = await a_site("private", slots=[SOON])
    story = await a_story(visitor, site, discharge_date=TODAY - timedelta(days=20))
    review = await story.confirm(await story.choose())
    assert "Du sørger selv for at komme derhen." in review.words
    assert [element.get("name") for element in review.form("/book").iter("input") if element.get("id")] == ["samtykke"]


async def test_a_time_that_was_just_taken_leads_back_to_the_others(story: Story) -> None:
    near = await a_site(name="I nærheden", slots=[SOON])
    page = await story.visitor.get(f"/steder/{story.site.pk}")
    await a_hold(await a_plan(), story.slots[0])
    page = await story.visitor.submit(page, "/hold", slot=str(story.slots[0].id))
    assert page.status == 409
    assert page.problems == [("Tiden er lige blevet taget af en anden. Vælg en af de andre tider.", "tider")]
    # Once where it stands on its day, and once on top, as what there is instead.
    assert [button.get("value") for button in page.all("button", name="slot")] == [str(story.slots[1].id)] * 2
    assert page.links()["I nærheden"] == f"/steder/{near.pk}"
    assert "I nærheden: onsdag den 18. november kl. 10.00, under 100 m derfra" in page.words


async def test_a_time_in_the_past_or_too_soon_cannot_be_held(story: Story) -> None:
    for away in (timedelta(days=-1), timedelta(hours=2)):
        slot = await a_slot(story.site, NOW + away)
        page = await story.visitor.post("/hold", slot=str(slot.id))
        assert page.status == 409
        assert page.problems[0][0].startswith("Tiden kan ikke bookes.")


async def test_a_time_that_does_not_exist_is_one_sentence(story: Story) -> None:
    await story.confirm(await story.choose())
    for slot in ("", "abc", "0", "-1", "999999", "9" * 30, "1\x00", "١"):
        for path in ("/hold", "/book"):
            page = await story.visitor.post(path, slot=slot, samtykke="ja")
            assert (page.status, page.links()["Se andre tider"]) == (409, "/steder"), (path, slot)


async def test_a_hold_that_is_over_can_still_be_booked_while_nobody_has_the_time(story: Story, clock: Clock) -> None:
    page = await story.choose()
    clock.now = NOW + timedelta(minutes=20)
    review = await story.confirm(page)
    assert "Vi holder tiden" not in review.words
    assert (await story.visitor.submit(review, "/book", samtykke="ja")).path == "/kvittering"


async def test_a_hold_that_is_over_and_taken_leads_back_to_the_times(story: Story, clock: Clock) -> None:
    page = await story.choose()
    clock.now = NOW + timedelta(minutes=20)
    await a_hold(await a_plan(), story.slots[0], now=clock.now)
    page = await story.confirm(page)
    assert page.status == 409
    assert page.problems == [
        ("Vi holdt ikke længere tiden til dig, og nu er den ikke ledig. Vælg en anden tid.", "tider")
    ]
    assert len(page.all("button", name="slot")) == 2


async def test_a_time_taken_between_review_and_booking_leads_back_to_the_times(story: Story) -> None:
    review = await story.confirm(await story.choose())
    await Hold.all().delete()
    await a_hold(await a_plan(), story.slots[0])
    page = await story.visitor.submit(review, "/book", samtykke="ja")
    assert (page.status, page.problems[0][1]) == (409, "tider")
    assert await Booking.all().count() == 0


async def test_going_back_lets_the_time_go(story: Story) -> None:
    page = await story.choose()
    page = await story.visitor.submit(page, "/slip")
    assert page.path == f"/steder/{story.site.pk}"
    assert await Hold.all().count() == 0


async def test_a_held_time_is_shown_wherever_the_citizen_looks_around(story: Story) -> None:
    await story.choose()
    for path in ("/muligheder", "/steder", f"/steder/{story.site.pk}"):
        page = await story.visitor.get(path)
        assert "Vi holder tiden onsdag den 18. november kl. 10.00" in page.words
        assert page.links()["Fortsæt med tiden"] == "/book"


async def test_the_button_pressed_twice_books_once(story: Story) -> None:
    review = await story.confirm(await story.choose())
    for _ in range(2):
        assert (await story.visitor.submit(review, "/book", samtykke="ja")).path == "/kvittering"
    assert await Booking.all().count() == 1


async def test_the_way_back_from_the_receipt_leads_to_the_time(story: Story) -> None:
    await story.book()
    for path in ("/book", "/bekraeft"):
        assert (await story.visitor.get(path)).path == "/min-tid"


async def test_what_was_reviewed_in_one_tab_is_booked_whatever_was_chosen_in_another(story: Story) -> None:
    review = await story.confirm(await story.choose(0))
    await story.choose(1)
    assert (await story.visitor.submit(review, "/book", samtykke="ja")).path == "/kvittering"
    assert (await Booking.get()).slot_id == story.slots[0].id
    assert await Hold.all().count() == 0
    page = await story.visitor.post("/book", slot=str(story.slots[1].id), samtykke="ja")
    assert (page.status, page.links()["Se din tid"]) == (409, "/min-tid")


async def test_a_place_that_is_suspended_between_review_and_booking_leads_to_the_others(story: Story) -> None:
    near = await a_site(name="I nærheden", slots=[SOON])
    review = await story.confirm(await story.choose())
    await Approval.filter(site_id=story.site.pk).update(state=ApprovalState.SUSPENDED)
    await rebuild_offers(NOW)
    page = await story.visitor.submit(review, "/book", samtykke="ja")
    assert page.heading == story.site.name
    assert page.links()["I nærheden"] == f"/steder/{near.pk}"
    assert await Booking.all().count() == 0


async def test_a_plan_with_a_time_is_told_so(story: Story) -> None:
    await story.book()
    for path in ("/steder", f"/steder/{story.site.pk}"):
        looking = await story.visitor.get(path)
        assert looking.links()["Se, flyt eller aflys din tid"] == "/min-tid"
        assert "/ingen-tid" not in looking.html
    page = await story.visitor.post("/hold", slot=str(story.slots[1].id))
    assert page.status == 409
    assert page.problems[0][0] == "Du har allerede en tid. Vil du have en anden, så flyt den tid, du har."
    assert page.links()["Se, flyt eller aflys din tid"] == "/min-tid"
    assert "Du har valgt en tid." in (await story.visitor.get("/muligheder")).words


async def test_the_review_without_a_chosen_time_leads_to_the_list(story: Story) -> None:
    page = await story.confirm(await story.visitor.get("/bekraeft"))
    assert page.path == "/muligheder"
    assert (await story.visitor.get("/book")).path == "/steder"
    assert (await story.visitor.get("/bekraeft")).path == "/muligheder"


async def test_an_address_for_forms_asked_for_as_a_page_leads_on(story: Story) -> None:
    for path in ("/kode", "/hold", "/slip", "/farvel", "/min-tid/flyt", "/min-tid/behold", "/min-tid/tilbud"):
        assert (await story.visitor.get(path)).status == 200


async def test_a_form_from_another_site_is_refused(story: Story) -> None:
    answer = await story.visitor.client.post(
        "/hold", data={"slot": str(story.slots[0].id)}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert await Hold.all().count() == 0


def current_step(page: Page) -> str:
    """The step on which the page says one is."""
    (item,) = [item for item in page.tree.iter("li") if item.get("aria-current") == "step"]
    return text(item.findall("span")[1])
