"""Citizens who come by MitID: their CPR number finds their plans, and is kept nowhere."""

import json
from datetime import timedelta

import httpx
import pytest

from matching.contents import PlanContents, seal_contents
from matching.models import AuditEntry, Plan
from matching.states import PlanState
from providers.clock import local_date
from providers.database import fetch
from providers.models import Session, Slot
from tests.support.identity import NOW, Office
from tests.support.issuers import PORTAL, Person
from tests.support.pages import Page, Visitor
from tests.support.staff_pages import session_of
from tests.support.worlds import VAULT, a_citizen, a_code, a_plan, a_site

BUTTON = "/log-ind/mitid"
CONTENTS = PlanContents(
    function_before="Gik selv.\nTog trapper.",
    function_at_discharge="Går med to stokke.",
    need="Styrke og balance.",
    hospital="Prøvesygehuset",
    municipality_contact="Prøveteamet, 00 00 00 00",
    made_with_citizen=True,
    sent_with_consent=True,
)


async def comes(office: Office, person: Person, visitor: Visitor | None = None) -> tuple[Visitor, Page]:
    """By the button on the front page."""
    visitor = visitor or office.somebody()
    return visitor, await person.signs_in(visitor, await visitor.get("/"), BUTTON)


async def somebody_with(office: Office, *plans: dict[str, object]) -> tuple[Person, list[Plan]]:
    """A citizen whom the issuer knows, and their plans."""
    who = a_citizen()
    made = [await a_plan(citizen=who, now=NOW, **plan) for plan in plans]
    return await office.citizen(who.cpr), made


async def test_one_plan_opens_as_with_the_second_factor_and_needs_no_code(office: Office) -> None:
    person, (plan,) = await somebody_with(office, {})
    visitor = office.somebody()
    await visitor.get("/invitation/planted")
    planted = session_of(visitor)
    visitor, page = await comes(office, person, visitor)
    assert (page.path, page.heading) == ("/muligheder", "Dine muligheder")
    assert session_of(visitor) != planted
    assert (await visitor.get("/min-tid")).heading == "Din tid"
    assert (await visitor.get("/bekraeft")).path == "/muligheder"
    log = await AuditEntry.filter(plan_id=plan.id).order_by("id").values_list("action", "role", "criterion")
    assert log[:2] == [("identified", "citizen_mitid", "cpr"), ("choices_seen", "citizen_mitid", None)]


