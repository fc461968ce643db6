"""Messages become cases: kept first, once each, changed where the hospital changes its mind, linked to earlier ones."""

import zlib
from datetime import date
from typing import Any

import pytest

from matching.citizens import open_citizen
from matching.contents import open_contents
from matching.intake.arriving import findings_of
from matching.intake.directory import printed_directory
from matching.intake.findings import Finding, Problem
from matching.intake.items import Item
from matching.intake.storing import File
from matching.intake.taking import take_in
from matching.models import Arrival, ArrivalState, AuditEntry, CaseEvent, MessageSource, Plan, RawMessage, Report
from matching.plan_facts import Level, PlanLink, PlanType
from matching.states import PlanState
from providers.actors import Actor
from providers.database import execute
from tests.support.messages_in import SPECIALISED, a_bundle, a_csv, a_ggop, a_request, a_row, the_published_example
from tests.support.worlds import HOME, NOW, VAULT

pytestmark = pytest.mark.usefixtures("clean_world")

VISITATOR = Actor("account-1", "visitator", HOME)
OTHER = "0751"
DIRECTORY = printed_directory()


async def bring(*bodies: bytes, municipality: str | None = HOME, names: tuple[str, ...] = ()) -> list[Item]:
    """What becomes of the plans in some files."""
    files = [File(name, body) for name, body in zip(names or ("plan.xml",) * len(bodies), bodies, strict=True)]
    found = await take_in(
        files,
        municipality=municipality,
        source=MessageSource.UPLOAD,
        directory=DIRECTORY,
        actor=VISITATOR,
        now=NOW,
        vault=VAULT,
    )
    return [item for items in found for item in items]


def states(items: list[Item]) -> list[str]:
    return [item.state.value for item in items]


async def events() -> list[tuple[str, Any]]:
    return [(event.kind, event.changes) for event in await CaseEvent.all().order_by("plan_id", "sequence")]


async def test_a_message_is_kept_and_becomes_a_case() -> None:
    (item,) = await bring(a_ggop(), names=("140351-1234.xml",))
    plan, kept, arrival = await Plan.get(), await RawMessage.get(), await Arrival.get()
    assert (item.state, item.plan_id, arrival.plan_id) == (ArrivalState.TAKEN, plan.id, plan.id)
    assert (plan.municipality_id, plan.message_id, plan.state) == (HOME, "ggop-1", PlanState.RECEIVED)
    assert (plan.plan_type, plan.level, plan.discharge_date) == (PlanType.GENERAL, None, date(2026, 11, 14))
    assert plan.case_reference == f"GOP-{plan.id}"
    assert open_citizen(plan.citizen, VAULT).name == "Prøve Ærlig Prøvesen"
    assert open_contents(plan.contents or b"", VAULT).need == "Styrke og balance."
    assert zlib.decompress(VAULT.open(kept.body)) == a_ggop()
    assert VAULT.open(kept.name) == b"140351-1234.xml"
    assert (kept.municipality_id, kept.source, kept.actor) == (HOME, MessageSource.UPLOAD, "visitator:account-1")
    assert await events() == [("received", None)]
    assert [(entry.action, entry.plan_id, entry.person) for entry in await AuditEntry.all()] == [
        ("received", plan.id, "account-1")
    ]
    assert await Report.filter(plan_id=plan.id).count() == 1


async def test_the_same_message_again_changes_nothing() -> None:
    assert states(await bring(a_bundle(), a_bundle())) == ["taken", "known"]
    again = a_bundle(timestamp="2026-11-15T10:00:00Z")
    assert states(await bring(a_bundle()) + await bring(again)) == ["known", "known"]
    assert (await Plan.all().count(), await CaseEvent.all().count(), await Report.all().count()) == (1, 1, 1)
    assert await RawMessage.all().count() == 2


