"""What leaves in the formats of KL and MedCom: valid by another's judgement, and by the guides' own rules."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from hypothesis import given, settings

from matching.course_codes import Intervention
from matching.national_codes import INTERVENTION_CODES, STOP_REASON_CODES, StopReason
from matching.reports.formats.acknowledgement import (
    AckCode,
    Issue,
    NotAnAcknowledgement,
    acknowledge,
    read_acknowledgement,
)
from matching.reports.formats.carecommunication import Segment, care_communication
from matching.reports.formats.facts import Facts, NotReportable, Organisation, Person
from matching.reports.formats.gateway import gateway_report
from matching.reports.formats.text import in_words
from portal.presenting.timeline import KIND_WORDS
from tests.support.cases_reported import (
    ELSEWHERE,
    HOME,
    NOW,
    OURS,
    PERSON,
    PROVIDER,
    SENDER,
    a_contact,
    any_facts,
    some_facts,
)
from tests.support.judge import Judge

CODES = "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes"
ABOUT_A_TIME = {
    *("offered", "requested", "booked", "moved", "cancelled_by_citizen", "cancelled_by_provider", "cannot_receive"),
    *("refused", "no_show", "started", "completed", "handed_back", "error", "assessed"),
}
THREAD = UUID(int=99, version=4)
V4 = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
FIRST = Segment(UUID(int=1, version=4), "Borgeren har valgt et sted.\nFørste tid er aftalt.", NOW)
SECOND = Segment(UUID(int=2, version=4), "Tiden er flyttet.", NOW + timedelta(hours=1))


def report(facts: Facts) -> bytes:
    return gateway_report(facts, PERSON, HOME, now=NOW)


def message(*segments: Segment, person: Person = PERSON) -> bytes:
    return care_communication(segments, THREAD, person, SENDER, HOME, bundle_id=uuid4(), now=NOW)


def resources(body: bytes, kind: str) -> list[dict[str, Any]]:
    return [e["resource"] for e in orjson.loads(body)["entry"] if e["resource"]["resourceType"] == kind]


def codes(concept: dict[str, Any]) -> list[str]:
    return [coding["code"] for coding in concept["coding"]]


def test_the_validator_finds_what_is_wrong(judge: Judge) -> None:
    broken = orjson.loads(report(some_facts()))
    broken["entry"][2]["resource"]["status"] = ["active"]
    del broken["entry"][2]["resource"]["intent"]
    assert len(judge.faults(orjson.dumps(broken))) >= 2


TRAINING = {code.code for kind, code in INTERVENTION_CODES.items() if kind is not Intervention.ASSESSMENT}


@settings(max_examples=40)
@given(facts=any_facts)
def test_whatever_happens_to_a_case_the_report_is_valid(judge: Judge, facts: Facts) -> None:
    body = report(facts)
    assert judge.faults(body) == []
    bundle = orjson.loads(body)
    ids = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(ids) == len(set(ids))
    assert set(re.findall(rb'"reference":"([^"]+)"', body)) <= {"/".join(url.split("/")[-2:]).encode() for url in ids}
    assert not {"identifier", "total", "link", "signature"} & set(bundle)
    for plan in resources(body, "CarePlan"):
        keeps_the_rules_of_a_care_plan(plan)


def keeps_the_rules_of_a_care_plan(plan: dict[str, Any]) -> None:
    detail = plan["activity"][0]["detail"]
    assert len(plan["activity"]) == 1
    assert not {"replaces", "goal", "note"} & set(plan)
    # klgateway-140-intervention-1 and -2
    assert ("basedOn" in plan) == (detail.get("code", {}).get("coding", [{}])[0].get("code") in TRAINING)
    if plan["meta"]["profile"][0].endswith("care-plan"):
        # klgateway-140-care-plan-1
        assert ("statusReason" in detail) == (detail["status"] in {"cancelled", "stopped"})
        assert not {"code", "scheduled"} & set(detail)
    else:
        assert "category" not in plan
        assert "statusReason" not in detail
        assert detail["extension"][0]["url"].endswith("/DeliveryType")


def test_the_published_example_is_reported_with_the_facts_it_came_with() -> None:
    body = report(some_facts())
    (plan,) = resources(body, "ServiceRequest")
    assert [codes(category) for category in plan["category"]] == [
        ["ffd81f78-352e-4589-a195-5350dd1df2a4"],
        ["8b962281-2ab6-4b10-9c91-4bac592d6d49"],
    ]
    assert plan["authoredOn"] == "2022-05-23"
    assert plan["extension"] == [
        {"url": "http://fhir.kl.dk/rehab/StructureDefinition/PreconditionDate", "valueDate": "2022-05-24"}
    ]
    assert plan["occurrencePeriod"] == {"start": "2022-05-28"}
    assert plan["status"] == "active"
    delivery = resources(body, "CarePlan")[1]["activity"][0]["detail"]["extension"][0]["valueCodeableConcept"]
    assert codes(delivery) == ["8d12d74c-17da-47a7-a4fe-e69dbaec0a8c"]
    (encounter,) = resources(body, "Encounter")
    assert encounter["period"] == {"start": "2022-05-28T10:00:00+02:00", "end": "2022-05-28T10:45:00+02:00"}


def test_a_citizen_has_a_number_there_and_nothing_else() -> None:
    (citizen,) = resources(report(some_facts()), "Patient")
    assert citizen["identifier"] == [{"use": "official", "system": "urn:oid:1.2.208.176.1.2", "value": PERSON.cpr}]
    assert not {"name", "address", "telecom", "gender", "birthDate"} & set(citizen)


def test_a_later_report_corrects_the_same_things() -> None:
    moved = a_contact(id=str(uuid4()), first_contact="2022-05-30T09:00:00+02:00")
    first = report(some_facts())
    later = report(some_facts(sequence=2, booking=moved | {"replaced": a_contact(state="moved")}))
    assert [plan["id"] for plan in resources(first, "CarePlan")] == [p["id"] for p in resources(later, "CarePlan")]
    assert [plan["status"] for plan in resources(later, "CarePlan")] == ["active", "active"]
    old, new = resources(later, "Encounter")
    assert (old["id"], old["status"]) == (resources(first, "Encounter")[0]["id"], "cancelled")
    assert new["status"] == "planned"


def test_a_course_given_up_for_another_place_says_so() -> None:
    booking = a_contact(id=str(uuid4()), provider=ELSEWHERE) | {"replaced": a_contact(state="moved")}
    old = resources(report(some_facts(booking=booking)), "CarePlan")[0]
    assert codes(old["activity"][0]["detail"]["statusReason"]) == [STOP_REASON_CODES[StopReason.OPTED_OUT].code]


def test_a_provider_without_a_sor_number_is_named() -> None:
    with pytest.raises(NotReportable) as refusal:
        report(some_facts(booking=a_contact(provider=PROVIDER | {"sor": None})))
    assert "Prøveklinikken" in refusal.value.details["what"]


@pytest.mark.parametrize("segments", [(FIRST,), (FIRST, SECOND)])
def test_a_message_and_its_reply_are_valid(judge: Judge, segments: tuple[Segment, ...]) -> None:
    body = message(*segments)
    assert judge.faults(body) == []
    kinds = [entry["resource"]["resourceType"] for entry in orjson.loads(body)["entry"]]
    assert kinds[0] == "MessageHeader"
    assert (kinds.count("Patient"), kinds.count("Organization"), kinds.count("Provenance")) == (1, 2, len(segments))
    for entry in orjson.loads(body)["entry"]:
        assert entry["resource"]["text"]["status"] in {"generated", "extensions"}


def test_a_reply_keeps_the_thread_and_all_that_was_said() -> None:
    (first,), (later,) = (resources(message(*said), "Communication") for said in ((FIRST,), (FIRST, SECOND)))
    assert first["identifier"] == later["identifier"]
    assert later["payload"][0] == first["payload"][0]
    assert V4.fullmatch(later["identifier"][0]["value"])
    old, new = resources(message(FIRST, SECOND), "Provenance")
    assert old == resources(message(FIRST), "Provenance")[0]
    assert new["activity"]["coding"][0]["code"] == "reply-message"
    assert [entity["role"] for entity in new["entity"]] == ["source", "revision"]
    assert new["entity"][0]["what"]["identifier"]["value"] == SECOND.id
    assert new["entity"][1]["what"]["reference"] == f"MessageHeader/{FIRST.header}"


def test_the_same_header_in_a_new_bundle_each_time() -> None:
    one, two = (orjson.loads(message(FIRST)) for _ in range(2))
    assert one["id"] != two["id"]
    assert one["entry"] == two["entry"]


def test_a_payload_is_marked_as_the_profile_wants() -> None:
    (said,) = resources(message(FIRST), "Communication")[0]["payload"]
    marks = {mark["url"].rsplit("/", 1)[1]: mark for mark in said["extension"]}
    assert V4.fullmatch(marks["medcom-core-identifier-extension"]["valueIdentifier"]["value"])
    assert marks["medcom-core-datetime-extension"]["valueDateTime"] == "2026-11-21T10:30:00+01:00"
    assert marks["medcom-core-contact-extension"]["valueContactPoint"]["system"] == "phone"
    assert said["contentString"].count("\n") == 1


def test_a_protected_citizen_is_labelled() -> None:
    labelled = message(FIRST, person=Person(PERSON.cpr, PERSON.name, protected=True))
    (citizen,) = resources(labelled, "Patient")
    assert [label["code"] for label in citizen["meta"]["security"]] == ["R"]
    assert "security" not in resources(message(FIRST), "Patient")[0]["meta"]


def test_a_receiver_without_numbers_is_named() -> None:
    with pytest.raises(NotReportable):
        care_communication([FIRST], THREAD, PERSON, SENDER, Organisation("X"), bundle_id=uuid4(), now=NOW)


@pytest.mark.parametrize(
    ("code", "issues"),
    [
        (AckCode.OK, []),
        (AckCode.OK, [Issue("duplicate", text="Allerede modtaget")]),
        (AckCode.TRANSIENT, [Issue("transient", "MSG_Mailbox_Out_Of_Operation")]),
        (AckCode.FATAL, [Issue("invalid", text="Patienten mangler")]),
    ],
)
def test_an_answer_is_valid_and_is_read_as_it_was_meant(judge: Judge, code: AckCode, issues: list[Issue]) -> None:
    (provenance,) = resources(message(FIRST), "Provenance")
    body = acknowledge(
        FIRST.header, provenance, code, HOME, OURS, ack_id=uuid4(), bundle_id=uuid4(), now=NOW, issues=issues
    )
    assert judge.faults(body) == []
    answer = read_acknowledgement(body)
    assert (answer.answers, answer.code) == (str(FIRST.header), code)
    assert answer.said == "; ".join(str(issue.error or issue.text) for issue in issues)


def test_an_error_says_what_was_wrong() -> None:
    with pytest.raises(ValueError, match="says"):
        acknowledge(FIRST.header, None, AckCode.FATAL, HOME, OURS, ack_id=uuid4(), bundle_id=uuid4(), now=NOW)


@pytest.mark.parametrize(
    "body",
    [b"", b"<ok/>", b"[]", b"{}", b'{"entry": [{}]}', b'{"entry": [{"resource": {"resourceType": "MessageHeader"}}]}'],
)
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises(NotAnAcknowledgement):
        read_acknowledgement(body)


def test_a_later_contact_is_an_encounter_of_its_training() -> None:
    held = {"starts_at": "2022-06-03T09:00:00+02:00", "minutes": 60, "mode": "home", "intervention": "physical"}
    body = report(some_facts(event="contact_held", booking=a_contact(state="started"), contact=held))
    first, later = resources(body, "Encounter")
    training = resources(body, "CarePlan")[2]
    assert later["period"] == {"start": "2022-06-03T09:00:00+02:00", "end": "2022-06-03T10:00:00+02:00"}
    assert (later["status"], later["class"]["code"]) == ("finished", "HH")
    assert later["extension"][0]["valueReference"]["reference"] == f"CarePlan/{training['id']}"
    assert codes(training["activity"][0]["detail"]["code"]) == ["2abe20c7-c0b4-41c1-b397-52acf36499ef"]
    assert first["id"] != later["id"]


@pytest.mark.parametrize("kind", sorted(set(KIND_WORDS) - ABOUT_A_TIME))
def test_every_kind_of_change_has_words_of_its_own(kind: str) -> None:
    """Also where the plan's state says nothing of it; what is about a time is told by the time's state."""
    first, *_ = in_words(some_facts(event=kind, booking=None)).splitlines()
    assert first not in {in_words(some_facts(event="unheard of", booking=None)).splitlines()[0]}
