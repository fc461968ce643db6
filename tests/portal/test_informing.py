"""The citizen is told: by a letter whose codes open the case, by telephone, and the provider by a letter of its own."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from pypdf import PdfReader

from matching.booking import book
from matching.casework.errors import CaseChanged
from matching.citizens import open_citizen
from matching.entry import CodeUnknown, enter
from matching.informing import Item, inform_by_letter
from matching.issuing import new_codes
from matching.messages.printing import UNDOABLE, forget_printed
from matching.models import AuditEntry, CaseEvent, Channel, CourseCode, Message, MessageState
from providers.actors import CITIZEN
from tests.support.apps import Clock, running_app
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor
from tests.support.staff import a_colleague, the_post
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import NOW, POLICY, TODAY, VAULT, a_citizen, a_plan, a_site, a_slot

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}")


@pytest_asyncio.fixture(scope="module")
async def visitator(databases: Databases) -> AsyncIterator[Visitor]:
    async with databases.fresh() as url, running_app(url, Clock()) as app:
        visitor = at_a_browser(app)
        await sign_in_as(visitor, await a_colleague())
        yield visitor


async def opens(code: str) -> int:
    return await enter(code, address="192.0.2.1", now=NOW, vault=VAULT, policy=POLICY)


async def pdf_of(visitor: Visitor, page: Page, action: str = "", path: str = "") -> str:
    """What a letter says that is sent for a form, or lies at an address."""
    own = {"Sec-Fetch-Site": "same-origin"}
    som = page.form(action).find(".//input[@name='som']") if action else None
    answer = (
        await visitor.client.post(action, data={"som": som.get("value") or ""}, headers=own)
        if som is not None
        else await visitor.client.get(path)
    )
    assert answer.headers["content-type"] == "application/pdf"
    return "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.content)).pages)


async def test_a_letter_is_printed_and_its_codes_open_the_case(visitator: Visitor) -> None:
    plan = await a_plan(discharge_date=TODAY - timedelta(days=9))
    path = f"/kommune/sager/{plan.id}"
    page = await visitator.submit(await visitator.get(path), f"{path}/brev", sprog="en")
    assert "Brev med posten: niveau, frit valg" in page.words
    message = await Message.get(plan_id=plan.id)
    letters = await visitator.get("/kommune/breve")
    said = await pdf_of(visitator, letters, f"/kommune/breve/{message.id}/hent")
    (code,) = set(CODE.findall(said))
    assert await opens(code) == plan.id
    assert "Your codes" in said
    await plan.refresh_from_db()
    assert (plan.informed_at, plan.choice_told_on, plan.code_issued_on) == (NOW, TODAY, TODAY)
    page = await visitator.submit(letters, f"/kommune/breve/{message.id}/printet")
    await message.refresh_from_db()
    assert message.state is MessageState.SENT
    assert "alt er sendt" in page.words
    assert (await forget_printed(NOW + UNDOABLE), await forget_printed(NOW + 2 * UNDOABLE)) == (0, 1)
    await message.refresh_from_db()
    assert message.content is None
    await visitator.submit(await visitator.get(path), f"{path}/spaer")
    with pytest.raises(CodeUnknown):
        await opens(code)


async def test_many_letters_are_one_tagged_pdf_and_marked_as_posted_at_once_until_somebody_is_sorry(
    visitator: Visitor,
) -> None:
    plans = [await a_plan(citizen=a_citizen(name=f"Prøve {name}")) for name in ("Ask", "Bo", "Eg")]
    for plan, spoken in zip(plans, ("da", "en", "da"), strict=True):
        path = f"/kommune/sager/{plan.id}"
        await visitator.submit(await visitator.get(path), f"{path}/brev", sprog=spoken)
    page = await visitator.get("/kommune/breve")
    boxes = [box for box in page.all("input", name="brev") if box.get("checked") is not None]
    assert len(boxes) == 3
    letters = [await Message.get(plan_id=plan.id) for plan in plans]
    first, second, third = [str(letter.id) for letter in letters]
    fields = {"som": page.form("/kommune/breve/valgte").find(".//input[@name='som']").get("value")}
    own = {"Sec-Fetch-Site": "same-origin"}
    asked = {**fields, "brev": [first, second, str(uuid4()), "x"], "goer": "hent"}
    answer = await visitator.client.post("/kommune/breve/valgte", data=asked, headers=own)
    pdf = PdfReader(BytesIO(answer.content))
    said = [sheet.extract_text() for sheet in pdf.pages]
    assert [bool(re.search("1 / [0-9]", sheet)) for sheet in said] == [True, False] * 2
    assert [f"Prøve {name}" in "".join(said[::2]) for name in ("Ask", "Bo", "Eg")] == [True, True, False]
    root = pdf.trailer["/Root"]
    parts = [part.get_object() for part in root["/StructTreeRoot"]["/K"][0].get_object()["/K"]]
    assert [part["/S"] for part in parts].count("/H1") == 2
    spoken = [(pdf.get_page_number(part["/Pg"]) // 2, part.get("/Lang", root["/Lang"])) for part in parts]
    assert set(spoken) == {(at, "en" if "Your codes" in said[2 * at] else "da") for at in (0, 1)}
    assert {code for _, code in spoken} == {"da", "en"}
    posted = await visitator.post("/kommune/breve/valgte", **fields, brev=[first, second, third], goer="sendt")
    assert "3 breve er sendt." in posted.html
    assert "alt er sendt" in posted.words
    again = await visitator.submit(posted, "/kommune/breve/fortryd")
    assert "3 breve står på listen igen." in again.html
    assert await Message.filter(state=MessageState.QUEUED, channel=Channel.PRINT).count() == 3
    nothing = await visitator.post("/kommune/breve/valgte", **fields, goer="hent")
    assert "Vælg mindst ét brev" in nothing.html
    await Message.filter(plan_id__in=[plan.id for plan in plans]).delete()


async def test_a_letter_does_not_wait_with_codes_that_are_dead(visitator: Visitor) -> None:
    plan = await a_plan()
    path = f"/kommune/sager/{plan.id}"
    for _ in range(2):
        await visitator.submit(await visitator.get(path), f"{path}/brev")
    states = [letter.state for letter in await Message.filter(plan_id=plan.id).order_by("once")]
    assert states == [MessageState.DROPPED, MessageState.QUEUED]
    await visitator.submit(await visitator.get(path), f"{path}/spaer")
    assert not await Message.exists(plan_id=plan.id, content__isnull=False)


async def test_codes_and_letter_are_there_together_or_not_at_all(visitator: Visitor) -> None:
    plan, member = await a_plan(), await the_post(await a_colleague())
    ways: dict[str, Any] = {"channels": [Channel.DIGITAL_POST], "actor": member.actor, "now": NOW, "vault": VAULT}
    with pytest.raises(CaseChanged):
        await inform_by_letter(plan.id, new_codes(NOW, POLICY), b"<p>", **ways, seen=3)
    assert not await CourseCode.exists(plan_id=plan.id)
    assert not await Message.exists(plan_id=plan.id)
    assert await inform_by_letter(plan.id, new_codes(NOW, POLICY), b"<p>", **ways, seen=0) is Channel.DIGITAL_POST
    assert (await Message.get(plan_id=plan.id)).channel is Channel.DIGITAL_POST


async def test_what_was_told_by_telephone_is_kept_item_by_item(visitator: Visitor) -> None:
    plan = await a_plan(received_on=TODAY - timedelta(days=5), informed_at=None)
    path = f"/kommune/sager/{plan.id}"
    nothing = await visitator.submit(await visitator.get(path), f"{path}/besked", hvordan="phone")
    assert (nothing.status, [field for _, field in nothing.problems]) == (400, ["fortalt"])
    assert "Besked til borgeren inden 4 dage: Overskredet" in nothing.words
    page = await visitator.submit(nothing, f"{path}/besked", hvordan="phone", fortalt="private")
    assert "Besked til borgeren inden 4 dage: Ikke overholdt" in page.words
    assert "Telefon: retten til et privat sted" in page.words
    event = await CaseEvent.get(plan_id=plan.id)
    assert event.changes == {"told_by": ["phone"], "told": [Item.PRIVATE.value]}
    await plan.refresh_from_db()
    assert (plan.informed_at, plan.choice_told_on) == (NOW, None)


async def test_the_provider_has_a_letter_once_a_time_is_booked(visitator: Visitor) -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), NOW + timedelta(days=2))
    path = f"/kommune/sager/{plan.id}/leverandoerbrev.pdf"
    assert (await visitator.get(path)).status == 404
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    page = await visitator.get(f"/kommune/sager/{plan.id}")
    assert page.links()["Hent brevet til stedet (PDF)"] == path
    said = await pdf_of(visitator, page, path=path)
    assert open_citizen(plan.citizen, VAULT).name in said
    assert await AuditEntry.exists(plan_id=plan.id, action="provider_letter_taken")


async def test_a_message_that_failed_is_sent_again_or_given_up_with_a_reason(visitator: Visitor) -> None:
    plan = await a_plan()
    path = f"/kommune/sager/{plan.id}"
    await visitator.submit(await visitator.get(path), f"{path}/brev")
    message = await Message.get(plan_id=plan.id)
    await Message.filter(id=message.id).update(
        state=MessageState.REFUSED, channel=Channel.DIGITAL_POST, answer="No box"
    )
    page = await visitator.get("/kommune/breve")
    assert "No box" in page.words
    page = await visitator.submit(page, f"/kommune/breve/{message.id}/drop", grund=" ")
    assert "Skriv en grund" in page.words
    await visitator.submit(page, f"/kommune/breve/{message.id}/igen")
    assert (await Message.get(id=message.id)).state is MessageState.QUEUED
    await Message.filter(id=message.id).update(state=MessageState.GIVEN_UP)
    await visitator.submit(await visitator.get("/kommune/breve"), f"/kommune/breve/{message.id}/drop", grund="Flyttet")
    assert (await Message.get(id=message.id)).state is MessageState.DROPPED
