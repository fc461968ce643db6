"""The people of an organisation: seen, invited and helped by whoever appoints them, at their browsers."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pyotp import TOTP
from starlette.applications import Starlette

from matching.models import AuditEntry
from providers.accounts import Post
from providers.models import Invitation
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor, text
from tests.support.staff import OPERATOR, PASSWORD, STEP, Colleague, a_colleague
from tests.support.staff_pages import at_a_browser, session_of, show_password, sign_in_as
from tests.support.worlds import HOME, NOW, a_provider

NEW = "fem helt andre ord til i dag"


CLOCK = Clock()


@pytest.fixture
def clock() -> Clock:
    """Nobody has set it forward yet."""
    CLOCK.now = NOW
    return CLOCK


@pytest_asyncio.fixture(scope="module")
async def shared_app(databases: Databases) -> AsyncIterator[Starlette]:
    async with databases.fresh() as url, running_app(url, CLOCK) as app:
        yield app


@pytest.fixture
def app(shared_app: Starlette, clock: Clock) -> Starlette:
    return shared_app


async def at_work(app: Starlette, post: Post) -> Visitor:
    visitor = at_a_browser(app)
    await sign_in_as(visitor, await a_colleague(post))
    return visitor


async def manager(app: Starlette) -> Visitor:
    return await at_work(app, Post(Role.MANAGER, municipality=HOME))


def shown(page: Page) -> str:
    """The path of the link that stands on the page."""
    (link,) = page.all("code")
    return text(link).removeprefix("http://localhost:8000")


async def last_entry() -> tuple[str, str | None, str]:
    entry = await AuditEntry.filter(purpose="sign_in").order_by("-id").first()
    assert entry
    return entry.action, entry.criterion, entry.role


async def test_a_manager_sees_the_municipality_s_people_only(app: Starlette) -> None:
    clinic = await a_provider("private")
    mine = await a_colleague(Post(Role.VISITATOR, municipality=HOME), with_app=False)
    theirs = await a_colleague(Post(Role.VISITATOR, municipality="0147"), with_app=False)
    visitor, owner = await manager(app), await at_work(app, Post(Role.CLINIC_OWNER, provider=clinic.pk))
    page = await visitor.get("/medarbejdere")
    assert (mine.email in page.words, theirs.email in page.words) == (True, False)
    assert "Visitator, Københavns Kommune" in page.words
    assert mine.email not in (await owner.get("/medarbejdere")).words
    found = await visitor.get("/medarbejdere", q=mine.email[:12].upper())
    assert mine.email in found.words
    for strange in (theirs.account_id, 0, "x", 2**31, "²"):
        assert (await visitor.get(f"/medarbejdere/{strange}")).status == 404
    everywhere = await at_work(app, OPERATOR)
    assert theirs.email in (await everywhere.get("/medarbejdere", q=theirs.email)).words


async def test_an_invitation_is_made_shown_once_taken_or_withdrawn(app: Starlette) -> None:
    visitor = await manager(app)
    page = await visitor.get("/medarbejdere/inviter")
    refused = await visitor.submit(page, "/medarbejdere/inviter", email="ingen", rolle="visitator")
    assert [field for _, field in refused.problems] == ["email"]
    refused = await visitor.post(
        "/medarbejdere/inviter", som=page.field("som").get("value"), email="ny@kommune.example", rolle="operator"
    )
    assert (refused.status, [field for _, field in refused.problems]) == (403, ["rolle"])
    assert await Invitation.filter(email="ny@kommune.example").count() == 0
    page = await visitor.submit(refused, "/medarbejdere/inviter", email="ny@kommune.example", rolle="visitator")
    link, newcomer = shown(page), at_a_browser(app)
    assert (await last_entry())[0] == "invitation_made"
    assert "Visitator, Københavns Kommune" in (await newcomer.get(link)).words
    page = await visitor.submit(await visitor.get("/medarbejdere"), "/medarbejdere/traek")
    assert "Invitationen er trukket tilbage." in page.words
    assert (await newcomer.get(link)).status == 404


async def test_an_operator_invites_to_any_organisation(app: Starlette) -> None:
    visitor, clinic = await at_work(app, OPERATOR), await a_provider("private")
    page = await visitor.get("/medarbejdere/inviter")
    form = {"email": "ejer@klinik.example", "rolle": "clinic_owner"}
    refused = await visitor.submit(page, "/medarbejdere/inviter", **form, cvr="12345678")
    assert [field for _, field in refused.problems] == ["cvr"]
    page = await visitor.submit(refused, "/medarbejdere/inviter", **form, cvr=f"DK {clinic.cvr}")
    assert f"Klinikejer, {clinic.name}" in (await at_a_browser(app).get(shown(page))).words
    page = await visitor.get("/medarbejdere/inviter")
    refused = await visitor.submit(page, "/medarbejdere/inviter", email="l@kommune.example", rolle="manager")
    assert [field for _, field in refused.problems] == ["kommune"]
    page = await visitor.submit(page, "/medarbejdere/inviter", email="l@x.example", rolle="manager", kommune="0147")
    assert "Leder i kommunen, Frederiksberg Kommune" in (await at_a_browser(app).get(shown(page))).words


async def test_a_forgotten_password_is_chosen_anew_by_a_link(app: Starlette) -> None:
    visitor, colleague, owner = await manager(app), await a_colleague(), at_a_browser(app)
    page = await visitor.get(f"/medarbejdere/{colleague.account_id}")
    page = await visitor.submit(page, f"/medarbejdere/{colleague.account_id}/adgangskode")
    assert await last_entry() == ("password_reset_begun", f"account:{colleague.account_id}", "manager")
    link = shown(page)
    page = await owner.get(link)
    assert (page.path, colleague.email in page.words) == ("/nulstil", True)
    page = await owner.submit(page, "/nulstil", adgangskode="kort")
    assert [field for _, field in page.problems] == ["adgangskode"]
    page = await owner.submit(page, "/nulstil", adgangskode=NEW)
    assert page.path == "/ind/kode"
    page = await owner.submit(page, "/ind/kode", kode=colleague.code(NOW))
    assert page.path == "/kommune"
    page = await owner.get("/mig")
    assert "En kollega lavede et link til en ny adgangskode." in page.words
    assert (await at_a_browser(app).get(link)).status == 404


async def test_whoever_handed_out_a_link_cannot_take_the_app_as_well(app: Starlette) -> None:
    visitor, colleague = await manager(app), await a_colleague()
    here = f"/medarbejdere/{colleague.account_id}"
    link = shown(await visitor.submit(await visitor.get(here), f"{here}/adgangskode"))
    thief = at_a_browser(app)
    await thief.submit(await thief.get(link), "/nulstil", adgangskode=NEW)
    refused = await visitor.submit(await visitor.get(f"{here}/app"), f"{here}/app")
    assert (refused.status, "En kollega må nulstille dette" in refused.words) == (409, True)
    another = await manager(app)
    page = await another.submit(await another.get(f"{here}/app"), f"{here}/app")
    assert "Appen er nulstillet." in page.words
    assert await last_entry() == ("app_reset", f"account:{colleague.account_id}", "manager")


async def test_a_colleague_is_signed_out_and_loses_a_post(app: Starlette) -> None:
    visitor, colleague, away = await manager(app), await a_colleague(), at_a_browser(app)
    here = f"/medarbejdere/{colleague.account_id}"
    await sign_in_as(away, colleague)
    page = await visitor.submit(await visitor.get(here), f"{here}/besoeg")
    assert "Personen er logget ud overalt." in page.words
    assert (await away.get("/mig")).path == "/ind"
    page = await visitor.submit(page, f"{here}/rolle")
    assert ("Rollen er taget fra personen." in page.words, (await visitor.get(here)).status) == (True, 404)


async def key_on(page: Page) -> TOTP:
    """The key as text, which the picture beside it holds too."""
    (picture,) = page.all("img", class_="qr")
    assert (picture.get("src") or "").startswith("data:image/svg+xml")
    return TOTP(text(page.all("code")[0]).replace(" ", ""))


async def prove(visitor: Visitor, colleague: Colleague, what: str, code: str, password: str = PASSWORD) -> Page:
    page = await visitor.get("/mig")
    assert page.form("/mig/noegler") is not None
    return await visitor.post("/mig/noegler", adgangskode=password, kode=code, goer=what)


async def test_a_new_app_takes_over_after_both_factors_were_shown_again(app: Starlette, clock: Clock) -> None:
    colleague, visitor, other = await a_colleague(), at_a_browser(app), at_a_browser(app)
    await sign_in_as(visitor, colleague)
    clock.now += STEP
    await sign_in_as(other, colleague, now=clock.now)
    clock.now += STEP
    before = session_of(visitor)
    page = await prove(visitor, colleague, "app", colleague.code(clock.now), password="et helt andet kodeord")
    assert (page.status, [field for _, field in page.problems]) == (401, ["adgangskode"])
    page = await prove(visitor, colleague, "app", "000000")
    assert (page.status, [field for _, field in page.problems]) == (401, ["kode"])
    assert (await visitor.post("/mig/app", kode="000000")).status == 400
    page = await prove(visitor, colleague, "app", colleague.code(clock.now))
    assert session_of(visitor) != before
    new = await key_on(page)
    refused = await visitor.submit(page, "/mig/app", kode="000000")
    assert [field for _, field in refused.problems] == ["kode"]
    page = await visitor.submit(refused, "/mig/app", kode=new.at(clock.now))
    assert len(page.all("code")) == 10
    assert ((await visitor.get("/mig")).path, (await other.get("/mig")).path) == ("/mig", "/ind")
    clock.now += STEP
    page = await show_password(other, colleague)
    assert (await other.submit(page, "/ind/kode", kode=colleague.code(clock.now))).status == 401
    assert (await other.submit(page, "/ind/kode", kode=new.at(clock.now))).path == "/kommune"


async def test_new_recovery_codes_kill_the_old_ones(app: Starlette, clock: Clock) -> None:
    colleague, visitor, other = await a_colleague(now=clock.now), at_a_browser(app), at_a_browser(app)
    await sign_in_as(visitor, colleague, now=clock.now)
    page = await prove(visitor, colleague, "koder", colleague.recovery_codes[0])
    codes = [text(code) for code in page.all("code")]
    assert (len(codes), set(codes) & set(colleague.recovery_codes)) == (10, set())
    page = await show_password(other, colleague)
    assert (await other.submit(page, "/ind/kode", kode=colleague.recovery_codes[1])).status == 401
    assert (await other.submit(page, "/ind/kode", kode=codes[0])).path == "/mig"
