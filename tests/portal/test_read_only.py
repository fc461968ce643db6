"""Read-only mode: cases can be read, by those who may and with an entry in the look-up log, and not be changed."""

import re
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest_asyncio
from starlette.applications import Starlette

from matching.booking import book
from matching.codes import issue_code
from matching.models import AuditEntry, Booking
from portal.access import SAFE, Audience, GuardedRoute
from providers.accounts import Post
from providers.actors import CITIZEN
from providers.models import Membership, Session
from providers.roles import ROLES, Role
from tests.support.apps import Clock, client_of, running_app
from tests.support.pages import Visitor
from tests.support.refusals import content
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.stories import SOON, Story, a_story
from tests.support.worlds import HOME, NOW, POLICY, a_site

CASE = {"plan", "course_code", "hold", "booking", "case_event", "report", "slot", "offer", "idempotency_key"}
STAFF = [
    *("/ind", "/ind/kode", "/ind/opret", "/ind/opret/noegle", "/ind/demo", "/ud", "/invitation"),
    *("/mig/rolle", "/mig/adgangskode", "/mig/noegler", "/mig/app", "/nulstil", "/mig/invitation"),
    *("/mig/besoeg", "/mig/besoeg/alle"),
]
"""Signing in and one's own account."""
ELSEWHERE = ["/log-ind/{issuer}"]
"""Signing in by an issuer."""
MEMBERS = [
    *("/medarbejdere/inviter", "/medarbejdere/traek"),
    *(f"/medarbejdere/{{account_id}}/{what}" for what in ("adgangskode", "app", "besoeg", "rolle")),
]
"""Who works where."""
ASSISTING = ["/kommune/sager/{plan_id}/hjaelp", "/kommune/hjaelp/slut"]
"""Going to the citizen's own pages on the telephone, and back; what is done there is refused there."""
KEYS = ["/programmer", "/programmer/spaer"]
"""Keys of an organisation's own programs, which open no more in read-only mode than anybody else may."""
READING = ["/kommune/opslag/udtraek", "/kommune/afregning/udtraek", "/kommune/opgaver/breve"]
"""Files that are asked for by a form, because taking them is an entry of the look-up log, and a look at many cases."""


@pytest_asyncio.fixture
async def app(database_url: str, clock: Clock) -> AsyncIterator[Starlette]:
    """The portal with the one setting."""
    async with running_app(database_url, clock, read_only=True) as app:
        yield app


@pytest_asyncio.fixture
async def story(app: Starlette) -> AsyncIterator[Story]:
    """Somebody who booked before the setting was made, and has typed both codes since."""
    async with client_of(app) as client:
        story = await a_story(Visitor(app, client), await a_site(slots=[SOON]))
        await book(story.plan.id, story.slots[0].id, actor=CITIZEN, now=NOW, policy=POLICY)
        page = await story.visitor.get("/bekraeft")
        await story.confirm(page)
        yield story


async def case() -> dict[str, str]:
    """Everything of cases, as it is stored."""
    return {table: rows for table, rows in (await content()).items() if table in CASE}


def changing(app: Starlette, *, staff: bool = False) -> list[tuple[str, str]]:
    """Method and path of every route that changes something of a case: the citizens', or what a manager may."""
    routes = [
        route
        for route in app.routes
        if isinstance(route, GuardedRoute)
        and not route.changes_nothing
        and (route.permission in ROLES[Role.MANAGER].permissions if staff else route.audience is not Audience.STAFF)
    ]
    return [
        (method, re.sub(r"\{\w+\}", str(uuid4()), route.path))
        for route in routes
        for method in sorted(route.methods or ())
        if method not in SAFE
    ]


