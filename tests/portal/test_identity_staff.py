"""Staff who come by an issuer: known there, and by posts that are given here."""

from matching.models import AuditEntry
from providers.accounts import Post, add_membership, disable_account
from providers.actors import SYSTEM
from providers.models import Account, Provider
from providers.roles import Role
from tests.support.identity import AT_HOME, BUTTON, NOW, Office
from tests.support.issuers import ANOTHER_CVR, NOBODYS_CVR, PORTAL, TELLING
from tests.support.pages import Visitor
from tests.support.staff import a_colleague, an_invitation
from tests.support.staff_pages import sign_in_as
from tests.support.worlds import HOME

IN_USE = "(den, du bruger nu)"


async def account_of(login: str) -> Account:
    return await Account.get(oidc_subject=f"person-{login}")


async def invited(visitor: Visitor, post: Post, *, email: str | None = None) -> None:
    """The visitor has followed the link of an invitation."""
    await visitor.get(f"/invitation/{await an_invitation(post, email=email, now=NOW)}")


async def test_an_invitation_and_the_issuers_word_make_an_account_without_a_password(office: Office) -> None:
    person, visitor = await office.employee(), office.somebody()
    await invited(visitor, AT_HOME, email="ny@kommune.example")
    page = await person.signs_in(visitor, await visitor.get("/invitation"), BUTTON)
    assert (page.path, page.status) == ("/kommune", 200)
    account = await account_of(person.login)
    assert (account.oidc_issuer, account.name, account.email) == (
        office.issuer.url,
        "Karla Kollega",
        "ny@kommune.example",
    )
    assert (account.password_hash, account.totp_secret) == (None, None)
    entries = await AuditEntry.filter(person=f"account:{account.id}").order_by("id").values_list("action", "result")
    assert entries == [("invitation_taken", "ok"), ("issuer_sign_in", "ok"), ("post_taken", "ok")]
    page = await visitor.get("/mig")
    assert f"Visitator, Københavns Kommune {IN_USE}" in page.words
    assert "Skift adgangskode" not in page.words


async def test_they_come_again_to_the_page_they_asked_for_and_leave_the_issuer_too(office: Office) -> None:
    person = await office.colleague()
    visitor, page = await office.comes(person, til="/mig")
    assert page.path == "/mig"
    away = await visitor.sent_on(page, "/ud")
    assert away.startswith(f"{office.issuer.url}/session/end?client_id=erhverv&")
    assert (await visitor.get("/mig")).path == "/ind"
    assert await person.shows_who_they_are(away) == f"{PORTAL}/ind"
    # The issuer has forgotten them: whoever sits there next is asked who they are.
    person.login = (await office.employee(name="Nina Næste")).login
    page = await person.signs_in(visitor, await visitor.get("/ind"), BUTTON)
    assert page.heading == "Bed om en invitation"


async def test_nobody_is_led_to_another_site_afterwards(office: Office) -> None:
    person, visitor = await office.colleague(), office.somebody()
    own = {"Sec-Fetch-Site": "same-origin"}
    answer = await visitor.client.post(BUTTON, data={"til": "https://evil.example/mig"}, headers=own)
    assert "evil" not in answer.headers["Location"]
    assert (await visitor.get(await person.shows_who_they_are(answer.headers["Location"]))).path == "/kommune"


async def test_a_business_that_nobody_knows_is_refused_and_can_be_left(office: Office) -> None:
    visitor, page = await office.comes(await office.employee(NOBODYS_CVR))
    assert (page.status, page.heading) == (403, "Du blev ikke logget ind")
    assert "er ikke med i Genvej" in page.words
    leave = page.links()["Log ud hos Prøve-ID Erhverv, og vælg en anden"]
    assert leave.startswith(f"{office.issuer.url}/session/end")
    assert (await visitor.get("/mig")).path == "/ind"


async def test_somebody_new_of_a_known_business_reads_who_can_invite(office: Office) -> None:
    clinic = Post(Role.CLINIC_OWNER, provider=office.clinic.id)
    _, page = await office.comes(await office.employee(ANOTHER_CVR))
    assert (page.status, page.heading) == (403, "Bed om en invitation")
    assert "Der er endnu ingen hos jer" in page.words
    await office.colleague(clinic, ANOTHER_CVR)
    _, page = await office.comes(await office.employee(ANOTHER_CVR))
    assert "Du arbejder hos Klinik Prøve, men har ingen rolle her endnu." in page.words
    assert "De kan invitere dig Karla Kollega, Klinik Prøve" in page.words


async def test_an_issuers_word_is_good_for_the_posts_at_its_business_only(office: Office) -> None:
    person = await office.colleague()
    account = await account_of(person.login)
    elsewhere = await add_membership(account.id, Post(Role.PLANNER, provider=office.clinic.id), actor=SYSTEM, now=NOW)
    outside = await add_membership(account.id, Post(Role.OPERATOR), actor=SYSTEM, now=NOW)
    visitor, page = await office.comes(person)
    assert page.path == "/kommune"
    page = await visitor.get("/mig")
    assert f"Visitator, Københavns Kommune {IN_USE}" in page.words
    assert "Planlægger" not in page.words
    for post in (elsewhere, outside):
        assert (await visitor.post("/mig/rolle", rolle=str(post))).status == 404
    assert (await visitor.get("/klinik")).status == 403


