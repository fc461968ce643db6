"""Reports that are fetched, plans that are sent in, and answers to reports: a municipality's program with its key."""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest
import pytest_asyncio

from matching.booking import cancel
from matching.models import AuditEntry, ChannelKind, InboundMessage, Plan, Report
from matching.reports.channels import set_channel
from matching.reports.credentials import Credentials
from matching.reports.formats.acknowledgement import read_acknowledgement
from matching.reports.inbound import UNREADABLE
from matching.reports.interpreting import interpret_waiting
from matching.reports.remedies import resend
from providers.actors import CITIZEN, SYSTEM, Actor
from providers.api_keys import make_key
from providers.database import execute
from providers.models import ApiScope
from providers.scope import Scope
from tests.support.apps import Clock, client_of, running_app
from tests.support.cases_reported import OURS
from tests.support.databases import Databases
from tests.support.messages_in import a_bundle, a_csv, a_ggop, a_request, a_row
from tests.support.replies import a_reply, without
from tests.support.reporting import a_booked_plan
from tests.support.worlds import HOME, NOW, POLICY, VAULT

OTHER = "0147"
REPORTS, ACKNOWLEDGEMENTS, PLANS, INBOUND = (
    f"/api/v1/{name}" for name in ("reports", "reports/acknowledgements", "plans", "inbound")
)
CASEWORKER = Actor("account:1", "manager", f"municipality:{HOME}", Scope(municipality=HOME))
XML, FHIR, CSV = ({"Content-Type": kind} for kind in ("application/xml", "application/fhir+json", "text/csv"))


@pytest_asyncio.fixture(scope="module")
async def portal(databases: Databases) -> AsyncIterator[httpx.AsyncClient]:
    ours = {"medcom_sor": OURS.sor, "medcom_gln": OURS.gln}
    async with databases.fresh() as url, running_app(url, Clock(), **ours) as app, client_of(app) as client:
        yield client


@pytest_asyncio.fixture
async def api(portal: httpx.AsyncClient) -> httpx.AsyncClient:
    """A program of the home municipality, which has nothing to fetch yet."""
    await execute("UPDATE report SET state = 'dropped' WHERE state = 'queued'")
    portal.headers["Authorization"] = f"Bearer {await a_key()}"
    return portal


async def a_key(*scopes: ApiScope, municipality: str = HOME) -> str:
    opened = set(scopes or (ApiScope.REPORTS, ApiScope.PLANS))
    _, text = await make_key("Prøve", opened, municipality=municipality, actor=SYSTEM, now=NOW, vault=VAULT)
    return text


async def a_case_with_two_reports(municipality: str = HOME) -> Plan:
    plan, booking = await a_booked_plan(municipality=municipality)
    await cancel(plan.id, booking.id, actor=CITIZEN, now=NOW, policy=POLICY)
    return plan


async def fetched(api: httpx.AsyncClient, after: int = 0, **question: int) -> tuple[list[tuple[str, int]], int]:
    """The reports as case and number, and where to go on."""
    answer = (await api.get(REPORTS, params={"after": after, **question})).json()
    return [(item["report"]["case_reference"], item["report"]["sequence"]) for item in answer["items"]], answer["after"]


async def acknowledged(api: httpx.AsyncClient, answers: Mapping[str, str]) -> list[str]:
    items = [{"message_id": number, "code": code} for number, code in answers.items()]
    response = await api.post(ACKNOWLEDGEMENTS, json={"items": items})
    return [item["state"] for item in response.json()["items"]]


