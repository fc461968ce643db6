"""Signing in: password, then a code; whoever fails learns nothing."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette

from matching.models import AuditEntry
from providers.accounts import Post, disable_account
from providers.actors import SYSTEM
from providers.models import Account, Session
from providers.roles import Role
from tests.support.apps import Clock, client_of, running_app
from tests.support.pages import Visitor
from tests.support.staff import OPERATOR, STEP, Colleague, a_colleague
from tests.support.staff_pages import at_a_browser, session_of, show_password, sign_in_as
from tests.support.worlds import HOME, NOW

WRONG = "E-mailadressen og adgangskoden passer ikke sammen. Prøv igen."
WRONG_CODE = "Koden er forkert eller brugt. Vent på den næste, og prøv igen."


async def actions() -> list[tuple[str, str, str]]:
    return [(entry.action, entry.person, entry.result) for entry in await AuditEntry.all().order_by("id")]


async def test_password_and_code_let_in_with_the_one_post_that_is_held(visitor: Visitor) -> None:
    colleague = await a_colleague()
    page = await sign_in_as(visitor, colleague)
    assert (page.path, page.heading) == ("/kommune", "Overblik")
    page = await visitor.get("/mig")
    assert "Visitator, Københavns Kommune (den, du bruger nu)" in page.words
    assert colleague.email in page.words
    person = f"account:{colleague.account_id}"
    assert await actions() == [
        ("password_shown", person, "ok"),
        ("second_factor_shown", person, "ok"),
        ("post_taken", person, "ok"),
    ]


async def test_wrong_unknown_and_closed_look_the_same(visitor: Visitor) -> None:
    known, closed = await a_colleague(), await a_colleague()
    await disable_account(closed.account_id, actor=SYSTEM, now=NOW)
    pages = [
        await show_password(visitor, known, password="et helt andet kodeord"),
        await show_password(visitor, Colleague(0, "ingen@kommune.example")),
        await show_password(visitor, closed),
    ]
    for page, email in zip(pages, (known.email, "ingen@kommune.example", closed.email), strict=True):
        assert (page.path, page.status, page.problems) == ("/ind", 401, [(WRONG, "email")])
        assert page.field("adgangskode").get("value") is None
        assert page.html.replace(email, "") == pages[0].html.replace(known.email, "")
    assert await actions() == [("password_shown", "unknown", "refused")] * 3
    assert await Session.all().count() == 0


async def test_too_many_wrong_passwords_must_wait_and_are_no_longer_logged(visitor: Visitor) -> None:
    colleague = await a_colleague()
    statuses = [(await show_password(visitor, colleague, password="x" * 12)).status for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    page = await show_password(visitor, colleague)
    assert (page.status, int(page.response.headers["Retry-After"]) > 0) == (429, True)
    assert len(await actions()) == 5


async def test_text_of_any_kind_is_a_wrong_password(visitor: Visitor) -> None:
    for email, password in (("", ""), ("a\x00b", "\x00"), ("🦵" * 300, "x" * 5000), ("<b>", "<script>")):
        page = await visitor.post("/ind", email=email, adgangskode=password)
        assert (page.status, page.problems) == (401, [(WRONG, "email")])


async def test_a_code_counts_once(visitor: Visitor, portal_app: Starlette) -> None:
    colleague = await a_colleague()
    await sign_in_as(visitor, colleague)
    other = at_a_browser(portal_app)
    page = await sign_in_as(other, colleague)
    assert (page.path, page.status, page.problems) == ("/ind/kode", 401, [(WRONG_CODE, "kode")])
    assert (await other.get("/mig")).path == "/ind"
    assert (await actions())[-1] == ("second_factor_shown", f"account:{colleague.account_id}", "refused")


async def test_the_next_code_counts_again(visitor: Visitor, portal_app: Starlette, clock: Clock) -> None:
    colleague = await a_colleague()
    await sign_in_as(visitor, colleague)
    clock.now += STEP
    assert (await sign_in_as(at_a_browser(portal_app), colleague, now=clock.now)).path == "/kommune"


async def test_an_empty_code_costs_nothing(visitor: Visitor) -> None:
    page = await show_password(visitor, await a_colleague())
    for _ in range(7):
        page = await visitor.submit(page, "/ind/kode", kode=" ")
        assert page.problems == [("Skriv koden fra din app eller en af dine engangskoder.", "kode")]


async def test_guessing_codes_is_stopped(visitor: Visitor) -> None:
    page = await show_password(visitor, await a_colleague())
    statuses = [(await visitor.submit(page, "/ind/kode", kode=f"00000{digit}")).status for digit in range(6)]
    assert statuses == [401] * 5 + [429]


async def test_a_recovery_code_counts_once_and_the_rest_are_counted(visitor: Visitor, portal_app: Starlette) -> None:
    colleague = await a_colleague()
    page = await show_password(visitor, colleague)
    page = await visitor.submit(page, "/ind/kode", kode=colleague.recovery_codes[0].upper().replace("-", " "))
    assert page.path == "/mig"
    assert "Du har 9 engangskoder tilbage." in page.words
    other = at_a_browser(portal_app)
    page = await show_password(other, colleague)
    page = await other.submit(page, "/ind/kode", kode=colleague.recovery_codes[0])
    assert (page.status, page.problems) == (401, [(WRONG_CODE, "kode")])


async def test_each_step_gives_the_visit_a_new_id_and_the_old_one_dies(visitor: Visitor, portal_app: Starlette) -> None:
    colleague = await a_colleague()
    await visitor.get("/invitation/somebody-elses-link")
    planted = session_of(visitor)
    await show_password(visitor, colleague)
    halfway = session_of(visitor)
    page = await visitor.get("/ind/kode")
    await visitor.submit(page, "/ind/kode", kode=colleague.code(NOW))
    inside = session_of(visitor)
    assert planted
    assert len({planted, halfway, inside}) == 3
    for old in (planted, halfway):
        async with client_of(portal_app) as thief:
            thief.cookies.set("genvej", old or "")
            assert (await thief.get("/mig")).headers["Location"] == "/ind?til=/mig"
    assert await Session.all().count() == 1


async def test_the_password_alone_opens_nothing_and_is_forgotten_soon(visitor: Visitor, clock: Clock) -> None:
    page = await show_password(visitor, await a_colleague())
    assert (await visitor.get("/mig")).path == "/ind"
    assert (await visitor.get("/ind/opret")).path == "/ind"
    clock.now += timedelta(minutes=11)
    assert (await visitor.submit(page, "/ind/kode", kode="123456")).path == "/ind"


async def test_a_citizens_visit_and_a_colleagues_never_mix(visitor: Visitor) -> None:
    await sign_in_as(visitor, await a_colleague())
    assert (await visitor.get("/muligheder")).path == "/"


@pytest.mark.parametrize(
    "til",
    [
        *(
            "https://evil.example/",
            "//evil.example/mig",
            "/\\evil.example",
            "/mig\r\nX: y",
            "/mig?x=https://evil.example",
        ),
        *("/muligheder", "/ind", "mig", "/" + "a" * 600, "/mig#x"),
    ],
)
async def test_nobody_is_led_elsewhere_after_signing_in(portal_app: Starlette, til: str) -> None:
    visitor = at_a_browser(portal_app)
    page = await visitor.post(
        "/ind", email=(colleague := await a_colleague()).email, adgangskode="fire ord uden forbindelse", til=til
    )
    answer = await visitor.client.post(
        "/ind/kode", data={"kode": colleague.code(NOW)}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert page.path == "/ind/kode"
    assert answer.headers["Location"] == "/kommune"
    asked = await visitor.client.get("/ind", params={"til": til})
    assert "evil" not in asked.text


async def test_signing_out_ends_the_visit(visitor: Visitor) -> None:
    page = await sign_in_as(visitor, await a_colleague())
    left = await visitor.submit(page, "/ud")
    assert left.path == "/ind"
    assert left.response.history[0].headers["Clear-Site-Data"] == '"cache", "storage"'
    assert await Session.all().count() == 0
    assert (await visitor.get("/mig")).path == "/ind"
    assert (await actions())[-1][0] == "signed_out"


async def test_signing_in_goes_on_in_read_only_mode(database_url: str, clock: Clock) -> None:
    async with running_app(database_url, clock, read_only=True) as app:
        assert (await sign_in_as(at_a_browser(app), await a_colleague())).path == "/kommune"


async def test_everything_is_there_in_english(visitor: Visitor) -> None:
    await visitor.client.get("/sprog/en")
    page = await sign_in_as(visitor, await a_colleague(Post(Role.MANAGER, municipality=HOME)))
    assert page.heading == "Overview"
    page = await visitor.get("/mig")
    assert page.heading == "My account"
    assert "Manager at the municipality, Københavns Kommune (the one you use now)" in page.words


async def test_a_closed_account_is_out_at_the_next_request(visitor: Visitor) -> None:
    colleague = await a_colleague(OPERATOR)
    await sign_in_as(visitor, colleague)
    # As when the account is closed between the check of the code and the visit's being written.
    await Account.filter(id=colleague.account_id).update(disabled_at=NOW, disabled_by="test")
    assert (await visitor.get("/mig")).path == "/ind"
    assert await Session.all().count() == 0
