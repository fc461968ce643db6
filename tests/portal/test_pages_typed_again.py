"""A visit that ends while somebody types: they say once more who they are, and what they typed stands there again."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from starlette.applications import Starlette

from matching.issuing import LetterCodes
from matching.messages import Addresses, contact_of
from matching.models import Booking, CallBack, CourseCode, Hold, Watch
from matching.states import StopReason
from providers.models import Session
from tests.support.apps import Clock, running_app
from tests.support.pages import Page, Visitor
from tests.support.stories import BORN, SOON, Story, a_story
from tests.support.worlds import NOW, VAULT, a_code, a_hold, a_plan, a_site

EMAIL = "proeve@borger.example"
ILL = StopReason.OPTED_OUT_ILLNESS.value
LATER = NOW + timedelta(minutes=40)
AGAIN = "Det, du skrev før, står her igen. Det er ikke sendt endnu."


@pytest_asyncio.fixture
async def portal_app(database_url: str, clock: Clock) -> AsyncIterator[Starlette]:
    async with running_app(database_url, clock, mail_host="localhost") as app:
        yield app


@pytest_asyncio.fixture
async def story(visitor: Visitor, portal_app: Starlette) -> Story:
    return await a_story(visitor, await a_site(name="Stedet", slots=[SOON, SOON + timedelta(hours=1)]))


def ticked(page: Page, name: str) -> list[str | None]:
    return [box.get("value") for box in page.all("input", name=name) if box.get("checked") is not None]


async def come_back(story: Story, front: Page) -> Page:
    """The letter's codes, typed once more."""
    page = await story.visitor.submit(front, "/kode", kode=story.codes.code)
    page = page if page.path == "/bekraeft" else await story.visitor.get("/bekraeft")
    return await story.visitor.submit(page, "/bekraeft", **BORN, kontrolkode=story.codes.access_code)


async def too_late(story: Story, clock: Clock) -> Page:
    """The review, filled in and sent when the visit has ended."""
    page = await story.confirm(await story.choose())
    clock.now = LATER
    return await story.visitor.submit(page, "/book", samtykke="ja", email=EMAIL)


async def test_the_review_comes_back_filled_in_and_is_not_sent(story: Story, clock: Clock) -> None:
    front = await too_late(story, clock)
    assert (front.path, front.status) == ("/", 200)
    assert "Skriv koden igen." in front.words
    assert "Vi husker, hvad du var i gang med, til kl. 11.10." in front.words
    assert EMAIL not in front.html
    kept = json.dumps(await Session.all().values_list("data", flat=True))
    assert "/book" in kept
    assert EMAIL not in kept
    page = await come_back(story, front)
    assert (page.path, page.status) == ("/book", 200)
    assert AGAIN in page.words
    assert page.field("email").get("value") == EMAIL
    assert page.field("samtykke").get("checked") is not None
    assert await Booking.all().count() == 0
    page = await story.visitor.submit(page, "/book", samtykke="ja")
    assert page.path == "/kvittering"
    assert await contact_of(story.plan.id, VAULT) == Addresses(EMAIL)
    assert "typed" not in json.dumps(await Session.all().values_list("data", flat=True))


async def test_when_the_time_is_gone_too_what_was_typed_follows_to_the_next(story: Story, clock: Clock) -> None:
    front = await too_late(story, clock)
    for _ in range(story.slots[0].seats):
        await a_hold(await a_plan(), story.slots[0], until=LATER + timedelta(hours=1))
    page = await come_back(story, front)
    assert "nu er den ikke ledig" in page.words
    page = await story.visitor.submit(page, "/hold", slot=str(story.slots[1].id))
    assert (page.path, page.field("email").get("value")) == ("/book", EMAIL)
    # Agreeing to one time is not agreeing to another.
    assert page.field("samtykke").get("checked") is None


async def test_a_time_that_was_pressed_too_late_leads_back_to_its_site_and_is_not_held(
    story: Story, clock: Clock
) -> None:
    page = await story.visitor.get(f"/steder/{story.site.pk}")
    clock.now = LATER
    front = await story.visitor.submit(page, "/hold", slot=str(story.slots[1].id))
    assert "Vi husker, hvad du var i gang med, til kl. 11.10." in front.words
    page = await story.visitor.submit(front, "/kode", kode=story.codes.code)
    assert (page.path, await Hold.all().count()) == (f"/steder/{story.site.pk}", 0)
    assert "Du valgte onsdag den 18. november kl. 11.00, men vi nåede ikke at holde tiden" in page.words
    page = await story.visitor.submit(page, "/hold", slot=str(story.slots[1].id))
    assert (page.path, await Hold.get().values_list("slot_id", flat=True)) == ("/bekraeft", story.slots[1].id)
    assert "nåede ikke" not in (await story.visitor.get(f"/steder/{story.site.pk}")).words


