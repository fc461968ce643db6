"""A clinic's people with a course: each role sees and writes its own part, each look is logged, nothing is lost."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest_asyncio

from matching import course
from matching.booking import book
from matching.calling import ask_for_call
from matching.contents import PlanContents, seal_contents
from matching.models import AuditEntry, CallBack, CallOutcome, CaseEvent
from providers.accounts import Post
from providers.actors import CITIZEN
from providers.clock import COPENHAGEN
from providers.models import Site
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.courses import SOON, Treated, a_treated
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor, text
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, NOW, POLICY, VAULT, a_citizen, a_plan, a_site, a_slot

AT = NOW + timedelta(days=2)
"""Everybody is at work the day after the first contacts."""

NAME, HEALTH = "Prøve Prøvesen", "Nyt knæ i højre side"


@dataclass
class Clinic:
    """A planner and a therapist of one clinic, each at a browser."""

    site: Site
    planner: Visitor
    therapist: Visitor

    async def a_citizen(self) -> Treated:
        """Somebody who has chosen the clinic, with the hospital's words."""
        contents = seal_contents(PlanContents(health=HEALTH, need="Gå på trapper"), VAULT)
        return await a_treated(self.site, contents=contents)


@pytest_asyncio.fixture(scope="module")
async def clinic(databases: Databases) -> AsyncIterator[Clinic]:
    async with databases.fresh() as url, running_app(url, Clock(AT), requests_per_minute=0) as app:
        site = await a_site("private", contract_with=HOME)
        people = []
        for role in (Role.PLANNER, Role.THERAPIST):
            visitor = at_a_browser(app)
            await sign_in_as(visitor, await a_colleague(Post(role, provider=site.provider_id), now=AT), now=AT)
            people.append(visitor)
        yield Clinic(site, *people)


def path_of(treated: Treated) -> str:
    return f"/klinik/forloeb/{treated.plan.id}"


async def press(visitor: Visitor, page: Page, name: str, **fields: str) -> Page:
    return await visitor.submit(page, f"{page.path}/{name}", **fields)


async def test_from_the_new_booking_to_the_closing_note(clinic: Clinic) -> None:
    treated = await clinic.a_citizen()
    path = path_of(treated)
    listed = await clinic.planner.get("/klinik/forloeb")
    assert listed.all("a", href=path)
    page = await press(clinic.planner, await clinic.planner.get(path), "modtaget")
    assert "Bookingen er modtaget" in page.words
    assert HEALTH not in page.words
    today = await clinic.therapist.get("/klinik/i-dag", dag="17.11.2026")
    assert NAME in today.words
    before = await clinic.therapist.get("/klinik/i-dag", dag="16.11.2026")
    assert before.links()["Se tirsdag den 17. november 2026, hvor den næste kommer"] == "/klinik/i-dag?dag=2026-11-17"
    page = await clinic.therapist.get(path)
    assert HEALTH in page.words
    page = await press(clinic.therapist, page, "begyndt")
    page = await press(clinic.therapist, page, "kontakt", klokken="9.30", indsats="cognitive")
    assert "kl. 09.30, 45 minutter, Individuel, Kognitiv træning" in page.words
    page = await press(clinic.therapist, page, "niveau", niveauord="Har brug for mere")
    page = await press(clinic.therapist, page, "afslut", afslutning="Går uden stok")
    assert "Går uden stok" in page.words
    assert not page.all("textarea")
    assert (await clinic.planner.get("/klinik/forloeb", vis="slut")).all("a", href=path)


async def test_whoever_was_promised_a_call_is_on_the_list_until_somebody_rang(clinic: Clinic) -> None:
    plan = await a_plan(citizen=a_citizen(name="Ringe Prøvesen"))
    asked = {"actor": CITIZEN, "now": NOW, "policy": POLICY, "vault": VAULT}
    call = await ask_for_call(plan.id, clinic.site.pk, "00 00 00 17", **asked)
    page = await clinic.planner.get("/klinik/opkald")
    assert page.links()["00 00 00 17"] == "tel:+4500000017"
    assert "I dag" in page.words
    assert "Ringe Prøvesen" in page.words
    assert await AuditEntry.filter(action="calls_seen", plan_id=plan.id).count() == 1
    assert (await clinic.therapist.get("/klinik/opkald")).status == 403
    (button,) = [form for form in page.all("form", action="/klinik/opkald/slut") if "Talt med" in text(form)]
    sent = {str(field.get("name")): field.get("value") for field in button.iter("input")}
    after = await clinic.planner.post("/klinik/opkald/slut", **sent)
    assert "Opkaldet er gemt." in after.html
    assert "Ingen venter på, at I ringer." in after.words
    assert (await CallBack.get(id=call.id)).outcome is CallOutcome.REACHED
    again = await clinic.planner.post("/klinik/opkald/slut", **sent)
    assert (again.status, "Opkaldet findes ikke længere." in again.words) == (404, True)


async def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(clinic: Clinic) -> None:
    treated = await clinic.a_citizen()
    await treated.do(course.acknowledge)
    treated.at = SOON
    await treated.do(course.start)
    page = await clinic.therapist.get(path_of(treated))
    again = await press(clinic.therapist, page, "stop", stopord="Flyttet til udlandet")
    assert again.status == 400
    assert [field for _, field in again.problems] == ["stopaarsag"]
    assert "Flyttet til udlandet" in again.words
    assert NAME not in again.words
    stopped = await press(clinic.therapist, page, "stop", stopord="Flyttet", stopaarsag="opted_out")
    assert "Aktivt fravalg" in stopped.words


