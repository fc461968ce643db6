"""Help by others: a relative with the letter's codes, and a caseworker on the telephone. The history says who."""

import re
from datetime import timedelta

import pytest
from starlette.applications import Starlette

from matching.models import AuditEntry, Booking, CaseEvent, Hold, Plan
from providers.accounts import Post
from providers.models import Membership, Session
from providers.roles import Role
from tests.support.pages import Page, Visitor
from tests.support.staff import STEP, Colleague, a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, NOW, a_code, a_plan, a_site, a_slot, an_offered_booking

SOON = NOW + timedelta(days=3)
BORN = {"dag": "14", "maaned": "3", "aar": "1951"}


async def helps(visitor: Visitor, plan: Plan, name: str) -> Page:
    """Type the letter's codes, and the name of whoever types them."""
    codes = await a_code(plan)
    await visitor.post("/kode", kode=codes.code)
    page = await visitor.get("/bekraeft")
    return await visitor.submit(page, "/bekraeft", kontrolkode=codes.access_code, navn=name, **BORN)


async def test_a_relative_acts_under_their_own_name(visitor: Visitor, portal_app: Starlette) -> None:
    plan = await a_plan()
    await an_offered_booking(plan, await a_slot(await a_site(), SOON))
    page = await helps(visitor, plan, "  Dátter   Prøvesen ")
    assert "Det, du vælger, bliver gemt med dit navn: Dátter Prøvesen." in page.html
    await visitor.submit(page, "/min-tid/tilbud")
    assert (await CaseEvent.get(kind="booked")).actor == "citizen_helper:Dátter Prøvesen"
    entries = await AuditEntry.filter(action__in=["second_factor", "booked"]).values_list("person", "role")
    assert set(entries) == {("Dátter Prøvesen", "citizen_helper")}
    session = await Session.get()
    assert "Prøvesen" not in str(session.data)


async def test_the_next_code_is_somebody_elses_business(visitor: Visitor, portal_app: Starlette) -> None:
    await helps(visitor, await a_plan(), "Dátter Prøvesen")
    page = await helps(visitor, await a_plan(), "")
    assert "bliver gemt med dit navn" not in page.html
    assert (await AuditEntry.filter(action="second_factor").order_by("-id").first()).role == "citizen"


@pytest.mark.parametrize("name", ["140351-0000", "Mette 00 00 00 00", "x" * 81, "!!!", "\u202e123456"])
async def test_what_is_no_name_is_asked_for_again_and_costs_no_attempt(visitor: Visitor, name: str) -> None:
    page = await helps(visitor, await a_plan(), name)
    assert (page.status, page.path, len(page.problems)) == (400, "/bekraeft", 1)
    assert page.problems[0][1] == "navn"
    assert page.field("dag").get("value") == "14"
    assert await AuditEntry.filter(action="second_factor").count() == 0


async def a_caseworker(visitor: Visitor, post: Post) -> tuple[Colleague, str]:
    """Somebody at the municipality who has signed in, with the number of the post."""
    colleague = await a_colleague(post)
    await sign_in_as(visitor, colleague)
    return colleague, str((await Membership.get(account_id=colleague.account_id)).pk)


VISITATOR = Post(Role.VISITATOR, municipality=HOME)


async def test_a_caseworker_books_on_the_citizens_own_pages(visitor: Visitor, portal_app: Starlette) -> None:
    plan = await a_plan()
    slot = await a_slot(await a_site(), SOON)
    colleague, post = await a_caseworker(visitor, VISITATOR)
    page = await visitor.post(f"/kommune/sager/{plan.id}/hjaelp", som=post)
    assert (page.path, page.heading) == ("/muligheder", "Dine muligheder")
    assert f"Du hjælper borgeren i sag {plan.case_reference}." in page.html
    assert "Resten af siden er skrevet til borgeren." in page.html
    for path in ("/muligheder", "/steder", "/ingen-tid", "/mine-oplysninger"):
        # What is pressed or ticked is not said with words that only the citizen can say of themselves.
        words = (await visitor.get(path)).words
        assert not re.search(r"\b(jeg|mig|min|mit|mine)\b(?!\.)|Log ind med", words, re.I), path
    page = await visitor.post("/hold", slot=str(slot.id))
    assert page.path == "/book"
    assert "Borgeren er enig i, at kommunen og stedet får besked om valget." in page.words
    page = await visitor.submit(page, "/book", samtykke="ja")
    assert page.heading == "Din tid er bestilt"
    event = await CaseEvent.get(kind="booked")
    assert event.actor == f"visitator:account:{colleague.account_id}"
    looks = await AuditEntry.filter(plan_id=plan.id).values_list("person", "organisation")
    assert set(looks) == {(f"account:{colleague.account_id}", f"municipality:{HOME}")}
    page = await visitor.submit(page, "/kommune/hjaelp/slut")
    assert page.path == "/kommune"
    assert (await visitor.get("/muligheder")).path == "/"


