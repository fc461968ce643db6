"""Who may come where: every route names its audience, and the guard lets nobody else in."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import product
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from matching.models import Plan
from portal.access import Audience, GuardedRoute, audiences
from portal.api.credentials import Needs
from portal.api.operation import Operation
from portal.api.table import OPERATIONS
from providers.models import Session
from tests.support.refusals import unchanged
from tests.support.worlds import a_code, a_plan

AGREED = {
    "GET /": "visitor",
    "POST /kode": "visitor",
    "POST /farvel": "visitor",
    "GET /kode": "public",
    "GET /farvel": "public",
    "GET /hold": "public",
    "GET /slip": "public",
    "GET /min-tid/behold": "public",
    "GET /min-tid/flyt": "public",
    "GET /min-tid/tilbud": "public",
    "GET /soeg": "public",
    "GET /soeg/{site_id}": "public",
    "GET /postnumre.json": "public",
    "GET /sprog/{code}": "public",
    "GET /static/{digest}/{name}": "public",
    "GET /saadan": "public",
    "GET /rigtige-sted": "public",
    "GET /niveau": "public",
    "GET /transport": "public",
    "GET /standard": "public",
    "GET /tal": "public",
    "GET /standard/{code}": "public",
    "GET /was": "public",
    "GET /privatliv": "public",
    "GET /cookies": "public",
    "GET /robots.txt": "public",
    "GET /sitemap.xml": "public",
    "GET /muligheder": "code",
    "POST /muligheder/vent": "citizen",
    "GET /muligheder/vent": "public",
    "POST /muligheder/vaelg": "citizen",
    "GET /muligheder/vaelg": "public",
    "GET /steder": "code",
    "GET /steder/{site_id}": "code",
    "GET /soeg/sammenlign": "public",
    "GET /_components": "public",
    "GET /_components/{name}": "public",
    "GET /sammenlign": "code",
    "POST /gem": "code",
    "GET /gem": "public",
    "GET /ingen-tid": "code",
    "POST /ingen-tid/besked": "citizen",
    "POST /ingen-tid/stop": "citizen",
    "POST /ingen-tid/opkald": "citizen",
    "POST /ingen-tid/intet-opkald": "citizen",
    "POST /ingen-tid/kommune": "citizen",
    "GET /ingen-tid/{form}": "public",
    "GET /koersel": "code",
    "POST /koersel": "code",
    "POST /hold": "code",
    "POST /slip": "code",
    "GET /bekraeft": "code",
    "POST /bekraeft": "code",
    "GET /book": "citizen",
    "POST /book": "citizen",
    "GET /kvittering": "citizen",
    "GET /min-tid": "citizen",
    "GET /min-tid/kalender.ics": "citizen",
    "GET /min-tid/brev.pdf": "citizen",
    "GET /min-tid/kontakt": "citizen",
    "POST /min-tid/kontakt": "citizen",
    "GET /forloeb": "citizen",
    "GET /stop/{token}": "public",
    "POST /stop/{token}": "public",
    "GET /stoppet": "public",
    "GET /min-tid/aflys": "citizen",
    "POST /min-tid/aflys": "citizen",
    "POST /min-tid/tilbud": "citizen",
    "GET /min-tid/tilbud/nej": "citizen",
    "POST /min-tid/tilbud/nej": "citizen",
    "POST /min-tid/flyt": "citizen",
    "POST /min-tid/behold": "citizen",
    "GET /bekraeft/demo": "public",
    "POST /bekraeft/demo": "code",
    "GET /mine-planer": "visitor",
    "POST /mine-planer": "visitor",
    "GET /min-plan": "identified",
    "GET /mine-oplysninger": "citizen",
    "GET /mine-oplysninger.json": "citizen",
    "GET /hvem-har-set": "identified",
    "GET /log-ind/{issuer}": "visitor",
    "POST /log-ind/{issuer}": "visitor",
    "GET /ind": "visitor",
    "POST /ind": "visitor",
    "GET /ind/kode": "visitor",
    "POST /ind/kode": "visitor",
    "GET /ind/opret": "visitor",
    "POST /ind/opret": "visitor",
    "GET /ind/opret/noegle": "public",
    "POST /ind/opret/noegle": "visitor",
    "GET /ind/demo": "public",
    "POST /ind/demo": "visitor",
    "GET /ud": "public",
    "POST /ud": "visitor",
    "GET /invitation": "visitor",
    "POST /invitation": "visitor",
    "GET /invitation/{token}": "visitor",
    "GET /mig": "signed_in",
    "GET /mig/rolle": "public",
    "POST /mig/rolle": "signed_in",
    "GET /mig/adgangskode": "public",
    "POST /mig/adgangskode": "signed_in",
    "GET /mig/noegler": "public",
    "POST /mig/noegler": "signed_in",
    "GET /mig/app": "public",
    "POST /mig/app": "signed_in",
    "GET /nulstil": "visitor",
    "POST /nulstil": "visitor",
    "GET /nulstil/{token}": "visitor",
    "GET /medarbejdere": "staff",
    "GET /medarbejdere/inviter": "staff",
    "POST /medarbejdere/inviter": "staff",
    "GET /medarbejdere/traek": "public",
    "POST /medarbejdere/traek": "staff",
    "GET /medarbejdere/{account_id}": "staff",
    "GET /medarbejdere/{account_id}/adgangskode": "public",
    "POST /medarbejdere/{account_id}/adgangskode": "staff",
    "GET /medarbejdere/{account_id}/app": "staff",
    "POST /medarbejdere/{account_id}/app": "staff",
    "GET /medarbejdere/{account_id}/besoeg": "public",
    "POST /medarbejdere/{account_id}/besoeg": "staff",
    "GET /medarbejdere/{account_id}/rolle": "public",
    "POST /medarbejdere/{account_id}/rolle": "staff",
    "GET /programmer": "staff",
    "POST /programmer": "staff",
    "GET /programmer/spaer": "public",
    "POST /programmer/spaer": "staff",
    "GET /mig/invitation": "public",
    "POST /mig/invitation": "signed_in",
    "GET /mig/besoeg": "public",
    "POST /mig/besoeg": "signed_in",
    "GET /mig/besoeg/alle": "public",
    "POST /mig/besoeg/alle": "signed_in",
    "GET /kommune": "staff",
    "GET /kommune/planer/ind": "staff",
    "GET /kommune/planer/ind/skema": "staff",
    "POST /kommune/planer/ind/skema": "staff",
    "POST /kommune/planer/ind/filer": "staff",
    "POST /kommune/planer/ind/igen": "staff",
    "POST /kommune/planer/ind/laeg-vaek": "staff",
    "GET /kommune/planer/ind/filer": "public",
    "GET /kommune/planer/ind/igen": "public",
    "GET /kommune/planer/ind/laeg-vaek": "public",
    "GET /kommune/sager/{plan_id}/leverandoerbrev.pdf": "staff",
    "GET /kommune/breve": "staff",
    "POST /kommune/sager/{plan_id}/brev": "staff",
    "GET /kommune/sager/{plan_id}/brev": "public",
    "POST /kommune/sager/{plan_id}/besked": "staff",
    "GET /kommune/sager/{plan_id}/besked": "public",
    "POST /kommune/sager/{plan_id}/spaer": "staff",
    "GET /kommune/sager/{plan_id}/spaer": "public",
    "POST /kommune/breve/valgte": "staff",
    "GET /kommune/breve/valgte": "public",
    "POST /kommune/breve/fortryd": "staff",
    "GET /kommune/breve/fortryd": "public",
    "POST /kommune/breve/{message_id}/hent": "staff",
    "GET /kommune/breve/{message_id}/hent": "public",
    "POST /kommune/breve/{message_id}/printet": "staff",
    "GET /kommune/breve/{message_id}/printet": "public",
    "POST /kommune/breve/{message_id}/igen": "staff",
    "GET /kommune/breve/{message_id}/igen": "public",
    "POST /kommune/breve/{message_id}/drop": "staff",
    "GET /kommune/breve/{message_id}/drop": "public",
    "GET /kommune/standard": "staff",
    "POST /kommune/standard": "staff",
    "GET /kommune/opgaver": "staff",
    "GET /kommune/tal": "staff",
    "GET /kommune/tal/{name}.csv": "staff",
    "POST /kommune/opgaver/fordel": "staff",
    "GET /kommune/opgaver/fordel": "public",
    "POST /kommune/opgaver/breve": "staff",
    "GET /kommune/opgaver/breve": "public",
    "POST /kommune/opgaver/breve/lav": "staff",
    "GET /kommune/opgaver/breve/lav": "public",
    "GET /kommune/opslag": "staff",
    "GET /kommune/opslag/udtraek": "public",
    "POST /kommune/opslag/udtraek": "staff",
    "GET /kommune/rapporter": "staff",
    "GET /kommune/rapporter/igen": "public",
    "POST /kommune/rapporter/igen": "staff",
    "GET /kommune/rapporter/{report_id}": "staff",
    "GET /kommune/rapporter/{report_id}/igen": "public",
    "POST /kommune/rapporter/{report_id}/igen": "staff",
    "GET /kommune/rapporter/{report_id}/drop": "public",
    "POST /kommune/rapporter/{report_id}/drop": "staff",
    "GET /kommune/opbevaring": "staff",
    "GET /kommune/kanaler": "staff",
    "GET /kommune/kanaler/{kind}": "public",
    "POST /kommune/kanaler/{kind}": "staff",
    "GET /kommune/kanaler/noegle": "public",
    "POST /kommune/kanaler/noegle": "staff",
    "GET /kommune/kanaler/{kind}/hvil": "public",
    "POST /kommune/kanaler/{kind}/hvil": "staff",
    "GET /kommune/kanaler/{kind}/proev": "public",
    "POST /kommune/kanaler/{kind}/proev": "staff",
    "GET /klinik": "staff",
    "GET /klinik/tider": "staff",
    "GET /klinik/tider/syg": "staff",
    "POST /klinik/tider/syg": "staff",
    "GET /klinik/tider/lukkedage": "staff",
    "POST /klinik/tider/lukkedage": "staff",
    "GET /klinik/tider/faste": "staff",
    "GET /klinik/tider/ny": "public",
    "POST /klinik/tider/ny": "staff",
    "GET /klinik/tider/luk": "public",
    "POST /klinik/tider/luk": "staff",
    "GET /klinik/tider/aabn": "public",
    "POST /klinik/tider/aabn": "staff",
    "GET /klinik/tider/faste/se": "public",
    "POST /klinik/tider/faste/se": "staff",
    "GET /klinik/tider/faste/gem": "public",
    "POST /klinik/tider/faste/gem": "staff",
    "GET /klinik/tider/uger": "staff",
    "GET /klinik/tider/uger/se": "public",
    "POST /klinik/tider/uger/se": "staff",
    "GET /klinik/tider/uger/gem": "public",
    "POST /klinik/tider/uger/gem": "staff",
    "GET /klinik/tilmeld": "visitor",
    "POST /klinik/tilmeld": "visitor",
    "GET /klinik/tilmeldt": "public",
    "GET /klinik/steder": "staff",
    "POST /klinik/steder/rigtigt": "staff",
    "GET /klinik/steder/rigtigt": "public",
    "GET /klinik/steder/nyt": "staff",
    "POST /klinik/steder/nyt": "staff",
    "GET /klinik/steder/{site_id}": "staff",
    "GET /klinik/steder/{site_id}/oplysninger": "staff",
    "POST /klinik/steder/{site_id}/oplysninger": "staff",
    "GET /klinik/steder/{site_id}/personale": "staff",
    "POST /klinik/steder/{site_id}/personale": "staff",
    "POST /klinik/steder/{site_id}/personale/fjern": "staff",
    "GET /klinik/steder/{site_id}/personale/fjern": "staff",
    "GET /klinik/steder/{site_id}/ansoeg": "staff",
    "POST /klinik/steder/{site_id}/ansoeg": "staff",
    "GET /klinik/godkendelser": "staff",
    "GET /klinik/godkendelser/{approval_id}": "staff",
    "POST /klinik/godkendelser/{approval_id}": "staff",
    "GET /klinik/bevis/{evidence_id}": "staff",
    "GET /klinik/steder/{site_id}/kalender": "staff",
    "POST /klinik/steder/{site_id}/kalender": "staff",
    "GET /klinik/steder/{site_id}/kalender/fjern": "public",
    "POST /klinik/steder/{site_id}/kalender/fjern": "staff",
    "GET /kalender/{name}": "public",
    "GET /klinik/tider/lister": "staff",
    "GET /klinik/tider/lister/hent/{name}": "staff",
    "GET /klinik/tider/lister/steder": "public",
    "POST /klinik/tider/lister/steder": "staff",
    "GET /klinik/tider/lister/tider": "public",
    "POST /klinik/tider/lister/tider": "staff",
    "GET /klinik/i-dag": "staff",
    "GET /klinik/ikke-meddelt": "staff",
    "GET /klinik/opkald": "staff",
    "GET /klinik/opkald/slut": "public",
    "POST /klinik/opkald/slut": "staff",
    "GET /klinik/forloeb": "staff",
    "GET /klinik/forloeb/{plan_id}": "staff",
    "GET /klinik/forloeb/{plan_id}/flyt": "staff",
    "POST /klinik/forloeb/{plan_id}/flyt": "staff",
    "GET /klinik/forloeb/{plan_id}/modtaget": "public",
    "POST /klinik/forloeb/{plan_id}/modtaget": "staff",
    "GET /klinik/forloeb/{plan_id}/kan-ikke": "public",
    "POST /klinik/forloeb/{plan_id}/kan-ikke": "staff",
    "GET /klinik/forloeb/{plan_id}/giv-tilbage": "public",
    "POST /klinik/forloeb/{plan_id}/giv-tilbage": "staff",
    "GET /klinik/forloeb/{plan_id}/aftal": "public",
    "POST /klinik/forloeb/{plan_id}/aftal": "staff",
    "GET /klinik/forloeb/{plan_id}/flyt/over": "public",
    "POST /klinik/forloeb/{plan_id}/flyt/over": "staff",
    "GET /klinik/forloeb/{plan_id}/begyndt": "public",
    "POST /klinik/forloeb/{plan_id}/begyndt": "staff",
    "GET /klinik/forloeb/{plan_id}/kontakt": "public",
    "POST /klinik/forloeb/{plan_id}/kontakt": "staff",
    "GET /klinik/forloeb/{plan_id}/udeblevet": "public",
    "POST /klinik/forloeb/{plan_id}/udeblevet": "staff",
    "GET /klinik/forloeb/{plan_id}/niveau": "public",
    "POST /klinik/forloeb/{plan_id}/niveau": "staff",
    "GET /klinik/forloeb/{plan_id}/stop": "public",
    "POST /klinik/forloeb/{plan_id}/stop": "staff",
    "GET /klinik/forloeb/{plan_id}/afslut": "public",
    "POST /klinik/forloeb/{plan_id}/afslut": "staff",
    "GET /aftaler": "staff",
    "GET /aftaler/udloeber": "staff",
    "GET /aftaler/glemte": "staff",
    "GET /aftaler/autorisationer": "staff",
    "GET /aftaler/steder": "staff",
    "GET /aftaler/steder/{site_id}": "staff",
    "POST /aftaler/steder/{site_id}/tilsyn": "staff",
    "GET /aftaler/steder/{site_id}/tilsyn": "public",
    "POST /aftaler/steder/{site_id}/autorisation": "staff",
    "GET /aftaler/steder/{site_id}/autorisation": "public",
    "GET /aftaler/godkendelser/{approval_id}": "staff",
    "POST /aftaler/godkendelser/{approval_id}/{decision}": "staff",
    "GET /aftaler/godkendelser/{approval_id}/{decision}": "public",
    "GET /aftaler/bevis/{evidence_id}": "staff",
    "GET /aftaler/filer": "staff",
    "GET /aftaler/filer/hent/{name}": "staff",
    "GET /aftaler/filer/godkendelser": "public",
    "POST /aftaler/filer/godkendelser": "staff",
    "GET /drift": "staff",
    "GET /kommune/afregning": "staff",
    "GET /kommune/afregning/udtraek": "public",
    "POST /kommune/afregning/udtraek": "staff",
    "GET /kommune/anmodninger": "staff",
    "GET /kommune/anmodninger/{plan_id}": "staff",
    "POST /kommune/anmodninger/{plan_id}/ja": "staff",
    "GET /kommune/anmodninger/{plan_id}/ja": "public",
    "POST /kommune/anmodninger/{plan_id}/afvis": "staff",
    "GET /kommune/anmodninger/{plan_id}/afvis": "public",
    "POST /klinik/forloeb/{plan_id}/afvis": "staff",
    "GET /klinik/forloeb/{plan_id}/afvis": "public",
    "GET /kommune/sager/{plan_id}": "staff",
    "GET /kommune/sager/{plan_id}/tilbud": "staff",
    "POST /kommune/sager/{plan_id}/tilbud": "staff",
    "POST /kommune/sager/{plan_id}/visiter": "staff",
    "GET /kommune/sager/{plan_id}/visiter": "public",
    "POST /kommune/sager/{plan_id}/datoer": "staff",
    "GET /kommune/sager/{plan_id}/datoer": "public",
    "POST /kommune/sager/{plan_id}/kan-ikke": "staff",
    "GET /kommune/sager/{plan_id}/kan-ikke": "public",
    "POST /kommune/sager/{plan_id}/tilbud/traek": "staff",
    "GET /kommune/sager/{plan_id}/tilbud/traek": "public",
    "POST /kommune/sager/{plan_id}/tag-tilbage": "staff",
    "GET /kommune/sager/{plan_id}/tag-tilbage": "public",
    "POST /kommune/sager/{plan_id}/giv-videre": "staff",
    "GET /kommune/sager/{plan_id}/giv-videre": "public",
    "POST /kommune/sager/{plan_id}/stop": "staff",
    "GET /kommune/sager/{plan_id}/stop": "public",
    "POST /kommune/sager/{plan_id}/hjaelp": "staff",
    "GET /kommune/sager/{plan_id}/hjaelp": "public",
    "POST /kommune/hjaelp/slut": "staff",
    "GET /kommune/hjaelp/slut": "public",
    "GET /api/v1/openapi.json": "client",
    "GET /api/v1/matches": "client",
    "GET /api/v1/packages": "client",
    "GET /api/v1/figures": "client",
    "GET /api/v1/figures/{name}.csv": "client",
    "GET /api/v1/postal-codes": "client",
    "POST /api/v1/bookings": "client",
    "GET /api/v1/bookings/{booking_id}": "client",
    "DELETE /api/v1/bookings/{booking_id}": "client",
    "POST /api/v1/bookings/{booking_id}/move": "client",
    "GET /api/v1/reports": "client",
    "POST /api/v1/reports/acknowledgements": "client",
    "POST /api/v1/plans": "client",
    "POST /api/v1/inbound": "client",
    "GET /api/v1/sites/{site_id}/slots": "client",
    "PUT /api/v1/sites/{site_id}/slots": "client",
    "GET /fhir/metadata": "client",
    "GET /fhir/Organization": "client",
    "GET /fhir/Organization/{id}": "client",
    "GET /fhir/Location": "client",
    "GET /fhir/Location/{id}": "client",
    "GET /fhir/HealthcareService": "client",
    "GET /fhir/HealthcareService/{id}": "client",
    "GET /fhir/Schedule": "client",
    "GET /fhir/Schedule/{id}": "client",
    "GET /fhir/Slot": "client",
    "GET /fhir/Slot/{id}": "client",
    "GET /healthz": "operations",
    "GET /readyz": "operations",
}
"""What was agreed on. A new route is written here by hand, by somebody who has thought about who may come."""

OWN = {"Sec-Fetch-Site": "same-origin"}


def addresses(*wanted: str) -> list[tuple[str, str]]:
    """The methods and filled-in paths of the routes that are for these audiences."""
    agreed = [name.split() for name, audience in AGREED.items() if audience in wanted]
    return [(method, re.sub(r"\{\w+\}", "1", path)) for method, path in agreed]


@asynccontextmanager
async def browser(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """Keeps cookies, follows nothing, and sends what browsers send with a form of the site's own."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OWN) as client:
        yield client