async def test_reports_come_in_order_of_each_case_and_again_until_they_are_acknowledged(api: httpx.AsyncClient) -> None:
    first, second = await a_case_with_two_reports(), await a_case_with_two_reports()
    await a_case_with_two_reports(OTHER)
    whole = [(plan.case_reference, number) for plan in (first, second) for number in (1, 2)]
    found, after = await fetched(api)
    assert found == whole
    assert await fetched(api) == (whole, after), "nothing was acknowledged"
    assert await fetched(api, after) == ([], after)
    half, middle = await fetched(api, limit=2)
    assert half + (await fetched(api, middle))[0] == whole
    ids = [str(report.id) for report in await Report.filter(plan_id=first.id).order_by("sequence")]
    assert await acknowledged(api, {ids[0]: "ok", ids[1]: "transient-error"}) == ["delivered", "queued"]
    assert (await fetched(api))[0] == whole[1:]
    assert await acknowledged(api, {ids[0]: "fatal-error", ids[1]: "fatal-error"}) == ["delivered", "refused"]
    assert (await fetched(api))[0] == whole[2:], "the first final answer stands"
    looks = await AuditEntry.filter(plan_id=first.id, role="program").values_list("action", flat=True)
    assert {"report_fetched", "report_acknowledged"} == set(looks)


async def test_a_report_that_is_sent_again_comes_anew_with_the_later_ones_behind_it(api: httpx.AsyncClient) -> None:
    plan = await a_case_with_two_reports()
    _, after = await fetched(api)
    report = await Report.get(plan_id=plan.id, sequence=1)
    await acknowledged(api, {str(report.id): "ok"})
    await resend(report.id, actor=CASEWORKER, now=NOW)
    assert (await fetched(api, after))[0] == [(plan.case_reference, 1), (plan.case_reference, 2)]


async def test_a_key_opens_its_own_municipality_and_its_own_scope(api: httpx.AsyncClient) -> None:
    theirs = await a_case_with_two_reports(OTHER)
    ids = [str(report.id) for report in await Report.filter(plan_id=theirs.id)]
    assert await acknowledged(api, dict.fromkeys([*ids, str(uuid4())], "ok")) == ["unknown"] * 3
    assert {report.state for report in await Report.filter(plan_id=theirs.id)} == {"queued"}
    for header, status, code in (
        ({"Authorization": f"Bearer {await a_key(ApiScope.PLANS)}"}, 403, "key_scope_missing"),
        ({"Authorization": "Bearer genvej_x"}, 401, "key_refused"),
        ({"Authorization": "Bearer "}, 401, "key_needed"),
        ({"Authorization": "Genvej x"}, 401, "key_needed"),
    ):
        response = await api.get(REPORTS, headers=header)
        assert (response.status_code, response.json()["code"]) == (status, code)
        assert (response.headers.get("WWW-Authenticate") == 'Bearer realm="genvej"') == (status == 401)


async def test_what_is_fetched_goes_to_a_feed_also_beside_other_channels(api: httpx.AsyncClient) -> None:
    common: dict[str, Any] = {"actor": CASEWORKER, "now": NOW, "vault": VAULT}
    await set_channel(ChannelKind.FEED, "", Credentials(), **common)
    await set_channel(ChannelKind.WEBHOOK, "https://kommune.example/", Credentials(), **common)
    plan = await a_case_with_two_reports()
    assert len((await fetched(api))[0]) == 2
    assert await Report.filter(plan_id=plan.id, channel_id__isnull=False).count() == 2
    await execute("UPDATE report_channel SET active = false")


@pytest.mark.parametrize("items", [[], [{"message_id": "x", "code": "ok"}], [{"message_id": str(uuid4())}], "x", None])
async def test_an_acknowledgement_that_cannot_be_read_is_one_sentence(api: httpx.AsyncClient, items: Any) -> None:
    response = await api.post(ACKNOWLEDGEMENTS, json={"items": items})
    assert (response.status_code, [fault["field"] for fault in response.json()["errors"]]) == (400, ["items"])


async def test_a_report_is_answered_once_in_one_request(api: httpx.AsyncClient) -> None:
    number = str(uuid4())
    items = [{"message_id": written, "code": "ok"} for written in (number, number.upper())]
    assert (await api.post(ACKNOWLEDGEMENTS, json={"items": items})).status_code == 400


async def test_plans_are_taken_in_once_whatever_their_format(api: httpx.AsyncClient) -> None:
    answers = [
        (await api.post(PLANS, content=content, headers=kind)).json()["items"]
        for content, kind in ((a_ggop("by-key-1"), XML), (a_ggop("by-key-1"), XML), (a_csv(a_row("by-key-2")), CSV))
    ]
    assert [(item["message_id"], item["state"]) for (item,) in answers] == [
        *(("by-key-1", "taken"), ("by-key-1", "known"), ("by-key-2", "taken"))
    ]
    assert await Plan.filter(message_id__in=["by-key-1", "by-key-2"]).values_list("municipality_id", flat=True) == [
        *(HOME, HOME)
    ]