async def test_the_second_of_two_sees_what_the_first_did_and_loses_nothing(clinic: Clinic) -> None:
    treated = await clinic.a_citizen()
    page = await clinic.planner.get(path_of(treated))
    await treated.do(course.acknowledge)
    again = await press(clinic.planner, page, "kan-ikke", grund="capacity", grundord="Alle er syge")
    assert again.status == 409
    assert "Modtog bookingen" in again.words
    assert "Alle er syge" in again.words
    done = await clinic.planner.submit(again, f"{path_of(treated)}/kan-ikke", grund="capacity", grundord="Alle er syge")
    assert done.status == 200
    assert await treated.now() == ("assessed", "cannot_receive")


async def test_a_clinic_that_the_citizen_has_left_is_not_told_where_they_are(clinic: Clinic) -> None:
    """Not even when a form says that it has seen nothing of the case yet, and asks what is new."""
    treated = await clinic.a_citizen()
    page = await clinic.planner.get(path_of(treated))
    await treated.do(course.give_back)
    slot = await a_slot(await a_site(name="Et andet sted"), AT + timedelta(days=2))
    await book(treated.plan.id, slot.id, actor=CITIZEN, now=AT, policy=POLICY)
    here = await CaseEvent.filter(booking_id=treated.booking.id).order_by("-sequence").first()
    assert here is not None
    for seen, told in ((0, True), (here.sequence, False)):
        again = await press(clinic.planner, page, "modtaget", kendt=str(seen))
        assert again.status == 409
        assert "Et andet sted" not in again.words
        (news,) = again.all("section", **{"aria-labelledby": "nyt"})
        assert ("Bestilte en tid" in text(news)) is told
    assert await CaseEvent.filter(plan_id=treated.plan.id, kind="booking_received").count() == 0


async def test_moved_to_a_free_time_and_overbooked_with_a_reason(clinic: Clinic) -> None:
    treated, slot = await clinic.a_citizen(), await a_slot(clinic.site, AT + timedelta(days=1), blocked_seats=1)
    page = await clinic.planner.get(f"{path_of(treated)}/flyt")
    full = str(slot.id)
    refused = await clinic.planner.submit(page, f"{path_of(treated)}/flyt/over", tid=full)
    assert [field for _, field in refused.problems] == ["overbook"]
    moved = await clinic.planner.submit(page, f"{path_of(treated)}/flyt/over", tid=full, overbook="extra_staff")
    assert "Overbooket: Vi er flere på arbejde end planlagt" in moved.words
    assert "Overbooket" in (await clinic.planner.get("/klinik/i-dag", dag="2026-11-19")).words


async def test_every_look_is_in_the_log_and_strangers_find_nothing(clinic: Clinic) -> None:
    treated = await clinic.a_citizen()
    await clinic.therapist.get(path_of(treated))
    await clinic.therapist.get("/klinik/i-dag", dag="2026-11-17")
    looks = await AuditEntry.filter(plan_id=treated.plan.id, role="therapist").order_by("id")
    assert [look.action for look in looks] == ["course_seen", "contents_seen", "course_listed"]
    assert {look.purpose for look in looks} == {"treatment"}
    elsewhere = await a_treated()
    assert (await clinic.planner.get(path_of(elsewhere))).status == 404
    assert await CaseEvent.filter(plan_id=elsewhere.plan.id).count() == 1


async def test_day_and_hour_are_agreed_with_a_citizen_who_chose_a_week(clinic: Clinic) -> None:
    friday = datetime(2026, 11, 27, 23, 59, tzinfo=COPENHAGEN)
    week = await a_slot(clinic.site, friday, seats=2, whole_week=True)
    plan = await a_plan(citizen=a_citizen(name=NAME))
    await book(plan.id, week.id, actor=CITIZEN, now=NOW, policy=POLICY)
    path = f"/klinik/forloeb/{plan.id}"
    page = await clinic.planner.get("/klinik/opkald")
    assert "I dag 18. november 2026" in page.words
    assert "Mangler dag og klokkeslæt" in (await clinic.planner.get("/klinik/forloeb")).words
    assert page.all("a", href=f"{path}/flyt")
    page = await clinic.planner.get(path)
    assert "I uge 48, senest fredag den 27. november 2026 (stedet ringer og aftaler tid)" in page.words
    page = await clinic.planner.get(page.links()["Aftal dag og klokkeslæt"])
    again = await clinic.planner.submit(page, f"{path}/aftal", dag="25.11.2026", klokken="halv ti")
    assert ([field for _, field in again.problems], again.status) == (["dag"], 400)
    done = await clinic.planner.submit(page, f"{path}/aftal", dag="25.11.2026", klokken="9.30")
    assert "Onsdag den 25. november 2026 kl. 09.30" in done.words
    assert not (await clinic.planner.get("/klinik/opkald")).all("a", href=f"{path}/flyt")
    assert await CaseEvent.filter(plan_id=plan.id, kind="moved").count() == 1