async def test_a_held_time_is_free_again_when_the_help_ends(visitor: Visitor, portal_app: Starlette) -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), SOON)
    _, post = await a_caseworker(visitor, VISITATOR)
    await visitor.post(f"/kommune/sager/{plan.id}/hjaelp", som=post)
    await visitor.post("/hold", slot=str(slot.id))
    assert await Hold.all().count() == 1
    await visitor.post("/kommune/hjaelp/slut", som=post)
    assert await Hold.all().count() == 0


@pytest.mark.parametrize(
    ("post", "number", "status"),
    [
        (Post(Role.MANAGER, municipality=HOME), "{plan}", 403),
        (Post(Role.VISITATOR, municipality="0147"), "{plan}", 404),
        (VISITATOR, "999999", 404),
        (VISITATOR, "x", 404),
        (VISITATOR, "9" * 30, 404),
    ],
)
async def test_only_a_case_of_ones_own_municipality_is_opened(
    visitor: Visitor, portal_app: Starlette, post: Post, number: str, status: int
) -> None:
    plan = await a_plan()
    _, som = await a_caseworker(visitor, post)
    page = await visitor.post(f"/kommune/sager/{number.format(plan=plan.id)}/hjaelp", som=som)
    assert page.status == status
    assert (await visitor.get("/muligheder")).path == "/"


async def test_a_post_that_is_taken_away_closes_the_pages_at_once(visitor: Visitor, portal_app: Starlette) -> None:
    plan = await a_plan()
    _, post = await a_caseworker(visitor, VISITATOR)
    await visitor.post(f"/kommune/sager/{plan.id}/hjaelp", som=post)
    await Membership.filter(id=int(post)).update(ended_at=NOW, ended_by="x")
    assert (await visitor.get("/muligheder")).status == 403
    await Membership.filter(id=int(post)).update(ended_at=None, ended_by=None)
    await Plan.filter(id=plan.id).update(municipality_id="0147")
    assert (await visitor.get("/muligheder")).status == 404


async def test_what_a_caseworker_typed_is_not_lost_when_they_were_signed_out(
    visitor: Visitor, portal_app: Starlette
) -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), SOON)
    colleague, post = await a_caseworker(visitor, VISITATOR)
    await visitor.post(f"/kommune/sager/{plan.id}/hjaelp", som=post)
    page = await visitor.post("/hold", slot=str(slot.id))
    await visitor.client.post("/ud", headers={"Sec-Fetch-Site": "same-origin"})
    page = await visitor.submit(page, "/book", samtykke="ja")
    assert page.links() == {"Log ind, og hjælp borgeren igen (åbner i en ny fane)": f"/kommune/sager/{plan.id}"}
    assert await Session.all().count() == 0
    # Whoever has the letter in the same browser sends nothing in the caseworker's words.
    await helps(visitor, plan, "")
    assert (await visitor.submit(page, "/book")).status == 409
    await visitor.post("/farvel")
    await sign_in_as(visitor, colleague, now=NOW + STEP)
    await visitor.post(f"/kommune/sager/{plan.id}/hjaelp", som=post)
    assert (await visitor.submit(page, "/book")).heading == "Din tid er bestilt"
    assert (await Booking.get()).plan_id == plan.id


async def test_another_post_in_another_tab_stops_the_help(visitor: Visitor, portal_app: Starlette) -> None:
    plan = await a_plan()
    _, post = await a_caseworker(visitor, VISITATOR)
    await visitor.post(f"/kommune/sager/{plan.id}/hjaelp", som=post)
    await Session.all().update(membership_id=None)
    assert (await visitor.get("/muligheder")).status == 409
    assert await Booking.all().count() == 0


async def test_a_citizens_own_code_is_not_needed_and_a_stranger_gets_nowhere(portal_app: Starlette) -> None:
    stranger = at_a_browser(portal_app)
    plan = await a_plan()
    assert (await stranger.post(f"/kommune/sager/{plan.id}/hjaelp", som="1")).path == "/ind"