async def test_a_plan_with_a_fault_says_which_and_leaves_the_others_alone(api: httpx.AsyncClient) -> None:
    body = a_csv(a_row("by-key-3"), a_row("by-key-4", cpr="9999999999"))
    english = {"Accept-Language": "en"}
    good, bad = (await api.post(PLANS, content=body, headers=CSV | english)).json()["items"]
    assert (good["state"], bad["state"]) == ("taken", "failed")
    assert next(found for found in bad["findings"] if found["stops"])["code"] == "cpr_wrong"
    assert "CPR" in bad["findings"][0]["detail"]
    assert "9999999999" not in str(bad)


@pytest.mark.parametrize(
    ("path", "content", "headers", "status", "code"),
    [
        (PLANS, b"", XML, 422, "plans_unreadable"),
        (PLANS, b"<a", XML, 422, "plans_unreadable"),
        (PLANS, b"{}", FHIR, 422, "plans_unreadable"),
        (PLANS, b"\xff\xfe\x00", CSV, 422, "plans_unreadable"),
        (PLANS, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", XML, 422, "plans_unreadable"),
        (PLANS, b"<a/>", {"Content-Type": "text/html"}, 415, "content_type_wrong"),
        (INBOUND, b"<a/>", XML, 415, "content_type_wrong"),
        (INBOUND, b"<a/>", FHIR, 400, "body_not_json"),
        (INBOUND, b"", FHIR, 400, "body_not_json"),
        (INBOUND, b"[" * 100_000, FHIR, 400, "body_not_json"),
        (INBOUND, b" " * (5 * 1024 * 1024 + 1), FHIR, 413, "http_413"),
    ],
    ids=str,
)
async def test_what_cannot_be_read_is_said_and_not_kept(
    api: httpx.AsyncClient, path: str, content: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    response = await api.post(path, content=content, headers=headers)
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert await InboundMessage.all().count() == 0


async def test_an_answer_is_kept_word_for_word_once(api: httpx.AsyncClient) -> None:
    body = orjson.dumps({"resourceType": "Bundle"})
    answers = [await api.post(INBOUND, content=body, headers=FHIR) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json() == {
        "kind": "unreadable", "note": UNREADABLE,
    }  # fmt: skip
    kept = await InboundMessage.all()
    assert [VAULT.open(message.body) for message in kept] == [body]
    await execute("DELETE FROM inbound_message")


async def test_a_message_is_answered_with_an_acknowledgement_at_once(api: httpx.AsyncClient) -> None:
    plan, _ = await a_booked_plan()
    report = await Report.get(plan_id=plan.id)
    for wrong in (None, "Patient"):
        body = a_reply(UUID(str(report.id)))
        response = await api.post(INBOUND, content=without(body, wrong) if wrong else body, headers=FHIR)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/fhir+json"
        assert read_acknowledgement(response.content).code.value == ("fatal-error" if wrong else "ok")
    await execute("DELETE FROM inbound_message")


async def test_plans_are_sent_in_by_whoever_may_send_plans(api: httpx.AsyncClient) -> None:
    body, headers = a_bundle(a_request("by-inbound")), FHIR
    half = headers | {"Authorization": f"Bearer {await a_key(ApiScope.REPORTS)}"}
    assert (await api.post(INBOUND, content=body, headers=half)).json()["code"] == "key_scope_missing"
    assert await InboundMessage.all().count() == 0
    response = await api.post(INBOUND, content=body, headers=headers)
    assert (response.status_code, response.json()) == (202, {"kind": "plans", "note": None})
    assert await interpret_waiting(now=NOW, vault=VAULT) == 1
    assert await Plan.filter(message_id="by-inbound", municipality_id=HOME).count() == 1
    await execute("DELETE FROM inbound_message")