async def test_five_hundred_messages_with_a_broken_one_are_taken_in_but_for_that_one() -> None:
    bodies = [a_csv(a_row(f"csv-{number}", cpr=f"140351{1000 + number}")) for number in range(499)]
    items = await bring(*bodies[:250], b"<broken", *bodies[250:])
    assert [number for number, item in enumerate(items) if item.state is ArrivalState.FAILED] == [250]
    assert await Plan.all().count() == 499
    failed = await Arrival.get(state=ArrivalState.FAILED)
    assert (failed.municipality_id, findings_of(failed.findings)) == (HOME, (Finding(Problem.XML_BROKEN),))


async def test_the_published_example_is_a_case_whose_offer_kept_the_guarantee() -> None:
    (item,) = await bring(the_published_example())
    plan = await Plan.get()
    assert item.state is ArrivalState.TAKEN
    assert (plan.received_on, plan.discharge_date) == (date(2022, 5, 23), date(2022, 5, 24))
    assert (plan.offer_date, plan.offer_recorded_on) == (date(2022, 5, 28), date(2022, 5, 23))
    assert (plan.plan_type, plan.level) == (PlanType.GENERAL, Level.BASIC)
    assert open_contents(plan.contents or b"", VAULT).delivery == ("individual",)


async def test_what_the_hospital_corrects_is_corrected_and_what_we_have_decided_stays() -> None:
    await bring(a_bundle(a_request(discharge="2026-11-14")))
    (item,) = await bring(a_bundle(a_request(discharge="2026-11-15", offer="2026-11-20")))
    plan = await Plan.get()
    assert item.state is ArrivalState.CHANGED
    assert (plan.discharge_date, plan.offer_date, plan.offer_recorded_on) == (
        date(2026, 11, 15),
        date(2026, 11, 20),
        date(2026, 11, 13),
    )
    changes = {
        "discharge_date": ["2026-11-14", "2026-11-15"],
        "offer_date": [None, "2026-11-20"],
        "offer_recorded_on": [None, "2026-11-13"],
    }
    assert await events() == [("received", None), ("plan_changed", changes)]
    await execute(
        "INSERT INTO case_event (plan_id, sequence, kind, at, actor, changes)"
        """ VALUES ($1, 3, 'corrected', $2, 'visitator:1', '{"discharge_date": ["2026-11-15", "2026-11-12"]}')""",
        plan.id,
        NOW,
    )
    await Plan.filter(id=plan.id).update(discharge_date=date(2026, 11, 12))
    (item,) = await bring(a_bundle(a_request(discharge="2026-11-15")))
    assert item.state is ArrivalState.KNOWN
    assert Finding(Problem.DECISION_KEPT, "udskrivningsdato") in item.findings
    assert (await Plan.get()).discharge_date == date(2026, 11, 12)


async def test_words_are_added_and_none_is_taken_away() -> None:
    await bring(a_csv(a_row("ggop-1", telefon="00 00 00 00", kommune="")))
    (item,) = await bring(a_ggop())
    plan = await Plan.get()
    citizen = open_citizen(plan.citizen, VAULT)
    assert item.state is ArrivalState.CHANGED
    assert (citizen.phone, citizen.address) == ("00000000", "Opdigtet Allé 1, 1050 Byen")
    assert states(await bring(a_csv(a_row("ggop-1", navn="")))) == ["known"]


async def test_a_closed_case_and_another_citizens_case_are_left_alone() -> None:
    await bring(a_csv(a_row("one")), a_csv(a_row("two")))
    await Plan.filter(message_id="one").update(state=PlanState.COMPLETED)
    items = await bring(a_csv(a_row("one", udskrivningsdato="2026-11-15")), a_csv(a_row("two", cpr="1503511234")))
    assert [item.findings[-1].problem for item in items] == [Problem.CASE_CLOSED, Problem.CITIZEN_DIFFERS]
    assert states(items) == ["failed", "failed"]
    assert await CaseEvent.all().count() == 2


