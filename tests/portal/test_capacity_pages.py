"""A planner keeps a site's times: the week, the weekly times with a look before, and days that are closed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest_asyncio

from providers.accounts import Post
from providers.models import Closure, OpeningPattern, Site, Slot
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.courses import a_treated
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, KNEE_BASIC, a_site, an_approval

TIMES, PATTERNS, CLOSED = "/klinik/tider", "/klinik/tider/faste", "/klinik/tider/lukkedage"
WEEKLY_STARTS = "/klinik/tider/uger"


@dataclass
class Planner:
    visitor: Visitor
    site: Site


@pytest_asyncio.fixture(scope="module")
async def planner(databases: Databases) -> AsyncIterator[Planner]:
    async with databases.fresh() as url, running_app(url, Clock(), requests_per_minute=0) as app:
        site = await a_site("private", contract_with=HOME)
        visitor = at_a_browser(app)
        await sign_in_as(visitor, await a_colleague(Post(Role.PLANNER, provider=site.provider_id)))
        yield Planner(visitor, site)


def som(page: Page) -> str:
    """As what the page was shown."""
    return next(field.get("value") or "" for field in page.all("input", name="som"))


async def test_a_time_is_added_closed_and_opened_again(planner: Planner) -> None:
    visitor = planner.visitor
    page = await visitor.get(TIMES, uge="2026-12-16")
    again = await visitor.submit(page, f"{TIMES}/ny", dag="2026-12-16", klokken="halv ti")
    assert [field for _, field in again.problems] == ["klokken"]
    page = await visitor.submit(page, f"{TIMES}/ny", dag="2026-12-16", klokken="9.30", pladser="6", form="group")
    assert "09.30 På hold, 45 minutter 0 af 6 optaget" in page.words
    closed = await visitor.submit(page, f"{TIMES}/luk")
    assert "Lukket" in closed.words
    slot = await Slot.filter(site_id=planner.site.pk, closed_seats=6).get()
    opened = await visitor.post(f"{TIMES}/aabn", som=som(closed), tid=str(slot.id), uge="2026-12-16")
    assert "Tiden er åben igen" in opened.words
    assert (await Slot.get(id=slot.id)).seats == 6


async def test_the_weekly_times_say_first_what_they_would_do(planner: Planner) -> None:
    visitor = planner.visitor
    page = await visitor.get(PATTERNS)
    before = await Slot.all().count()
    refused = await visitor.submit(page, f"{PATTERNS}/se", fra="22.00", til="02.00", hvem="Nat")
    assert [field for _, field in refused.problems] == ["fra"]
    assert any(field.get("value") == "Nat" for field in refused.tree.iter("input"))
    look = await visitor.submit(page, f"{PATTERNS}/se", fra="8", til="9.30", frem="14")
    assert look.status == 400
    look = await visitor.submit(page, f"{PATTERNS}/se", fra="8.00", til="9.30", frem="14")
    assert "4 nye tider bliver lagt ind." in look.words
    assert await Slot.all().count() == before
    saved = await visitor.submit(look, f"{PATTERNS}/gem")
    assert "Mandag 08.00–09.30" in saved.words
    assert await Slot.all().count() == before + 4
    twice = await visitor.submit(page, f"{PATTERNS}/se", fra="9.00", til="10.00", frem="14")
    assert twice.status == 409


async def test_weekly_times_are_kept_for_the_packages_that_are_ticked(planner: Planner) -> None:
    visitor, site = planner.visitor, await a_site(provider=await planner.site.provider)
    page = await visitor.get(PATTERNS, sted=str(site.pk))
    assert not page.all("input", name="pakker"), "a site that delivers one thing has nothing to choose"
    await an_approval(site, KNEE_BASIC + 1)
    page = await visitor.get(PATTERNS, sted=str(site.pk))
    assert [box.get("value") for box in page.all("input", name="pakker")] == ["4", "5"]
    clock = {"ugedag": "5", "fra": "8.00", "til": "9.30", "minutter": "45", "pause": "0", "form": "individual"}
    more = {"pladser": "1", "hvem": "Lørdag", "foerste": "16.11.2026", "sidste": "", "varsel": "0", "frem": "7"}
    sent = clock | more | {"sted": str(site.pk), "erstatter": "", "som": som(page)}
    look = await visitor.post(f"{PATTERNS}/se", **sent, pakker="5")
    saved = await visitor.submit(look, f"{PATTERNS}/gem")
    assert "Lørdag, kun 01 Underekstremitet, kirurgisk · Avanceret" in saved.words
    pattern = await OpeningPattern.get(weekday=5)
    assert {tuple(slot.package_levels or ()) for slot in await Slot.filter(pattern_id=pattern.id)} == {(5,)}
    edited = await visitor.get(PATTERNS, sted=str(site.pk), ret=str(pattern.id))
    assert [box.get("value") for box in edited.all("input", name="pakker") if box.get("checked") is not None] == ["5"]
    refused = await visitor.post(f"{PATTERNS}/se", **sent, pakker="4,77")
    assert [field for _, field in refused.problems] == ["pakker"]


async def test_ill_today_closes_the_day_and_leads_to_those_who_come(planner: Planner) -> None:
    treated = await a_treated(planner.site)
    holiday = await planner.visitor.get(CLOSED)
    assert "25. december 2026" in holiday.words
    slot = await Slot.get(id=treated.booking.slot_id)
    look = await planner.visitor.post(f"{TIMES}/luk", som=som(holiday), tid=str(slot.id), uge="2026-11-17")
    assert "1 borger har en tid tirsdag den 17. november" in look.words
    assert (await Slot.get(id=slot.id)).closed_seats is None
    await planner.visitor.submit(look, f"{TIMES}/luk")
    assert (await Slot.get(id=slot.id)).closed_seats == 1
    before = await planner.visitor.post(CLOSED, som=som(holiday), foerste="17.11.2026")
    assert "og beholder den" in before.words
    assert await Closure.filter(site_id=planner.site.pk).count() == 0
    page = await planner.visitor.submit(before, CLOSED)
    assert "1 borgere har allerede en tid" in page.words
    assert page.all("a", href=f"/klinik/forloeb/{treated.plan.id}")
    ill = await planner.visitor.get(f"{TIMES}/syg")
    closed = await planner.visitor.submit(ill, f"{TIMES}/syg")
    assert closed.path == "/klinik/i-dag"
    assert await Closure.filter(site_id=planner.site.pk).count() == 2


async def test_a_site_without_a_calendar_says_how_many_can_begin_in_a_week(planner: Planner) -> None:
    visitor, site = planner.visitor, await a_site(provider=await planner.site.provider)
    page = await visitor.get(WEEKLY_STARTS, sted=str(site.pk))
    assert "I har ikke sagt, hvor mange nye I kan tage om ugen her." in page.words
    refused = await visitor.submit(page, f"{WEEKLY_STARTS}/se", antal="nogle", varsel="2")
    assert [field for _, field in refused.problems] == ["antal"]
    assert any(field.get("value") == "nogle" for field in refused.tree.iter("input"))
    look = await visitor.submit(page, f"{WEEKLY_STARTS}/se", antal="3", frem="2")
    assert "2 nye tider bliver lagt ind." in look.words
    assert not await Slot.exists(site_id=site.pk)
    saved = await visitor.submit(look, f"{WEEKLY_STARTS}/gem")
    assert "3 nye om ugen Individuel, 45 minutter, fra 16. november 2026" in saved.words
    sent = {"antal": "1", "form": "individual", "minutter": "45", "varsel": "3", "frem": "2"}
    twice = await visitor.post(f"{WEEKLY_STARTS}/se", som=som(saved), sted=str(site.pk), **sent)
    assert twice.status == 409
    line = await OpeningPattern.get(site_id=site.pk)
    edited = await visitor.get(WEEKLY_STARTS, sted=str(site.pk), ret=str(line.id))
    assert any(field.get("value") == "3" for field in edited.all("input", name="antal"))
    week = await visitor.get(TIMES, sted=str(site.pk), uge="2026-11-27")
    assert "Efter aftale Individuel, 45 minutter 0 af 3 optaget" in week.words
    ended = await visitor.post(
        f"{WEEKLY_STARTS}/se", som=som(edited), sted=str(site.pk), erstatter=str(line.id), slet="ja"
    )
    assert "2 ledige tider bliver lukket." in ended.words