@asynccontextmanager
async def with_code(app: Starlette) -> AsyncIterator[tuple[httpx.AsyncClient, Plan]]:
    """Somebody who has typed the code of a plan, and nothing more."""
    plan = await a_plan()
    async with browser(app) as client:
        response = await client.post("/kode", data={"kode": (await a_code(plan)).code})
        assert response.headers["Location"] == "/muligheder"
        yield client, plan


async def test_every_route_is_guarded_and_has_the_audience_that_was_agreed_on(portal_app: Starlette) -> None:
    assert [route for route in portal_app.routes if not isinstance(route, GuardedRoute)] == []
    found = {name: audience for name, audience in audiences(portal_app.routes).items() if not name.startswith("HEAD ")}
    assert found == {name: Audience(audience) for name, audience in AGREED.items()}


async def test_every_page_that_can_be_got_can_be_asked_for_its_head_by_the_same_people(portal_app: Starlette) -> None:
    table = audiences(portal_app.routes)
    assert {f"GET {name[5:]}": table[name] for name in table if name.startswith("HEAD ")} == {
        name: table[name] for name in table if name.startswith("GET ")
    }


async def test_without_a_code_everybody_is_sent_to_the_front_page(portal_app: Starlette) -> None:
    async with browser(portal_app) as client:
        for method, path in addresses("code", "citizen", "identified"):
            async with unchanged():
                response = await client.request(method, path)
            assert (response.status_code, response.headers["Location"]) == (303, "/?mangler=kode"), (method, path)
            assert "Set-Cookie" not in response.headers


