"""From the bytes of a message to a typed plan, in every format, and from bad bytes to one clear sentence."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.contents import PlanContents
from matching.intake.columns import HEADINGS, form_body
from matching.intake.directory import printed_directory
from matching.intake.findings import Finding, Problem
from matching.intake.incoming import EarlierPlan, IncomingPlan, Reading
from matching.intake.reading import LARGEST, read_message
from matching.plan_facts import Level, PlanLink, PlanType
from matching.rights import guarantee_deadline, offer_kept
from tests.support.messages_in import (
    SOMEBODY,
    SPECIALISED,
    a_bundle,
    a_csv,
    a_ggop,
    a_request,
    a_row,
    the_published_example,
)

TODAY = date(2026, 11, 16)
DIRECTORY = printed_directory()


def read(body: bytes, today: date = TODAY) -> list[Reading]:
    return read_message(body, today=today, directory=DIRECTORY)


def plan_in(body: bytes, today: date = TODAY) -> IncomingPlan:
    (reading,) = read(body, today)
    assert reading.plan is not None, reading.findings
    return reading.plan


def problems(body: bytes, today: date = TODAY) -> list[tuple[Problem, str]]:
    (reading,) = read(body, today)
    assert (reading.plan is None) == bool(reading.faults)
    return [(finding.problem, finding.place) for finding in reading.findings]


def test_the_published_example_is_read_as_it_is_told() -> None:
    (reading,) = read(the_published_example(), today=date(2022, 5, 23))
    plan = reading.plan
    assert plan is not None
    assert (plan.message_id, plan.plan_type, plan.level) == ("request-1", PlanType.GENERAL, Level.BASIC)
    assert (plan.received_on, plan.discharge_date) == (date(2022, 5, 23), date(2022, 5, 24))
    assert (plan.offer_date, plan.offered_on) == (date(2022, 5, 28), date(2022, 5, 23))
    assert plan.contents.delivery == ("individual",)
    assert guarantee_deadline(plan.facts) == date(2022, 5, 31)
    assert offer_kept(plan.facts) is True
    assert reading.findings == (
        Finding(Problem.MUNICIPALITY_UNKNOWN, "999000000000001"),
        Finding(Problem.NAME_MISSING),
        Finding(Problem.DISCHARGE_TO_COME),
    )


def test_a_bundle_with_an_identifier_is_known_by_it() -> None:
    identifier = {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:4e0c"}
    assert plan_in(a_bundle(identifier=identifier)).message_id == "urn:uuid:4e0c"
    two = read(a_bundle(a_request("a"), a_request("b"), identifier=identifier))
    assert [reading.message_id for reading in two] == ["urn:uuid:4e0c#a", "urn:uuid:4e0c#b"]


def test_a_plan_says_which_one_it_replaces_or_begins_anew() -> None:
    old = a_request("old", status="revoked")
    replacing = a_request("new", replaces=[{"reference": "ServiceRequest/old"}])
    assert plan_in(a_bundle(replacing, old)).earlier == EarlierPlan(PlanLink.REPLACES, "old")
    assert plan_in(a_bundle(a_request("new"), old)).earlier == EarlierPlan(PlanLink.RESTARTS, "old")
    assert [reading.plan.earlier for reading in read(a_bundle(a_request("a"), a_request("b"))) if reading.plan] == [
        None,
        None,
    ]
    assert (Problem.PLAN_WITHDRAWN, "") in problems(a_bundle(old))


def test_a_ggop_message_is_read_with_what_the_hospital_wrote() -> None:
    plan = plan_in(a_ggop(more="<RehabilitationDeadline>Start tidligst 1-12-2026.</RehabilitationDeadline>"))
    assert (plan.message_id, plan.municipality, plan.residences) == ("ggop-1", "0101", ("0101",))
    assert (plan.plan_type, plan.level, plan.discharge_date) == (PlanType.GENERAL, None, date(2026, 11, 14))
    assert (plan.citizen.name, plan.citizen.date_of_birth) == ("Prøve Ærlig Prøvesen", date(1951, 3, 14))
    assert plan.citizen.address == "Opdigtet Allé 1, 1050 Byen"
    assert plan.earliest_start is None, "a deadline in words starts no clock"
    assert plan.contents == PlanContents(
        function_at_discharge="Går med stok.\nKan ikke gå på trapper.",
        need="Styrke og balance.",
        start_deadline=date(2026, 12, 1),
        start_deadline_text="Start tidligst 1-12-2026.",
        diagnoses=("DS721 Brud",),
        hospital="Opdigtet Sygehus, Ortopædkirurgi",
        municipality_contact="Visitationen\n00000000",
        sent_with_consent=True,
    )


@pytest.mark.parametrize(
    ("encoding", "declared", "wrong"),
    [
        ("UTF-8", None, False),
        ("ISO-8859-1", None, False),
        ("windows-1252", None, False),
        ("UTF-16", None, False),
        ("windows-1252", "UTF-8", True),
        ("UTF-8", "ISO-8859-1", True),
        ("UTF-8", "utf-7", True),
    ],
)
def test_letters_are_read_in_whatever_encoding_they_are(encoding: str, declared: str | None, wrong: bool) -> None:
    (reading,) = read(a_ggop(encoding=encoding, declared=declared))
    assert reading.plan is not None
    assert reading.plan.citizen.name == "Prøve Ærlig Prøvesen"
    assert (Finding(Problem.ENCODING_CORRECTED) in reading.findings) is wrong


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_as_spreadsheets_write_it(encoding: str, delimiter: str) -> None:
    rows = [a_row("a", niveau="Basal", tilbudt_dato="18.11.2026", pakke="01 kirurgisk"), a_row("b", kommune="Aarhus")]
    one, two = read(a_csv(*rows, delimiter=delimiter, encoding=encoding))
    assert one.plan is not None
    assert two.plan is not None
    assert (one.plan.citizen.name, one.plan.level, one.plan.package) == ("Prøve Prøvesen", Level.BASIC, "01-kirurgisk")
    assert (one.plan.offer_date, one.plan.offered_on) == (date(2026, 11, 18), TODAY)
    assert (one.plan.municipality, two.plan.municipality) == ("0101", "0751")


def test_a_broken_line_does_not_harm_the_others() -> None:
    lines = a_csv(*(a_row(f"csv-{number}") for number in range(500))).split(b"\r\n")
    lines[250] = b'"never closed;0101'
    readings = read(b"\r\n".join(lines))
    assert len(readings) == 500
    assert [reading.findings for reading in readings if reading.plan is None] == [(Finding(Problem.ROW_BROKEN, "251"),)]


def test_a_form_is_one_plan_however_many_lines_were_typed_into_it() -> None:
    assert len(read(form_body(dict.fromkeys(HEADINGS, "ord\n" * 500)))) == 1


SPECIALISED_BASIC = a_row(plantype="Specialiseret", niveau="basal")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (a_csv(a_row(udskrivningsdato="")), (Problem.DISCHARGE_MISSING, "")),
        (a_bundle(a_request(discharge=None)), (Problem.DISCHARGE_MISSING, "")),
        (a_ggop(discharge=""), (Problem.DISCHARGE_MISSING, "")),
        (a_csv(a_row(udskrivningsdato="31-02-2026")), (Problem.DATE_UNREADABLE, "udskrivningsdato")),
        (a_csv(a_row(udskrivningsdato="i går")), (Problem.DATE_UNREADABLE, "udskrivningsdato")),
        (a_csv(a_row(udskrivningsdato="2027-02-01")), (Problem.DISCHARGE_AHEAD, "")),
        (a_csv(a_row(udskrivningsdato="2026-11-20")), (Problem.DISCHARGE_TO_COME, "")),
        (a_csv(a_row(udskrivningsdato="2016-11-16")), (Problem.DISCHARGE_BEFORE_LAW, "")),
        (a_csv(a_row(udskrivningsdato="2025-11-15")), (Problem.DISCHARGE_LONG_AGO, "")),
        (a_bundle(a_request(discharge="2024-11-14", received="2024-11-13")), (Problem.RECEIVED_LONG_AGO, "")),
        (a_csv(a_row(cpr="3202511234")), (Problem.CPR_WRONG, "")),
        (a_csv(a_row(cpr="")), (Problem.CPR_MISSING, "")),
        (a_csv(a_row(cpr="1403517AB1", fødselsdato="14-03-1951")), (Problem.REPLACEMENT_NUMBER, "")),
        (a_csv(a_row(fødselsdato="15-03-1951")), (Problem.BIRTH_DIFFERS, "")),
        (a_csv(a_row(plantype="")), (Problem.PLAN_TYPE_MISSING, "")),
        (a_csv(a_row(plantype="hurtig")), (Problem.PLAN_TYPE_UNKNOWN, "")),
        (a_bundle(a_request(categories=["?"])), (Problem.PLAN_TYPE_UNKNOWN, "")),
        (a_csv(SPECIALISED_BASIC), (Problem.LEVEL_NOT_FOR_TYPE, "")),
        (a_csv(a_row(niveau="svær")), (Problem.LEVEL_UNKNOWN, "")),
        (a_csv(a_row(pakke="99 magisk")), (Problem.PACKAGE_UNKNOWN, "99 magisk")),
        (a_csv(a_row(pakke=SOMEBODY)), (Problem.PACKAGE_UNKNOWN, "")),
        (a_csv(a_row(kommune="Andeby")), (Problem.MUNICIPALITY_UNKNOWN, "Andeby")),
        (a_csv(a_row(sagsnummer="140351-1234")), (Problem.REFERENCE_LEFT_OUT, "")),
        (a_csv(a_row(tilbudt_dato="2026-11-01")), (Problem.DATE_LEFT_OUT, "tilbudt dato")),
        (a_csv(a_row(tidligste_start="2036-01-01")), (Problem.DATE_LEFT_OUT, "tidligste start")),
        (a_csv(a_row("")), (Problem.MESSAGE_ID_MISSING, "")),
        (a_csv(a_row("x" * 81)), (Problem.MESSAGE_ID_TOO_LONG, "")),
        (b"besked-id;cpr;type\na;b;c", (Problem.COLUMN_MISSING, "udskrivningsdato")),
        (b"", (Problem.EMPTY, "")),
        (b"  \r\n", (Problem.EMPTY, "")),
        (b"%PDF-1.7 \xff\x00\x01", (Problem.UNKNOWN_FORMAT, "")),
        (b"<Emessage><RehabilitationPlan>", (Problem.XML_BROKEN, "")),
        (b"<Bundle/>", (Problem.NO_PLAN, "")),
        (b'{"resourceType": "Bundle"', (Problem.JSON_BROKEN, "")),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, (Problem.JSON_BROKEN, "")),
        (b"[]", (Problem.NOT_A_BUNDLE, "")),
        (b'{"resourceType": "Bundle", "entry": [1, {"resource": {"resourceType": "Patient"}}]}', (Problem.NO_PLAN, "")),
        (a_ggop(more="<BinaryObject>QUJD</BinaryObject>"), (Problem.ATTACHMENT_LEFT_OUT, "")),
        (b"x" * (LARGEST + 1), (Problem.TOO_LARGE, "32")),
    ],
)
def test_what_is_wrong_is_said(body: bytes, found: tuple[Problem, str]) -> None:
    assert found in problems(body)


def test_an_unknown_number_of_an_organisation_is_no_fault() -> None:
    assert plan_in(a_bundle(sor="123456789012345678")).municipality is None
    assert plan_in(a_bundle(a_request(categories=[SPECIALISED]))).plan_type is PlanType.SPECIALISED


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/plan.dtd">',
        '<!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
    ],
)
def test_nothing_outside_the_file_is_ever_read(prologue: str) -> None:
    assert problems(a_ggop(prologue=prologue, plan_type="&secret;")) == [(Problem.XML_UNSAFE, "")]


def test_an_attachment_of_twenty_megabytes_is_left_out() -> None:
    plan = plan_in(a_ggop(more=f"<BinaryObject>{'QUJD' * (5 * 1024 * 1024)}</BinaryObject>"))
    assert plan.message_id == "ggop-1"


def test_a_file_that_is_nested_without_end_is_read_or_refused() -> None:
    deep = "<a>" * 50_000 + "</a>" * 50_000
    assert plan_in(a_ggop(more=f"<RehabilitationDeadline>{deep}</RehabilitationDeadline>")).message_id == "ggop-1"


def test_no_finding_says_who_it_is_about() -> None:
    row = a_row(kommune=SOMEBODY, pakke=SOMEBODY, niveau=SOMEBODY, sagsnummer=SOMEBODY, plantype=SOMEBODY)
    assert SOMEBODY not in str(problems(a_csv(row)))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["Patient", "ServiceRequest"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["resourceType", "id", "entry", "resource", "category", "coding", "extension", "subject"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=30)
@given(st.lists(JUNK, max_size=3))
def test_whatever_stands_in_a_bundle_is_answered(entries: list[object]) -> None:
    resources = [{"resource": entry} for entry in entries]
    for body in ({"resourceType": "Bundle", "entry": entries}, {"resourceType": "Bundle", "entry": resources}):
        assert read(json.dumps(body).encode())