def test_only_coming_in_and_leaving_do_not_change_a_case(app: Starlette) -> None:
    """A form is listed here by somebody who has looked at what it writes."""
    exempt = [route.path for route in app.routes if isinstance(route, GuardedRoute) and route.changes_nothing]
    # Whoever wants no more messages may say so at any time; it leaves the case as it is.
    public = ["/kode", "/farvel", "/gem", "/koersel", "/bekraeft", "/bekraeft/demo", "/stop/{token}", "/mine-planer"]
    assert sorted(exempt) == sorted([*public, *STAFF, *ELSEWHERE, *MEMBERS, *ASSISTING, *KEYS, *READING])


async def test_a_case_can_be_read_and_every_look_is_logged(story: Story) -> None:
    for path in ("/muligheder", "/steder", "/min-tid"):
        page = await story.visitor.get(path)
        assert (page.path, page.status) == (path, 200)
        assert "Lige nu kan du se dine muligheder, men ikke vælge, flytte eller aflyse en tid." in page.html
    seen = [entry.action for entry in await AuditEntry.filter(plan_id=story.plan.id)]
    assert {"code_entered", "second_factor", "choices_seen", "booking_seen"} <= set(seen)


async def test_every_change_is_refused_with_a_page_that_says_when_to_come_back(story: Story, app: Starlette) -> None:
    before = await case()
    pages = [path for method, path in changing(app) if method == "POST" and not path.startswith("/api/")]
    assert len(pages) >= 7
    for path in pages:
        page = await story.visitor.post(path)
        assert (page.path, page.status, page.response.headers["Retry-After"]) == (path, 503, "600")
        assert "ikke vælge, flytte eller aflyse en tid. Prøv igen om lidt, eller ring." in page.words
    assert await case() == before


async def test_the_staff_are_told_so_too(app: Starlette) -> None:
    colleague = await a_colleague(Post(Role.MANAGER, municipality=HOME))
    visitor = at_a_browser(app)
    await sign_in_as(visitor, colleague)
    som = str((await Membership.get(account_id=colleague.account_id)).pk)
    before = await case()
    for _, path in changing(app, staff=True):
        page = await visitor.post(path, som=som)
        assert (page.path, page.status, page.response.headers["Retry-After"]) == (path, 503, "600")
    assert await case() == before


async def test_programs_are_told_so_too_before_their_codes_are_looked_at(app: Starlette) -> None:
    calls = [(method, path) for method, path in changing(app) if path.startswith("/api/")]
    assert len(calls) == 7
    async with client_of(app) as client:
        for method, path in calls:
            refused = await client.request(method, path)
            assert (refused.status_code, refused.json()["code"]) == (503, "read_only")
            assert refused.headers["Retry-After"] == "600"


async def test_programs_can_read(app: Starlette, story: Story) -> None:
    headers = {
        "Authorization": f"Genvej {story.codes.code}",
        "Genvej-Access-Code": story.codes.access_code,
        "Genvej-Date-Of-Birth": "1951-03-14",
    }
    booking = await Booking.get(plan_id=story.plan.id)
    async with client_of(app) as client:
        assert (await client.get("/api/v1/matches", headers=headers)).status_code == 200
        assert (await client.get(f"/api/v1/bookings/{booking.id}", headers=headers)).json()["state"] == "confirmed"


async def test_guessing_is_still_counted(app: Starlette) -> None:
    async with client_of(app) as client:
        statuses = [(await _guess(client)).status_code for _ in range(POLICY.address_attempts + 1)]
    assert statuses == [401] * POLICY.address_attempts + [429]


async def test_leaving_ends_the_visit_and_touches_no_case(story: Story) -> None:
    before = await case()
    await story.visitor.post("/farvel")
    assert await Session.all().count() == 0
    assert await case() == before


async def test_without_the_setting_nothing_of_it_is_seen(visitor: Visitor) -> None:
    assert "Lige nu kan du se" not in (await visitor.get("/")).html


async def _guess(client: httpx.AsyncClient) -> httpx.Response:
    """A code that nobody has, with a check symbol that fits."""
    return await client.post("/kode", data={"kode": issue_code()}, headers={"Sec-Fetch-Site": "same-origin"})