async def test_whoever_is_not_signed_in_is_asked_to_sign_in(portal_app: Starlette) -> None:
    async with with_code(portal_app) as (client, _):
        for method, path in addresses("signed_in", "staff"):
            async with unchanged():
                response = await client.request(method, path)
            expected = f"/ind?til={path}" if method == "GET" else "/ind"
            assert (response.status_code, response.headers["Location"]) == (303, expected), (method, path)


async def test_without_the_second_factor_a_citizens_page_asks_for_it(portal_app: Starlette) -> None:
    async with with_code(portal_app) as (client, _):
        for method, path in addresses("citizen"):
            async with unchanged():
                response = await client.request(method, path)
            assert (response.status_code, response.headers["Location"]) == (303, "/bekraeft"), (method, path)


async def test_what_only_mitid_opens_sends_the_letters_reader_to_where_it_is(portal_app: Starlette) -> None:
    async with with_code(portal_app) as (client, _):
        for method, path in addresses("identified"):
            async with unchanged():
                response = await client.request(method, path)
            assert (response.status_code, response.headers["Location"]) == (303, "/?mangler=mitid"), (method, path)
        assert "det kan man ikke logge ind med her endnu" in (await client.get("/?mangler=mitid")).text


async def test_an_invented_or_ended_visit_is_no_visit(portal_app: Starlette) -> None:
    async with with_code(portal_app) as (client, _):
        assert (await client.get("/muligheder")).status_code == 200
        await Session.all().delete()
        for _ in range(2):
            response = await client.get("/muligheder")
            assert response.headers["Location"] == "/?mangler=kode"
            client.cookies.set("genvej", "invented")


