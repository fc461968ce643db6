"""What is kept about the citizen: all of it and nobody else's, as a page and as a file; each look is written down."""

import json
from typing import Any

import pytest

from matching.calling import ask_for_call
from matching.contents import PlanContents, seal_contents
from matching.messages import Addresses, set_contact
from matching.models import AuditEntry
from matching.own_data import own_data
from matching.retention.kinds import RetentionKind
from matching.retention.rules import add_rule
from portal.presenting.own_data_file import own_data_file
from providers.actors import CITIZEN, SYSTEM
from providers.database import execute
from tests.support.pages import Visitor
from tests.support.stories import SOON, Story, a_story
from tests.support.worlds import HOME, NOW, POLICY, TODAY, VAULT, a_citizen, a_plan, a_site

PAGE, FILE = "/mine-oplysninger", "/mine-oplysninger.json"


@pytest.fixture
async def story(visitor: Visitor) -> Story:
    """Somebody with contents in the plan and a booked time; and beside them somebody else."""
    citizen = a_citizen(name="Selma Selv", address="Hjemvej 7, 1050 København K", phone="00 00 00 70")
    contents = seal_contents(PlanContents(need="Kan ikke løfte sin violin"), VAULT)
    await a_plan(citizen=a_citizen(name="Nabo Nabosen"), case_reference="NABOENS-SAG")
    site = await a_site(name="Stedet", slots=[SOON, SOON.replace(hour=11)])
    story = await a_story(visitor, site, citizen=citizen, contents=contents, case_reference="SAG-SELV")
    await set_contact(
        story.plan.id, Addresses("selma@borger.example", "+4500000070"), "da", actor=CITIZEN, now=NOW, vault=VAULT
    )
    await ask_for_call(story.plan.id, site.pk, "00 00 00 70", actor=CITIZEN, now=NOW, policy=POLICY, vault=VAULT)
    await story.book()
    return story


async def file_of(story: Story) -> dict[str, Any]:
    answer = await story.visitor.client.get(FILE)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == 'attachment; filename="genvej-mine-oplysninger.json"'
    document: dict[str, Any] = json.loads(answer.content)
    return document


async def test_everything_is_on_the_page_but_what_the_letter_does_not_open(story: Story) -> None:
    page = await story.visitor.get(PAGE)
    assert page.heading == "Det har vi gemt om dig"
    for said in (
        "Selma Selv", "140351••••", "14. marts 1951", "00 00 00 70", "selma@borger.example", "+4500000070", "SAG-SELV",
        "Københavns Kommune", "Almen", "Basal", "Stedet, Prøvevej 1, 1050", "Din tid er bestilt.", "Bestilte en tid",
        "Med begge koder fra dit brev", "for at vælge eller ændre en tid", "Et opkald fra Stedet",
        "Gælder til 15. maj 2027", "i 1825 dage", "Demo: Kommunen har ikke besluttet noget",
    ):  # fmt: skip
        assert said in page.words, said
    for hidden in ("Hjemvej", story.codes.code, "violin", "Nabo", "NABOENS"):
        assert hidden not in page.html, hidden


async def test_the_file_says_the_same_and_what_was_sent(story: Story) -> None:
    document = await file_of(story)
    assert document["person"] == {
        "name": "Selma Selv",
        "cpr": "140351••••",
        "date_of_birth": "1951-03-14",
        "address": None,
        "phone": "00 00 00 70",
        "email": "proeve@borger.example",
    }
    assert (document["controller"], document["plan"]["case_reference"]) == ("Københavns Kommune", "SAG-SELV")
    assert document["plan"]["contents"] is None
    assert [(one["state"], one["site"]) for one in document["bookings"]] == [("confirmed", "Stedet")]
    assert [one["kind"] for one in document["events"]] == ["booked"]
    assert [(one["kind"], one["site"], one["outcome"]) for one in document["asked_for"]] == [("call", "Stedet", None)]
    (report,) = document["reports"]
    assert (report["recipient"], report["channel"], report["body"]["case_reference"]) == (
        "Københavns Kommune",
        "none",
        "SAG-SELV",
    )
    assert document["made_at"] == "2026-11-16T10:00:00+01:00"
    assert {look["role"] for look in document["looks"]} == {"citizen", "citizen_code"}
    assert (document["kept_for"]["days"], document["kept_for"]["demo"]) == (1825, True)


async def test_with_mitid_the_rest_is_shown_too(story: Story) -> None:
    data = await own_data(story.plan.id, vault=VAULT, now=NOW, identified=True)
    document = json.loads(own_data_file(data, NOW))
    assert (len(document["person"]["cpr"]), document["person"]["address"]) == (10, "Hjemvej 7, 1050 København K")
    assert document["plan"]["contents"]["need"] == "Kan ikke løfte sin violin"


async def test_what_the_municipality_has_decided_is_no_demo(story: Story) -> None:
    await add_rule(
        RetentionKind.CASE, 3650, municipality=HOME, valid_from=TODAY, source="Byrådet", actor=SYSTEM, now=NOW
    )
    words = (await story.visitor.get(PAGE)).words
    assert "i 3650 dage" in words
    assert "Demo: Kommunen" not in words


async def test_each_look_is_written_down(story: Story) -> None:
    await story.visitor.get(PAGE)
    await file_of(story)
    seen = AuditEntry.filter(action__startswith="own_data").order_by("id")
    assert await seen.values_list("action", "plan_id", "role", "purpose") == [
        ("own_data_seen", story.plan.id, "citizen", "own_case"),
        ("own_data_taken", story.plan.id, "citizen", "own_case"),
    ]


@pytest.mark.parametrize("path", [PAGE, FILE])
async def test_the_code_alone_opens_neither(story: Story, path: str) -> None:
    await story.visitor.post("/farvel")
    await story.visitor.post("/kode", kode=story.codes.code)
    assert (await story.visitor.client.get(path)).headers["location"] == "/bekraeft"


async def test_in_a_case_where_nothing_has_happened_nothing_is_made_up(visitor: Visitor) -> None:
    story = await a_story(visitor, await a_site(slots=[SOON]))
    await execute("UPDATE plan SET level = NULL, package_id = NULL WHERE id = $1", story.plan.id)
    await story.confirm(await visitor.get(PAGE))
    page = await visitor.get(PAGE)
    assert page.words.count("Ingen.") == 5
    assert "Ikke besluttet endnu" in page.words