async def test_a_level_that_was_decided_holds_the_type_of_the_plan() -> None:
    await bring(a_bundle())
    plan = await Plan.get()
    await execute(
        "INSERT INTO case_event (plan_id, sequence, kind, at, actor, changes)"
        """ VALUES ($1, 2, 'assessed', $2, 'visitator:1', '{"level": [null, "basic"]}')""",
        plan.id,
        NOW,
    )
    (item,) = await bring(a_bundle(a_request(categories=[SPECIALISED])))
    assert [finding.place for finding in item.findings if finding.problem is Problem.DECISION_KEPT] == [
        "niveau",
        "plantype",
    ]


async def test_a_plan_is_linked_to_the_one_it_names_or_else_to_the_citizens_open_one() -> None:
    await bring(a_bundle(a_request("old")))
    revoked = a_request("old", status="revoked")
    replacing = a_request("new", replaces=[{"reference": "ServiceRequest/old"}])
    await bring(a_bundle(replacing, revoked))
    await bring(a_csv(a_row("beside")))
    (stranger,) = await bring(a_csv(a_row("else", cpr="1503511234", erstatter="old")))
    plans = {plan.message_id: plan for plan in await Plan.all()}
    assert (plans["new"].linked_to_id, plans["new"].link) == (plans["old"].id, PlanLink.REPLACES)
    assert (plans["beside"].linked_to_id, plans["beside"].link) == (plans["new"].id, PlanLink.PARALLEL)
    assert plans["else"].linked_to_id is None, "another citizen's plan is nobody's to name"
    assert Finding(Problem.EARLIER_PLAN_UNKNOWN) in stranger.findings
    assert ("received", {"replaces": [None, "old"]}) in await events()


async def test_a_citizen_from_elsewhere_is_marked() -> None:
    at_home, elsewhere, for_others = await bring(
        a_ggop("a"), a_ggop("b", postal_code="8000"), a_csv(a_row("c", kommune=OTHER, bopælskommune="Aarhus"))
    )
    plans = {plan.message_id: plan.residence_id for plan in await Plan.all()}
    assert plans == {"a": HOME, "b": OTHER, "c": OTHER}
    assert not at_home.findings
    assert elsewhere.findings[0] == Finding(Problem.LIVES_ELSEWHERE, "Aarhus")
    assert [finding.problem for finding in for_others.findings][:2] == [
        Problem.ADDRESSED_ELSEWHERE,
        Problem.LIVES_ELSEWHERE,
    ]


async def test_without_anybody_to_say_so_the_messages_tell_for_whom_they_are() -> None:
    mixed = a_csv(a_row("a"), a_row("b", kommune=OTHER), a_row("c", kommune=""))
    with_a_broken_line = a_csv(a_row("d"), {"besked-id": '"'})
    items = await bring(mixed, with_a_broken_line, municipality=None, names=("mixed.csv", "home.csv"))
    assert states(items) == ["taken", "taken", "failed", "taken", "failed"]
    assert items[2].findings == [Finding(Problem.MUNICIPALITY_MISSING)]
    assert {plan.message_id: plan.municipality_id for plan in await Plan.all()} == {"a": HOME, "b": OTHER, "d": HOME}
    filed = {VAULT.open(kept.name): kept.municipality_id for kept in await RawMessage.all()}
    assert filed == {b"mixed.csv": None, b"home.csv": HOME}
    assert await Arrival.filter(municipality_id=HOME).count() == 3


async def test_two_municipalities_may_have_the_same_message() -> None:
    assert states(await bring(a_csv(a_row())) + await bring(a_csv(a_row()), municipality=OTHER)) == ["taken", "taken"]


async def test_a_plan_that_cannot_be_written_does_not_stop_the_others() -> None:
    await execute("ALTER TABLE plan ADD CONSTRAINT no_such_reference CHECK (case_reference <> 'BAD')")
    items = await bring(a_csv(a_row("a"), a_row("b", sagsnummer="BAD"), a_row("c")))
    assert states(items) == ["taken", "failed", "taken"]
    assert items[1].findings[-1] == Finding(Problem.FAULT_OF_OURS)
    assert (await Arrival.get(message_id="b")).state is ArrivalState.FAILED