async def test_posts_that_ended_and_accounts_that_were_closed_let_nobody_in(office: Office) -> None:
    person = await office.colleague()
    account = await account_of(person.login)
    visitor, _ = await office.comes(person)
    await disable_account(account.id, actor=SYSTEM, now=NOW)
    assert (await visitor.get("/kommune")).path == "/ind"
    _, page = await office.comes(person)
    assert page.heading == "Bed om en invitation"


async def test_an_invitation_of_another_organisation_is_not_taken(office: Office) -> None:
    person, visitor = await office.employee(), office.somebody()
    await invited(visitor, Post(Role.PLANNER, provider=office.clinic.id))
    page = await person.signs_in(visitor, await visitor.get("/invitation"), BUTTON)
    assert (page.status, page.heading) == (403, "Du blev ikke logget ind")
    assert "Invitationen gælder en anden organisation" in page.words
    # It still stands, for whoever comes as the right one.
    right = await office.employee(ANOTHER_CVR)
    assert (await right.signs_in(visitor, await visitor.get("/invitation"), BUTTON)).path == "/klinik"


async def test_an_account_with_a_password_is_not_taken_over_by_an_invitation_to_its_address(office: Office) -> None:
    local = await a_colleague(AT_HOME, now=NOW)
    person, visitor = await office.employee(), office.somebody()
    await invited(visitor, Post(Role.MANAGER, municipality=HOME), email=local.email)
    page = await person.signs_in(visitor, await visitor.get("/invitation"), BUTTON)
    assert (page.status, await Account.exists(oidc_subject=f"person-{person.login}")) == (409, False)
    assert "Der er allerede en konto til e-mailadressen i invitationen." in page.words


async def test_somebody_with_a_password_ties_the_issuer_to_their_account(office: Office) -> None:
    local, visitor = await a_colleague(AT_HOME, now=NOW), office.somebody()
    await sign_in_as(visitor, local, now=NOW)
    elsewhere = await office.employee(ANOTHER_CVR)
    page = await elsewhere.signs_in(visitor, await visitor.get("/mig"), BUTTON)
    assert (page.status, "Du har ingen rolle i den organisation" in page.words) == (403, True)
    person = await office.employee()
    page = await person.signs_in(visitor, await visitor.get("/mig"), BUTTON)
    assert (page.path, page.all("form", action=BUTTON)) == ("/mig", [])
    assert (await account_of(person.login)).id == local.account_id
    assert (await office.comes(person))[1].path == "/kommune"


async def test_one_person_at_an_issuer_is_one_account(office: Office) -> None:
    person, local, visitor = await office.colleague(), await a_colleague(AT_HOME, now=NOW), office.somebody()
    await sign_in_as(visitor, local, now=NOW)
    page = await person.signs_in(visitor, await visitor.get("/mig"), BUTTON)
    assert (page.status, "Du har allerede en anden konto" in page.words) == (409, True)


async def test_with_one_factor_at_the_issuer_the_other_is_asked_for_here(office: Office) -> None:
    person = await office.colleague()
    await office.issuer.does(altered={"acr": "https://levels.example/low"})
    visitor, page = await office.comes(person, til="/mig")
    assert page.path == "/ind/opret"
    assert (await visitor.get("/mig")).path == "/ind"
    await office.issuer.does(altered={"acr": None, "amr": ["pwd", "mfa"]})
    assert (await office.comes(person))[1].path == "/kommune"


async def test_a_production_unit_is_asked_for_where_one_is_set(office: Office) -> None:
    await Provider.filter(id=office.clinic.id).update(p_number="1000000001")
    post = Post(Role.PLANNER, provider=office.clinic.id)
    for unit, heading in ((None, "Du blev ikke logget ind"), ("1000000002", "Du blev ikke logget ind")):
        _, page = await office.comes(await office.employee(ANOTHER_CVR, p_number=unit))
        assert page.heading == heading
    person, visitor = await office.employee(ANOTHER_CVR, p_number="1000000001"), office.somebody()
    await invited(visitor, post)
    assert (await person.signs_in(visitor, await visitor.get("/invitation"), BUTTON)).path == "/klinik"
    await Provider.filter(id=office.clinic.id).update(p_number=None)


async def test_an_issuer_that_tells_its_claims_when_asked_again_is_asked_again(office: Office) -> None:
    person, elsewhere = await office.colleague(), office.somebody()
    await office.issuer.does(altered={"nemlogin.cvr": None, "nemlogin.persistent_professional_id": None})
    visitor = office.somebody()
    button = f"/log-ind/{TELLING}"
    page = await person.signs_in(visitor, await visitor.get("/ind"), button)
    assert page.path == "/kommune"
    await office.issuer.does(altered={"sub": "somebody-else"})
    page = await person.signs_in(elsewhere, await elsewhere.get("/ind"), button)
    assert (page.status, "kunne ikke godkendes" in page.words) == (401, True)


async def test_an_answer_that_names_no_business_or_nobody_is_of_no_use(office: Office) -> None:
    person = await office.employee()
    for missing in ({"nemlogin.cvr": "12345678"}, {"nemlogin.cvr": None}, {"nemlogin.persistent_professional_id": " "}):
        await office.issuer.does(altered=missing)
        _, page = await office.comes(person)
        assert (page.status, "fortalte ikke, hvem du er" in page.words) == (403, True)
