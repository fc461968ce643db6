"""An owner at work: a clinic registers, creates its site, applies with papers, answers, and says "still right"."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zlib import compress

import pytest_asyncio
from starlette.applications import Starlette

from matching.finding import Search, find
from matching.finding.terms import terms_of_anybody
from portal.assets import asset_url
from portal.uploads import MEGABYTE
from providers.accounts import Post, add_membership, memberships_of
from providers.actors import SYSTEM, Actor
from providers.approving import Decision, decide
from providers.database import fetch_value
from providers.geography import Projected, project
from providers.models import Approval, Evidence, Practitioner, Provider, Site
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor, text
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import CITY_HALL, HOME, LEVEL, NOW, PACKAGE, POLICY, TODAY, VAULT, a_provider, a_site

PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF"
BOMB = (
    b"%PDF-1.4\n1 0 obj <</Filter /FlateDecode>> stream\n" + compress(bytes(65 * MEGABYTE), 1) + b"\nendstream\n%%EOF"
)
APPROVER = Actor("account:0", Role.APPROVER)


@pytest_asyncio.fixture(scope="module")
async def app(databases: Databases) -> AsyncIterator[Starlette]:
    async with databases.fresh() as url, running_app(url, Clock(), message_folder=Path("nowhere")) as app:
        yield app


async def at_work(app: Starlette, role: Role, provider: Provider) -> Visitor:
    visitor = at_a_browser(app)
    await sign_in_as(visitor, await a_colleague(Post(role, provider=provider.pk)))
    return visitor


async def send_files(visitor: Visitor, page: Page, action: str, *files: bytes, **fields: str) -> Page:
    """Send a form of a page with files."""
    som = page.all("input", name="som")[0].get("value")
    sent = [("filer", (f"bevis {number}.exe", content)) for number, content in enumerate(files)]
    data: dict[str, Any] = {"som": som, **fields}
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = await visitor.client.post(action, data=data, files=sent, headers=headers, follow_redirects=True)
    return visitor._page(answer)


async def test_a_clinic_registers_and_learns_nothing_of_others(app: Starlette) -> None:
    visitor, known = at_a_browser(app), await a_provider("private")
    await Provider.filter(id=known.pk).update(cvr="99999985")
    await a_colleague(Post(Role.CLINIC_OWNER, provider=known.pk), with_app=False)
    page = await visitor.get("/klinik/tilmeld")
    refused = await visitor.submit(page, "/klinik/tilmeld", cvr="99999994", navn="Ny (demo)", email="ny@klinik.example")
    assert (refused.status, [field for _, field in refused.problems]) == (400, ["cvr"])
    assert refused.field("navn").get("value") == "Ny (demo)"
    answers = [await visitor.submit(refused, "/klinik/tilmeld", cvr=cvr) for cvr in ("99999993", "99999985")]
    assert [page.path for page in answers] == ["/klinik/tilmeldt"] * 2
    assert answers[0].words == answers[1].words
    assert await fetch_value("SELECT count(*) FROM message WHERE template = 'owner_invited'") == 1


async def test_the_first_site_is_created_and_a_point_at_sea_is_not(app: Starlette) -> None:
    owner = await at_work(app, Role.CLINIC_OWNER, await a_provider("private"))
    page = await owner.get("/klinik/steder")
    assert "I har ingen steder endnu." in page.words
    page = await owner.get("/klinik/steder/nyt")
    (box,) = page.all("div", id="punkt")
    assert (box.get("data-tiles"), box.get("data-coast")) == ("", asset_url("coast.json"))
    assert all(page.all("script", src=asset_url(name)) for name in ("leaflet.js", "map.js", "point.js"))
    typed = {"navn": "Ny klinik", "vej": "Prøvevej 1", "postnummer": "1050", "bredde": "55,70", "laengde": "12,70"}
    refused = await owner.submit(page, "/klinik/steder/nyt", **typed)
    ((sentence, field),) = refused.problems
    assert (refused.status, field, "km fra 1050 København K" in sentence) == (400, "bredde", True)
    assert refused.field("navn").get("value") == "Ny klinik"
    page = await owner.submit(refused, "/klinik/steder/nyt", bredde="55,676", laengde="12,57", doer="85")
    assert ("Smalleste dør 85 cm" in page.words, page.heading) == (True, "Ny klinik")
    site = await Site.get(name="Ny klinik")
    here = f"/klinik/steder/{site.pk}"
    page = await owner.submit(
        await owner.get(f"{here}/personale"), f"{here}/personale", navn="Tea", autorisation="aeiou"
    )
    assert [field for _, field in page.problems] == ["fag"]
    page = await owner.post(
        f"{here}/personale",
        som=page.all("input", name="som")[0].get("value"),
        navn="Tea",
        fag="5151",
        opgave="therapist",
        autorisation="BCD12",
    )
    assert "bcd12 Ikke set efter endnu" in page.words
    leaving = page.links()["Arbejder her ikke mere: Tea"]
    page = await owner.submit(await owner.get(leaving), f"{here}/personale/fjern")
    assert await Practitioner.filter(site_id=site.pk, withdrawn_at=None).count() == 0
    page = await owner.submit(await owner.get(f"{here}/oplysninger"), f"{here}/oplysninger", telefontid="Mandag 8-9")
    assert "Mandag 8-9" in page.words


async def test_an_application_goes_back_and_forth_and_its_reason_is_read(app: Starlette) -> None:
    site = await a_site("private")
    provider = await Provider.get(id=site.provider_id)
    owner, planner = await at_work(app, Role.CLINIC_OWNER, provider), await at_work(app, Role.PLANNER, provider)
    stranger = await at_work(app, Role.CLINIC_OWNER, await a_provider("private"))
    form = f"/klinik/steder/{site.pk}/ansoeg"
    asked = {"pakke": "5", "fra": TODAY.isoformat(), "note": "Vi kan."}
    page = await send_files(owner, await owner.get(form), form, PDF, **asked)
    approval = await Approval.get(site_id=site.pk, package_level_id=5)
    here = f"/klinik/godkendelser/{approval.pk}"
    assert (page.path, "bevis 0.pdf" in page.words) == (here, True)
    await decide(approval.pk, Decision.RETURN, reason="Vis et bevis mere.", actor=APPROVER, now=NOW)
    page = await owner.get(here)
    assert "Vis et bevis mere." in page.words
    refused = await owner.submit(page, here)
    assert [field for _, field in refused.problems] == ["note"]
    again = await send_files(at_a_browser(app), refused, here, PDF, note="Her er\ndet.")
    assert (again.status, text(again.one("textarea"))) == (401, "Her er det.")
    assert "Du havde valgt bevis 0." in again.words
    assert (again.form(here).get("enctype"), again.field("filer").get("type")) == ("multipart/form-data", "file")
    page = await send_files(owner, again, here, PDF, note=again.field("note").get("value") or "")
    assert ("Svaret er sendt" in page.words, await Evidence.filter(approval_id=approval.pk).count()) == (True, 2)
    paper = await Evidence.filter(approval_id=approval.pk).first()
    assert paper
    assert (await owner.client.get(f"/klinik/bevis/{paper.id}")).content == PDF
    assert (await planner.get(here)).status == 200
    assert "bevis 0.pdf" not in (await planner.get(here)).words
    assert (await planner.get(f"/klinik/bevis/{paper.id}")).status == 403
    for strange in (here, f"/klinik/bevis/{paper.id}", f"/klinik/steder/{site.pk}", form):
        assert (await stranger.get(strange)).status == 404
    assert (await stranger.get(form)).links()["Gå til arbejdet"] == "/klinik"


BAD_FILES = [
    ((b"MZ\0\0",), 400, "kan ikke bruges her"),
    ((BOMB,), 400, "kan ikke bruges: den er i stykker"),
    ((PDF, PDF, PDF, PDF), 400, "højst 3 filer"),
    ((PDF + bytes(10 * MEGABYTE),), 413, "er for stor"),
]


async def test_a_bad_file_is_one_sentence_and_no_application(app: Starlette) -> None:
    site = await a_site("private")
    owner = await at_work(app, Role.CLINIC_OWNER, await Provider.get(id=site.provider_id))
    form = f"/klinik/steder/{site.pk}/ansoeg"
    page = await owner.get(form)
    for files, status, says in BAD_FILES:
        page = await send_files(owner, page, form, *files, pakke="5", fra=TODAY.isoformat(), note="Behold")
        ((sentence, field),) = page.problems
        assert (page.status, field, says in sentence) == (status, "filer", True)
        assert ("Behold" in (page.one("textarea").text or ""), "så vælg dem igen." in page.words) == (True, True)
    assert await Approval.filter(site_id=site.pk).count() == 1


async def test_one_press_makes_a_forgotten_site_bookable_at_once(app: Starlette) -> None:
    forgotten = NOW - POLICY.stale_after - timedelta(days=1)
    site = await a_site("private", confirmed_at=forgotten, slots=[NOW + timedelta(days=2)])
    planner = await at_work(app, Role.PLANNER, await Provider.get(id=site.provider_id))
    here: Projected = await project(*CITY_HALL)

    async def found() -> list[int]:
        terms = terms_of_anybody(PACKAGE, LEVEL, HOME, NOW, POLICY)
        return [match.site_id for match in (await find(Search(terms, here, None, 50, None))).items]

    assert site.pk not in await found()
    page = await planner.get("/klinik/steder")
    assert "Kan ikke vælges" in page.words
    page = await planner.submit(page, "/klinik/steder/rigtigt")
    assert ("Tak. Tiderne er bekræftet i dag." in page.words, "Kan ikke vælges" in page.words) == (True, False)
    assert site.pk in await found()


async def test_somebody_at_two_clinics_sees_the_one_they_act_for(app: Starlette) -> None:
    mine, other = await a_site("private"), await a_site("private")
    colleague, visitor = await a_colleague(Post(Role.PLANNER, provider=mine.provider_id)), at_a_browser(app)
    post = Post(Role.CLINIC_OWNER, provider=other.provider_id)
    await add_membership(colleague.account_id, post, actor=SYSTEM, now=NOW)
    page = await sign_in_as(visitor, colleague)
    first, second = [member.membership_id for member in await memberships_of(colleague.account_id, NOW)]
    for number, own, strange in ((first, mine, other), (second, other, mine)):
        await visitor.submit(await visitor.get("/mig"), "/mig/rolle", rolle=str(number))
        words = (await visitor.get("/klinik/steder")).words
        assert (own.name in words, strange.name in words) == (True, False)
        statuses = [(await visitor.get(f"/klinik/steder/{site.pk}")).status for site in (own, strange)]
        assert statuses == [200, 404]
    assert page.path == "/mig"


async def test_a_planner_is_invited_by_mail(app: Starlette) -> None:
    owner = await at_work(app, Role.CLINIC_OWNER, await a_provider("private"))
    page = await owner.get("/medarbejdere/inviter")
    page = await owner.submit(page, "/medarbejdere/inviter", email="ny@planlaegger.example", rolle="planner")
    assert "Vi sender linket til ny@planlaegger.example med e-mail." in page.words
    sealed = await fetch_value("SELECT content FROM message WHERE template = 'invited'")
    assert b'"email":"ny@planlaegger.example"' in VAULT.open(sealed)