async def test_the_next_person_at_the_browser_finds_nothing(story: Story, clock: Clock) -> None:
    front = await too_late(story, clock)
    other = await a_code(await a_plan())
    page = await story.visitor.submit(front, "/kode", kode=other.code)
    assert page.path == "/muligheder"
    page = await come_back(story, await story.visitor.get("/"))
    assert EMAIL not in page.html
    assert AGAIN not in page.words


async def test_after_half_an_hour_it_is_forgotten(story: Story, clock: Clock) -> None:
    front = await too_late(story, clock)
    for minutes in (20, 30):
        clock.now = LATER + timedelta(minutes=minutes)
        await story.visitor.get("/")
    assert "typed" not in json.dumps(await Session.all().values_list("data", flat=True))
    assert (await come_back(story, front)).path == "/muligheder"


async def test_a_new_letter_in_the_middle_loses_nothing_either(story: Story) -> None:
    page = await story.confirm(await story.choose())
    await CourseCode.filter(plan_id=story.plan.id).update(revoked_at=NOW)
    front = await story.visitor.submit(page, "/book", samtykke="ja", email=EMAIL)
    assert "gælder ikke mere" in front.words
    # The header leads to no page that would lead back here, however the visitor came.
    for page in (front, await story.visitor.get("/"), await story.visitor.post("/kode", kode="x")):
        assert not page.all("a", href="/min-tid") + page.all("a", href="/muligheder")
    assert "gælder ikke mere" in (await story.visitor.get("/")).words
    story.codes = await a_code(story.plan)
    assert (await come_back(story, front)).field("email").get("value") == EMAIL


@pytest.mark.parametrize("whose", ["", "x" * 100], ids=["without a page of ours", "made up"])
async def test_nothing_is_kept_for_who_never_had_the_page(visitor: Visitor, whose: str) -> None:
    page = await visitor.post("/book", sag=whose, slot="1", email=EMAIL)
    assert (page.path, await Session.all().count()) == ("/", 0)


async def test_a_form_is_not_taken_for_another_plan(story: Story) -> None:
    """Two plans, one after the other, in two tabs of one browser."""
    page = await story.confirm(await story.choose())
    other = await a_plan()
    codes: LetterCodes = await a_code(other)
    await story.visitor.post("/kode", kode=codes.code)
    await story.visitor.post("/bekraeft", **BORN, kontrolkode=codes.access_code)
    page = await story.visitor.submit(page, "/book", samtykke="ja", email=EMAIL)
    assert (page.status, page.links()["Se dine muligheder"]) == (409, "/muligheder")
    assert "Et andet forløb er åbnet i denne browser" in page.words
    assert await Booking.all().count() == 0
    assert await contact_of(other.id, VAULT) == Addresses()


async def test_a_helpers_name_waits_at_the_second_factor_and_no_secret_does(story: Story, clock: Clock) -> None:
    page = await story.visitor.get("/bekraeft")
    clock.now = LATER
    front = await story.visitor.submit(
        page, "/bekraeft", navn="Datter Prøvesen", kontrolkode=story.codes.access_code, **BORN
    )
    page = await story.visitor.submit(front, "/kode", kode=story.codes.code)
    fields = {name: page.field(name).get("value") or "" for name in ("navn", "kontrolkode", "dag", "aar")}
    assert fields == {"navn": "Datter Prøvesen", "kontrolkode": "", "dag": "", "aar": ""}


async def test_every_other_form_comes_back_as_well(story: Story, clock: Clock) -> None:
    """Waiting, being rung, transport, where to write, and why a time is cancelled."""
    visitor, empty = story.visitor, str((await a_site(name="Uden tid")).pk)
    await visitor.get("/bekraeft")
    await visitor.post("/bekraeft", **BORN, kontrolkode=story.codes.access_code)

    async def late(address: str, action: str, **fields: str) -> Page:
        page = await visitor.get(address)
        clock.now += timedelta(minutes=40)
        page = await come_back(story, await visitor.submit(page, action, **fields))
        assert AGAIN in page.words, action
        return page

    page = await late(f"/ingen-tid?sted={empty}", "/ingen-tid/besked", hvor="sted", dag="2", email=EMAIL)
    assert page.field("email").get("value") == EMAIL
    assert ticked(page, "dag") == ["2"]
    page = await late("/ingen-tid", "/ingen-tid/opkald", telefon="12 34")
    assert page.field("telefon").get("value") == "12 34"
    assert await Watch.all().count() + await CallBack.all().count() == 0
    page = await late(f"/koersel?sted={empty}", "/koersel", pensionist="ja", bustog="nej", pris="12x")
    assert [ticked(page, name) for name in ("pensionist", "bustog")] == [["ja"], ["nej"]]
    assert (page.field("pris").get("value"), page.field("sted").get("value")) == ("12x", empty)
    assert (await late("/min-tid/kontakt", "/min-tid/kontakt", email="x@")).field("email").get("value") == "x@"
    await story.book()
    page = await late("/min-tid/aflys", "/min-tid/aflys", aarsag=ILL)
    assert ticked(page, "aarsag") == [ILL]
