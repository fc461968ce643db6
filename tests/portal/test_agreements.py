"""The approver at work: the worklist with its clock, one site, a decision, what ends, and who has forgotten."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio
from starlette.applications import Starlette

from matching.booking import book
from providers.accounts import Post
from providers.actors import CITIZEN, Actor
from providers.approving import EvidenceFile, apply
from providers.database import fetch_value
from providers.models import Approval, Evidence, Site
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.counting import statements
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import NOW, POLICY, TODAY, VAULT, a_citizen, a_plan, a_practitioner, a_site, an_approval

PAPER = EvidenceFile("kursusbevis", "pdf", b"%PDF-1.4 %%EOF")


@pytest_asyncio.fixture(scope="module")
async def app(databases: Databases) -> AsyncIterator[Starlette]:
    async with databases.fresh() as url, running_app(url, Clock()) as app:
        yield app


@pytest_asyncio.fixture(scope="module")
async def approver(app: Starlette) -> Visitor:
    visitor = at_a_browser(app)
    await sign_in_as(visitor, await a_colleague(Post(Role.APPROVER)))
    return visitor


async def an_application(site: Site, *, days_ago: int = 0, level: int = 5) -> int:
    owner = Actor("account:0", Role.CLINIC_OWNER, scope=Post(Role.CLINIC_OWNER, provider=site.provider_id).scope)
    asked = NOW - timedelta(days=days_ago)
    return await apply(
        site.pk, level, wished_from=TODAY, note="Vi kan.", files=[PAPER], actor=owner, now=asked, vault=VAULT
    )


def som(page: Page) -> str:
    return page.all("input", name="som")[0].get("value") or ""


async def test_the_worklist_has_the_oldest_first_and_its_clock(approver: Visitor) -> None:
    young, old = await a_site("private"), await a_site("private")
    await an_application(young, days_ago=29)
    await an_application(old, days_ago=31)
    page = await approver.get("/aftaler")
    assert page.words.index(old.name) < page.words.index(young.name)
    assert ("Overskredet for 1 dag siden" in page.words, "I morgen" in page.words) == (True, True)
    other = await approver.get("/aftaler", tilstand="approved")
    assert young.name in other.words
    assert (await approver.get("/aftaler", tilstand="x", efter="-1")).heading == "Ansøgninger"


async def test_an_application_is_read_and_approved_and_the_site_can_be_found(approver: Visitor) -> None:
    site = await a_site("private", package_levels=(), slots=[NOW + timedelta(days=2)])
    number = await an_application(site)
    here = f"/aftaler/godkendelser/{number}"
    page = await approver.get(here)
    assert ("Vi kan." in page.words, "kursusbevis.pdf" in page.words) == (True, True)
    paper = await Evidence.get(approval_id=number)
    answer = await approver.client.get(f"/aftaler/bevis/{paper.id}")
    assert (answer.content, answer.headers["Content-Disposition"][:10]) == (PAPER.content, "attachment")
    refused = await approver.submit(page, f"{here}/godkend", fra="2026-12-02", til="2026-12-01")
    assert (refused.status, [field for _, field in refused.problems]) == (400, ["til"])
    refused = await approver.submit(refused, f"{here}/godkend", fra="31.2.2026", til="")
    assert [field for _, field in refused.problems] == ["fra"]
    done = await approver.submit(refused, f"{here}/godkend", fra=TODAY.isoformat(), til="")
    assert "Godkendelsen gælder." in done.words
    assert await fetch_value("SELECT count(*) FROM offer WHERE site_id = $1 AND next_free IS NOT NULL", site.pk) == 1
    refused = await approver.submit(done, f"{here}/bero")
    assert (refused.status, [field for _, field in refused.problems]) == (400, ["grund-bero"])
    assert (await approver.post(f"{here}/vrøvl", som=som(done))).status == 404


async def test_overlapping_days_are_one_clear_sentence_and_what_was_typed_stays(approver: Visitor) -> None:
    site = await a_site("private", package_levels=(5,))
    number = await an_application(site)
    page = await approver.get(f"/aftaler/godkendelser/{number}")
    refused = await approver.submit(page, f"/aftaler/godkendelser/{number}/godkend", fra="2026-12-01", til="2027-12-01")
    ((sentence, field),) = refused.problems
    assert (refused.status, field, sentence.startswith("Stedet er allerede godkendt til det")) == (409, "fra", True)
    assert (refused.field("fra").get("value"), (await Approval.get(id=number)).state) == ("2026-12-01", "applied")


async def test_supervision_is_written_down_and_an_authorisation_looked_up(approver: Visitor) -> None:
    site = await a_site("private", profession=None)
    person = await a_practitioner(site, checked_at=None)
    here = f"/aftaler/steder/{site.pk}"
    page = await approver.get(here)
    assert f"{person.authorisation_id} Ikke set efter endnu" in page.words
    assert f"{person.name} {site.name}" in (await approver.get("/aftaler/autorisationer")).words
    page = await approver.submit(page, f"{here}/autorisation")
    assert person.name not in (await approver.get("/aftaler/autorisationer")).words
    assert "Autorisationen er noteret som set efter." in page.words
    refused = await approver.submit(page, f"{here}/tilsyn")
    assert [field for _, field in refused.problems] == ["tilsyn"]
    page = await approver.submit(refused, f"{here}/tilsyn", tilsyn="Set <b>på</b> stedet.")
    assert "Set <b>på</b> stedet." in page.words
    for strange in ("0", "x", str(2**31)):
        assert (await approver.get(f"/aftaler/steder/{strange}")).status == 404
        assert (await approver.get(f"/aftaler/godkendelser/{strange}")).status == 404
        assert (await approver.get(f"/aftaler/bevis/{strange}")).status == 404


async def test_what_ends_and_who_has_forgotten_is_listed(approver: Visitor) -> None:
    ending, forgotten = await a_site("private"), await a_site("private", confirmed_at=NOW - POLICY.stale_after * 2)
    await an_approval(ending, 8, valid_to=TODAY + timedelta(days=7))
    page = await approver.get("/aftaler/udloeber")
    assert (ending.name in page.words, "Udløber om 7 dage" in page.words, forgotten.name in page.words) == (
        True,
        True,
        False,
    )
    page = await approver.get("/aftaler/glemte")
    assert (forgotten.name in page.words, "Kan ikke vælges" in page.words, ending.name in page.words) == (
        True,
        True,
        False,
    )
    found = await approver.get("/aftaler/steder", q=forgotten.name.upper())
    assert forgotten.name in found.links()
    assert ending.name not in found.links()


async def test_the_approver_never_sees_a_citizen(app: Starlette, approver: Visitor) -> None:
    """Nobody's case, name or time is on any page, and no page so much as asks a table that has them."""
    citizen = a_citizen(name="Borghild Borger")
    site = await a_site("private", contract_with="0101", slots=[NOW + timedelta(days=2)])
    plan = await a_plan(citizen=citizen)
    slot = await site.slots.all().first()
    assert slot
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    number = await an_application(site)
    paths = [
        "/aftaler",
        "/aftaler/autorisationer",
        "/aftaler/udloeber",
        "/aftaler/glemte",
        "/aftaler/steder",
        f"/aftaler/steder/{site.pk}",
    ]
    async with statements() as sent:
        pages = [await approver.get(path) for path in [*paths, f"/aftaler/godkendelser/{number}"]]
        await approver.submit(pages[-1], f"/aftaler/godkendelser/{number}/godkend", fra="2026-12-01")
    words = " ".join(page.words for page in pages)
    assert not [secret for secret in (citizen.name, citizen.cpr, plan.case_reference) if secret in words]
    assert len(sent) > 20
    asked = {
        table
        for table in ("plan", "booking", "case_event", "hold", "contact")
        for query in sent
        if f"FROM {table} " in query or f"JOIN {table} " in query or f'"{table}"' in query
    }
    assert asked == set()
