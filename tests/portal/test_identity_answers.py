"""What an issuer answers, and what of it is believed. The issuer is a real, certified one, made to lie where needed."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from providers.models import Session
from tests.support.identity import AT_HOME, BUTTON, NOW, Office
from tests.support.issuers import PORTAL, SILENT, Person
from tests.support.pages import Page, Visitor, with_query
from tests.support.staff import a_colleague
from tests.support.staff_pages import session_of, sign_in_as

REFUSED = "Svaret fra login-tjenesten kunne ikke godkendes. Begynd forfra."
GONE = "Dette login er brugt, for gammelt eller begyndt i en anden browser. Begynd forfra."
SKEW, HOUR = 90, 3600
LIFE = 300
"""Seconds for which the issuer's tokens hold."""


async def sent_away(office: Office) -> tuple[Visitor, Person, str]:
    """Somebody with a post who has pressed the button: the address of the issuer that they were sent to."""
    person, visitor = await office.colleague(), office.somebody()
    return visitor, person, await visitor.sent_on(await visitor.get("/ind"), BUTTON)


def is_turned_away(page: Page, sentence: str) -> bool:
    return page.heading == "Du blev ikke logget ind" and sentence in page.words


async def is_outside(visitor: Visitor) -> bool:
    return (await visitor.get("/mig")).path == "/ind"


async def test_the_question_is_complete_and_the_button_may_lead_there(office: Office) -> None:
    visitor, _, away = await sent_away(office)
    question = dict(httpx.URL(away).params)
    secrets = {question.pop(name) for name in ("state", "nonce", "code_challenge")}
    assert len(secrets) == 3
    assert question == {
        "response_type": "code",
        "response_mode": "query",
        "client_id": "erhverv",
        "redirect_uri": f"{PORTAL}{BUTTON}",
        "scope": "openid",
        "code_challenge_method": "S256",
        "acr_values": "https://levels.example/substantial",
        "max_age": str(HOUR),
    }
    page = await visitor.get("/ind")
    assert f"form-action 'self' {office.issuer.url} " in page.response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "lie",
    [
        {"altered": {"aud": "somebody-else"}},
        {"altered": {"aud": ["erhverv", "somebody-else"]}},
        {"altered": {"aud": ["erhverv", "somebody-else"], "azp": "somebody-else"}},
        {"altered": {"iss": "https://another.example"}},
        {"altered": {"nonce": "another"}},
        {"altered": {"nonce": None}},
        {"altered": {"exp": None}},
        {"altered": {"exp": "tomorrow"}},
        {"altered": {"at_hash": "another"}},
        {"alg": "none"},
        {"alg": "HS256"},
        {"skew": (SKEW + 1) * 1000},
        {"skew": -(LIFE + SKEW) * 1000},
    ],
    ids=str,
)
async def test_an_answer_that_does_not_hold_lets_nobody_in(office: Office, lie: dict[str, Any]) -> None:
    visitor, person, away = await sent_away(office)
    await office.issuer.does(**lie)
    page = await visitor.get(await person.shows_who_they_are(away))
    assert (page.status, is_turned_away(page, REFUSED)) == (401, True)
    assert await is_outside(visitor)
    assert page.links()["Prøv igen"] == "/ind"


@pytest.mark.parametrize("seconds", [SKEW, 1 - LIFE - SKEW])
async def test_a_clock_that_is_off_by_less_than_a_minute_and_a_half_is_borne(office: Office, seconds: int) -> None:
    visitor, person, away = await sent_away(office)
    await office.issuer.does(skew=seconds * 1000)
    assert (await visitor.get(await person.shows_who_they_are(away))).path == "/kommune"


@pytest.mark.parametrize(
    ("shown", "arrives"), [(-HOUR - SKEW, True), (-HOUR - SKEW - 1, False), (None, False), ("now", False)], ids=str
)
async def test_who_has_shown_themselves_there_too_long_ago_is_not_let_in_here(
    office: Office, shown: Any, arrives: bool
) -> None:
    """The issuer is asked to look again, and says when it did; one that says nothing of it is not believed."""
    visitor, person, away = await sent_away(office)
    at = shown + int(office.clock.now.timestamp()) if isinstance(shown, int) else shown
    await office.issuer.does(altered={"auth_time": at})
    page = await visitor.get(await person.shows_who_they_are(away))
    assert (page.path == "/kommune", is_turned_away(page, REFUSED)) == (arrives, not arrives)


async def test_a_way_back_counts_once_and_in_one_browser(office: Office) -> None:
    visitor, person, away = await sent_away(office)
    back = await person.shows_who_they_are(away)
    thief = office.somebody()
    await thief.sent_on(await thief.get("/ind"), BUTTON)
    page = await thief.get(back)
    assert (page.status, is_turned_away(page, GONE)) == (400, True)
    assert (await visitor.get(back)).path == "/kommune"
    # Pressed "reload": they are inside already, and nothing is asked again.
    assert (await visitor.get(back)).path == "/mig"


