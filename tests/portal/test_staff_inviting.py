"""Invitations and the first app; the demo's one press; and what never gets into a log or an address."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import structlog
from pyotp import TOTP
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from matching.models import AuditEntry
from portal.access import Audience
from portal.access import page as route
from providers.accounts import Post, begin_totp, memberships_of
from providers.accounts.errors import TotpNotBegun
from providers.database import fetch
from providers.demo.logins import add_logins
from providers.models import Account, Invitation, Session
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.pages import Page, Visitor, text
from tests.support.staff import PASSWORD, a_colleague, an_invitation
from tests.support.staff_pages import at_a_browser, show_password, sign_in_as
from tests.support.worlds import HOME, NOW, VAULT, a_site

GONE = "Invitationen gælder ikke længere. Bed om en ny der, hvor du skal arbejde."
MANAGER_AT_HOME = Post(Role.MANAGER, municipality=HOME)


async def key_of(visitor: Visitor, page: Page) -> TOTP:
    """What an app does with the key that a page shows."""
    shown = await visitor.submit(page, "/ind/opret/noegle")
    key = text(shown.one("code")).replace(" ", "")
    assert parse_qs(urlsplit(shown.links()["Åbn appen på denne enhed"]).query)["secret"] == [key]
    return TOTP(key)


async def test_from_the_mail_to_the_account(visitor: Visitor) -> None:
    token = await an_invitation(email="ny@kommune.example")
    page = await visitor.get(f"/invitation/{token}")
    assert (page.path, page.heading) == ("/invitation", "Du er inviteret")
    assert "Visitator, Københavns Kommune" in page.words
    assert "ny@kommune.example" in page.words
    page = await visitor.submit(page, "/invitation", navn="", adgangskode=PASSWORD)
    assert [field for _, field in page.problems] == ["navn"]
    page = await visitor.submit(page, "/invitation", navn="Nina Ny", adgangskode="kort")
    assert ([field for _, field in page.problems], page.field("navn").get("value")) == (["adgangskode"], "Nina Ny")
    page = await visitor.submit(page, "/invitation", navn="Nina Ny", adgangskode=PASSWORD)
    assert page.path == "/ind/opret"
    app = await key_of(visitor, page)
    page = await visitor.post("/ind/opret", kode="000000")
    assert (page.status, [field for _, field in page.problems]) == (401, ["kode"])
    page = await visitor.submit(page, "/ind/opret", kode=app.at(NOW))
    assert page.heading == "Gem dine engangskoder"
    codes = [text(code) for code in page.all("code")]
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[0-9a-z]{6}(-[0-9a-z]{6}){3}", code) for code in codes)
    page = await visitor.get(page.links()["Jeg har gemt koderne"])
    assert (page.path, "Nina Ny" in page.html) == ("/kommune", True)


async def test_an_invitation_is_taken_once(visitor: Visitor, portal_app: Starlette) -> None:
    token, other = await an_invitation(), at_a_browser(portal_app)
    first, second = await visitor.get(f"/invitation/{token}"), await other.get(f"/invitation/{token}")
    await visitor.submit(first, "/invitation", navn="Nina Ny", adgangskode=PASSWORD)
    late = await other.submit(second, "/invitation", navn="Oda Ond", adgangskode=PASSWORD)
    assert (late.status, GONE in late.words) == (404, True)
    again = await other.get(f"/invitation/{token}")
    assert (again.path, again.status, GONE in again.words) == ("/invitation", 404, True)
    assert await Account.all().count() == 1


async def test_looking_uses_nothing_up_and_no_invitation_is_none(visitor: Visitor) -> None:
    token = await an_invitation()
    for _ in range(3):
        assert (await visitor.get(f"/invitation/{token}")).status == 200
    assert await Invitation.filter(used_at=None).count() == 1
    for path in ("/invitation/nobodys", "/invitation/" + "x" * 200, "/invitation/%00%F0%9F%A6%B5"):
        fresh = await visitor.get(path)
        assert fresh.path == "/invitation"
    await visitor.get("/ud")


async def test_a_visit_without_invitation_has_none_to_show(visitor: Visitor) -> None:
    page = await visitor.get("/invitation")
    assert (page.status, GONE in page.words) == (404, True)


async def test_the_token_stands_nowhere_in_clear(visitor: Visitor, capsys: pytest.CaptureFixture[str]) -> None:
    token = await an_invitation()
    page = await visitor.get(f"/invitation/{token}")
    assert token not in page.html
    assert str(page.response.url).endswith("/invitation")
    page = await visitor.submit(page, "/invitation", navn="Nina Ny", adgangskode=PASSWORD)
    app = await key_of(visitor, page)
    await visitor.post("/ind/opret", kode=app.at(NOW))
    rows = [str(await fetch(f"SELECT t::text FROM {table} t")) for table in ("session", "audit_entry", "invitation")]
    said = capsys.readouterr()
    for kept in (*rows, said.out, said.err, *(str(seen.response.url) for seen in visitor.seen)):
        assert token not in kept
        assert PASSWORD not in kept
        assert app.secret not in kept
    assert not [entry for entry in await AuditEntry.all().values() if "@" in str(entry)]


async def test_a_fault_on_the_way_is_logged_without_the_token(portal_app: Starlette, visitor: Visitor) -> None:
    async def broken(request: Request) -> Response:
        raise RuntimeError

    portal_app.router.routes.insert(0, route("/invitation/{token}", broken, audience=Audience.PUBLIC, name="broken"))
    with structlog.testing.capture_logs() as logs, pytest.raises(RuntimeError):
        await visitor.client.get("/invitation/secret")
    assert [line["path"] for line in logs] == ["/invitation/…"]


async def test_whoever_has_an_account_gives_its_password(visitor: Visitor) -> None:
    colleague = await a_colleague()
    token = await an_invitation(MANAGER_AT_HOME, email=colleague.email)
    page = await visitor.get(f"/invitation/{token}")
    assert not [field for field in page.all("input") if field.get("name") == "navn"]
    page = await visitor.submit(page, "/invitation", adgangskode="noget helt andet")
    assert (page.status, [field for _, field in page.problems]) == (401, ["adgangskode"])
    page = await visitor.submit(page, "/invitation", adgangskode=PASSWORD)
    page = await visitor.submit(page, "/ind/kode", kode=colleague.code(NOW))
    assert "Leder i kommunen, Københavns Kommune" in page.words


async def test_whoever_is_signed_in_takes_it_with_one_press(visitor: Visitor) -> None:
    colleague = await a_colleague()
    await sign_in_as(visitor, colleague)
    page = await visitor.get(f"/invitation/{await an_invitation(MANAGER_AT_HOME)}")
    page = await visitor.submit(page, "/mig/invitation")
    assert "Leder i kommunen, Københavns Kommune" in page.words
    page = await visitor.get(f"/invitation/{await an_invitation(MANAGER_AT_HOME)}")
    page = await visitor.submit(page, "/mig/invitation")
    assert (page.status, "Personen har allerede den rolle." in page.words) == (409, True)


async def test_an_app_cannot_be_replaced_with_the_password_alone(visitor: Visitor, portal_app: Starlette) -> None:
    """Somebody who knows the password waits halfway in while the owner ties an app to the account."""
    colleague, thief = await a_colleague(with_app=False), at_a_browser(portal_app)
    waiting = await show_password(thief, colleague)
    page = await show_password(visitor, colleague)
    app = await key_of(visitor, page)
    await visitor.post("/ind/opret", kode=app.at(NOW))
    refused = await thief.submit(waiting, "/ind/opret/noegle")
    assert (refused.status, "Begynd forfra" in refused.words) == (400, True)
    with pytest.raises(TotpNotBegun):
        await begin_totp(colleague.account_id, vault=VAULT, first=True)
    assert (await thief.post("/ind/opret", kode="000000")).status == 400


async def test_in_a_demo_one_press_is_enough(database_url: str, clock: Clock) -> None:
    async with running_app(database_url, clock, demo=True) as app:
        await a_site(kind="private")
        await add_logins(NOW)
        await add_logins(NOW)
        assert await Account.all().count() == 7
        outsider = await a_colleague()
        visitor = at_a_browser(app)
        page = await visitor.get("/ind")
        buttons = page.all("button", name_="konto")
        assert [text(button) for button in buttons][:2] == ["Vita Visitator (demo)", "Lea Leder (demo)"]
        for button in buttons:
            account_id = button.get("value") or ""
            page = await visitor.post("/ind/demo", konto=account_id)
            assert (text(button) in page.html, "Demo:" in page.html) == (True, True)
            assert {member.account_id for member in await memberships_of(int(account_id), NOW)} == {int(account_id)}
        assert (await visitor.post("/ind/demo", konto=str(outsider.account_id))).status == 404
        assert await Session.all().count() == 1


async def test_outside_a_demo_nobody_comes_in_so_easily(visitor: Visitor, portal_app: Starlette) -> None:
    await a_site(kind="private")
    await add_logins(NOW)
    page = await visitor.get("/ind")
    assert page.all("button", name_="konto") == []
    for account in await Account.all():
        assert (await visitor.post("/ind/demo", konto=str(account.id))).status == 404
    assert (await visitor.get("/ind/demo")).status == 404
    assert await Session.all().count() == 0