async def test_public_pages_open_no_visit_and_watchers_leave_no_trace(portal_app: Starlette) -> None:
    async with browser(portal_app) as client:
        for method, path in addresses("public", "operations"):
            async with unchanged():
                response = await client.request(method, path)
            assert response.status_code in {200, 303, 404, 503}, (method, path)
            assert not client.cookies.get("genvej")


async def test_another_site_can_change_nothing(portal_app: Starlette) -> None:
    async with with_code(portal_app) as (client, _):
        people = ("visitor", "code", "citizen", "identified", "signed_in", "staff")
        changing = [path for method, path in addresses(*people) if method == "POST"]
        assert changing
        elsewhere = (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "", "Origin": "https://elsewhere.example"},
            {"Sec-Fetch-Site": ""},
        )
        async with unchanged():
            for path, headers in product(changing, elsewhere):
                assert (await client.post(path, headers=headers)).status_code == 403, (path, headers)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
async def test_a_program_without_a_code_is_challenged_where_one_is_needed(
    api: httpx.AsyncClient, operation: Operation[Any]
) -> None:
    async with unchanged():
        response = await api.request(operation.method, re.sub(r"\{\w+\}", "1", operation.path))
    if operation.needs is Needs.CODE_AND_FACTOR:
        assert (response.status_code, response.json()["code"]) == (401, "code_needed")
        assert response.headers["WWW-Authenticate"] == 'Genvej realm="genvej"'
    elif operation.needs is Needs.KEY:
        assert (response.status_code, response.json()["code"]) == (401, "key_needed")
        assert response.headers["WWW-Authenticate"] == 'Bearer realm="genvej"'
    else:
        assert response.status_code in {200, 400, 404}


async def test_a_visit_opens_nothing_of_the_api(portal_app: Starlette) -> None:
    async with with_code(portal_app) as (client, _):
        response = await client.get("/api/v1/bookings/1")
    assert response.status_code == 401