async def test_a_used_code_is_worth_nothing_under_a_new_state(office: Office) -> None:
    visitor, person, away = await sent_away(office)
    back = await person.shows_who_they_are(away)
    await visitor.get(back)
    other = office.somebody()
    fresh = dict(httpx.URL(await other.sent_on(await other.get("/ind"), BUTTON)).params)
    page = await other.get(with_query(back, state=fresh["state"]))
    assert (page.status, is_turned_away(page, REFUSED), await is_outside(other)) == (401, True, True)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"state": "invented"}, GONE),
        ({"state": ""}, GONE),
        ({"iss": "https://another.example"}, GONE),
        ({"code": ""}, "Log ind igen, når du vil."),
        ({"code": "x" * 2001}, "Log ind igen, når du vil."),
        ({"code": "invented"}, REFUSED),
        ({"error": "access_denied"}, "Log ind igen, når du vil."),
    ],
)
async def test_a_way_back_that_was_tampered_with(office: Office, changed: dict[str, str], sentence: str) -> None:
    visitor, person, away = await sent_away(office)
    page = await visitor.get(with_query(await person.shows_who_they_are(away), **changed))
    assert (is_turned_away(page, sentence), await is_outside(visitor)) == (True, True)


async def test_the_way_back_of_one_issuer_is_none_for_another(office: Office) -> None:
    visitor, person, away = await sent_away(office)
    back = await person.shows_who_they_are(away)
    page = await visitor.get(back.replace(BUTTON, "/log-ind/mitid"))
    assert is_turned_away(page, GONE)
    assert is_turned_away(await visitor.get(back), GONE)
    assert (await visitor.get("/log-ind/unknown")).status == 404


async def test_two_tabs_and_too_many(office: Office) -> None:
    visitor, person, first = await sent_away(office)
    second = await visitor.sent_on(await visitor.get("/ind"), BUTTON)
    back = await person.shows_who_they_are(first)
    assert (await visitor.get(await person.shows_who_they_are(second))).path == "/kommune"
    assert (await visitor.get(back)).path == "/mig"
    other, person, oldest = await sent_away(office)
    for second_later in range(1, 5):
        office.clock.now = NOW + timedelta(seconds=second_later)
        await other.sent_on(await other.get("/ind"), BUTTON)
    assert is_turned_away(await other.get(await person.shows_who_they_are(oldest)), GONE)


async def test_whoever_takes_too_long_begins_again(office: Office) -> None:
    visitor, person, away = await sent_away(office)
    back = await person.shows_who_they_are(away)
    office.clock.now = NOW + timedelta(minutes=11)
    assert is_turned_away(await visitor.get(back), GONE)


async def test_the_issuer_is_asked_for_its_keys_once_and_again_when_it_signs_with_new_ones(office: Office) -> None:
    earlier, person, away = await sent_away(office)
    assert (await earlier.get(await person.shows_who_they_are(away))).path == "/kommune"
    before = await office.issuer.does()
    assert before["discovery"] == 1
    office.clock.now = NOW + timedelta(seconds=31)
    visitor, person, away = await sent_away(office)
    await office.issuer.does(key="second")
    assert (await visitor.get(await person.shows_who_they_are(away))).path == "/kommune"
    assert (await office.issuer.does())["jwks"] == before["jwks"] + 1


async def test_an_issuer_that_is_down_is_said_to_be_and_a_password_still_counts(office: Office) -> None:
    visitor, local = office.somebody(), await a_colleague(AT_HOME, now=NOW)
    for _ in range(2):
        page = await visitor.submit(await visitor.get("/ind"), f"/log-ind/{SILENT}")
        assert (page.status, page.response.headers["Retry-After"]) == (503, "30")
        assert is_turned_away(page, "Login-tjenesten svarer ikke lige nu. Prøv igen om lidt.")
    assert "Har du en adgangskode hertil, kan du altid logge ind med den." in page.words
    assert (await sign_in_as(visitor, local, now=NOW)).path == "/kommune"


async def test_the_visit_gets_a_new_id_and_keeps_nothing_of_the_answer(office: Office) -> None:
    visitor, person, away = await sent_away(office)
    outside = session_of(visitor)
    await visitor.get(await person.shows_who_they_are(away))
    assert outside != session_of(visitor)
    (data,) = await Session.filter(membership_id__not_isnull=True).order_by("-created_at").limit(1).values_list("data")
    assert set(data[0]) == {"by", "limits"}