async def test_the_number_is_in_no_visit_no_log_and_no_address(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    who = a_citizen()
    await a_plan(citizen=who, now=NOW)
    visitor, _ = await comes(office, await office.citizen(f"{who.cpr[:6]}-{who.cpr[6:]}"))
    await visitor.get("/hvem-har-set")
    stored = [json.dumps(data) for data in await Session.all().values_list("data", flat=True)]
    logged = [str(tuple(entry)) for entry in await fetch("SELECT * FROM audit_entry")]
    seen = [str(page.response.url) + page.html for page in visitor.seen]
    output = capsys.readouterr()
    for text in (*stored, *logged, *seen, output.out, output.err):
        assert who.cpr not in text.replace("-", "")
        assert who.name not in text


async def test_who_has_several_plans_chooses_and_can_change(office: Office) -> None:
    person, (older, newer, _) = await somebody_with(
        office, {"message_id": "older"}, {"message_id": "newer"}, {"state": PlanState.ERROR}
    )
    visitor, page = await comes(office, person)
    assert (page.path, page.heading) == ("/mine-planer", "Vælg din plan")
    assert [button.get("value") for button in page.all("button", name="plan")] == [str(newer.id), str(older.id)]
    assert (await visitor.get("/muligheder")).path == "/mine-planer"
    stranger = await a_plan(now=NOW)
    assert (await visitor.submit(page, "/mine-planer", plan=str(stranger.id))).path == "/mine-planer"
    page = await visitor.submit(page, "/mine-planer", plan=str(older.id))
    assert (page.path, page.links()["Skift til en anden plan"]) == ("/muligheder", "/mine-planer")
    assert await AuditEntry.filter(plan_id=newer.id, action="choices_seen").count() == 0
    assert await AuditEntry.filter(plan_id=older.id, action="choices_seen").count() == 1


async def test_who_has_no_plan_is_told_so_kindly_and_can_leave(office: Office) -> None:
    visitor, page = await comes(office, await office.citizen(a_citizen().cpr))
    assert (page.status, page.heading) == (200, "Vi fandt ingen plan")
    assert "Du kan også bruge koden fra dit brev." in page.words
    assert (await visitor.get("/muligheder")).path == "/"
    assert (await visitor.get("/mine-planer")).path == "/"
    away = httpx.URL(await visitor.sent_on(await visitor.get("/"), "/farvel"))
    assert str(away).startswith(office.issuer.url)
    assert dict(away.params) == {"client_id": "mitid", "post_logout_redirect_uri": f"{PORTAL}/"}


async def test_the_plans_contents_are_shown_to_them_and_never_to_the_letters_reader(office: Office) -> None:
    person, (plan,) = await somebody_with(office, {"contents": seal_contents(CONTENTS, VAULT)})
    codes = await a_code(plan, now=NOW)
    letter = office.somebody()
    await letter.submit(await letter.get("/"), "/kode", kode=codes.code)
    page = await letter.get("/bekraeft")
    await letter.submit(page, "/bekraeft", kontrolkode=codes.access_code, dag="14", maaned="3", aar="1951")
    page = await letter.get("/min-plan")
    assert (page.path, "Log ind med MitID for at se det." in page.words) == ("/", True)
    assert "/min-plan" not in (await letter.get("/muligheder")).links().values()

    visitor, page = await comes(office, person)
    page = await visitor.get(page.links()["Læs din genoptræningsplan"])
    assert page.heading == "Din genoptræningsplan"
    for words in ("Gik selv.", "Tog trapper.", "Går med to stokke.", "Styrke og balance.", "Prøveteamet, 00 00 00 00"):
        assert words in page.words
        assert all(words not in seen.words for seen in letter.seen)
    assert "Planen er lavet sammen med dig." in page.words
    assert ("Region Hovedstaden" if local_date(NOW).year < 2027 else "Region Østdanmark") in page.words
    assert await AuditEntry.filter(plan_id=plan.id, action="contents_seen").count() == 1


async def test_a_plan_without_contents_says_so(office: Office) -> None:
    person, _ = await somebody_with(office, {})
    visitor, _ = await comes(office, person)
    assert "Sygehusets tekst er ikke kommet hertil." in (await visitor.get("/min-plan")).words


async def test_who_holds_a_time_goes_on_with_it_after_signing_in(office: Office) -> None:
    person, (plan,) = await somebody_with(office, {})
    site = await a_site(slots=[NOW + timedelta(days=2)], now=NOW, confirmed_at=NOW)
    visitor = office.somebody()
    await visitor.submit(await visitor.get("/"), "/kode", kode=(await a_code(plan, now=NOW)).code)
    page = await visitor.get(f"/steder/{site.id}")
    page = await visitor.submit(page, "/hold", slot=str((await Slot.get(site_id=site.id)).id))
    assert page.path == "/bekraeft"
    page = await person.signs_in(visitor, page, BUTTON)
    assert (page.path, site.name in page.words) == ("/book", True)


async def test_less_than_two_factors_or_no_number_opens_nothing(office: Office) -> None:
    person, _ = await somebody_with(office, {})
    for lie, words in (
        ({"acr": "https://levels.example/low"}, "Log ind på den sikreste måde"),
        ({"example.cpr": "1234"}, "fortalte ikke, hvem du er"),
        ({"example.cpr": None}, "fortalte ikke, hvem du er"),
    ):
        await office.issuer.does(altered=lie)
        visitor, page = await comes(office, person)
        assert (page.status, words in page.words) == (403, True)
        assert (await visitor.get("/muligheder")).path == "/"


async def test_a_code_typed_afterwards_is_a_letters_visit_again(office: Office) -> None:
    person, _ = await somebody_with(office, {})
    visitor, _ = await comes(office, person)
    other = await a_plan(now=NOW)
    page = await visitor.submit(await visitor.get("/"), "/kode", kode=(await a_code(other, now=NOW)).code)
    assert page.path == "/muligheder"
    assert (await visitor.get("/min-plan")).path == "/"
    assert (await visitor.get("/mine-planer")).path == "/"
