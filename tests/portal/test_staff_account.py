"""One's own account: posts, visits and password; and what takes effect at the next request."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from matching.models import AuditEntry
from portal.access import Audience
from portal.access import page as route
from portal.admission import POST_FIELD, member_of
from portal.request_facts import saw
from providers.accounts import Post, add_membership, end_membership
from providers.actors import SYSTEM
from providers.database import execute
from providers.models import Session
from providers.roles import ROLES, Permission, Role
from tests.support.apps import Clock
from tests.support.pages import Visitor, text
from tests.support.staff import OPERATOR, PASSWORD, STEP, VISITATOR_AT_HOME, a_colleague, the_post
from tests.support.staff_pages import at_a_browser, session_of, show_password, sign_in_as
from tests.support.worlds import HOME, NOW, a_plan, a_provider

MANAGER_AT_HOME = Post(Role.MANAGER, municipality=HOME)
NEW = "fem helt andre ord til i dag"


async def desk(request: Request) -> Response:
    """A page for the staff, as their rooms will have them."""
    if plan := request.query_params.get("plan"):
        saw(request, "case_seen", int(plan), purpose="casework")
    return PlainTextResponse(str(member_of(request).actor))


async def scribble(request: Request) -> Response:
    await execute("UPDATE site SET name = name")
    return PlainTextResponse("written")


@pytest.fixture
def app(portal_app: Starlette) -> Starlette:
    """The portal with a room for the staff."""
    portal_app.router.routes += [
        route("/bord", desk, audience=Audience.STAFF, name="desk"),
        route("/bord", desk, audience=Audience.STAFF, name="desk_form", methods=["POST"]),
        route("/skriv", scribble, audience=Audience.STAFF, name="scribble"),
        route("/log", desk, audience=Audience.STAFF, name="log", permission=Permission.SEARCH_AUDIT),
    ]
    return portal_app


async def at(visitor: Visitor, path: str) -> tuple[int, str]:
    """Status and where to, or what was said."""
    answer = await visitor.client.get(path)
    return answer.status_code, answer.headers.get("Location") or answer.text


async def test_a_page_for_the_staff_is_for_those_in_a_post(app: Starlette, visitor: Visitor) -> None:
    colleague = await a_colleague()
    assert await at(visitor, "/bord") == (303, "/ind?til=/bord")
    await show_password(visitor, colleague)
    assert await at(visitor, "/bord") == (303, "/ind?til=/bord")
    page = await visitor.get("/ind/kode")
    await visitor.submit(page, "/ind/kode", kode=colleague.code(NOW))
    assert await at(visitor, "/bord") == (200, f"visitator:account:{colleague.account_id}")


async def test_signing_in_leads_back_to_the_page_that_asked(app: Starlette, visitor: Visitor) -> None:
    colleague = await a_colleague()
    page = await show_password(visitor, colleague, til="/bord")
    answer = await visitor.client.post(
        page.path, data={"kode": colleague.code(NOW)}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.headers["Location"] == "/bord"


async def test_a_permission_is_asked_for_at_the_door(app: Starlette, visitor: Visitor) -> None:
    await sign_in_as(visitor, await a_colleague())
    page = await visitor.get("/log")
    assert (page.status, page.heading, "Det kræver en anden rolle end den, du har her." in page.words) == (
        403,
        "Det må du ikke",
        True,
    )
    other = at_a_browser(app)
    await sign_in_as(other, await a_colleague(MANAGER_AT_HOME))
    assert (await at(other, "/log"))[0] == 200


async def test_a_page_for_the_staff_cannot_write(app: Starlette, visitor: Visitor) -> None:
    await sign_in_as(visitor, await a_colleague())
    with pytest.raises(Exception, match="read-only transaction"):
        await visitor.client.get("/skriv")


async def test_what_a_page_showed_is_logged_with_the_post(app: Starlette, visitor: Visitor) -> None:
    plan, colleague = await a_plan(), await a_colleague()
    await sign_in_as(visitor, colleague)
    await at(visitor, f"/bord?plan={plan.id}")
    (entry,) = await AuditEntry.filter(action="case_seen")
    assert (entry.person, entry.role, entry.organisation, entry.purpose) == (
        f"account:{colleague.account_id}",
        "visitator",
        f"municipality:{HOME}",
        "casework",
    )


async def test_a_role_that_is_taken_away_is_gone_at_the_next_request(app: Starlette, visitor: Visitor) -> None:
    colleague = await a_colleague()
    await sign_in_as(visitor, colleague)
    assert (await at(visitor, "/bord"))[0] == 200
    await end_membership((await the_post(colleague)).membership_id, actor=SYSTEM, now=NOW)
    assert await at(visitor, "/bord") == (303, "/mig?mangler=rolle")
    page = await visitor.get("/bord")
    assert "Vælg en rolle for at komme videre." in page.words
    assert "Du har ingen rolle nu. Bed om en der, hvor du arbejder." in page.words


async def test_with_two_posts_one_is_chosen_and_changed(app: Starlette, visitor: Visitor) -> None:
    colleague = await a_colleague()
    await add_membership(colleague.account_id, MANAGER_AT_HOME, actor=SYSTEM, now=NOW)
    page = await sign_in_as(visitor, colleague)
    assert "(den, du bruger nu)" not in page.words
    assert await at(visitor, "/bord") == (303, "/mig?mangler=rolle")
    seen = [session_of(visitor)]
    for button, role in zip(page.all("button", name_="rolle"), ("visitator", "manager"), strict=True):
        await visitor.post("/mig/rolle", rolle=button.get("value"))
        assert await at(visitor, "/bord") == (200, f"{role}:account:{colleague.account_id}")
        seen.append(session_of(visitor))
    assert len(set(seen)) == 3
    assert await Session.all().count() == 1


async def test_a_tab_in_another_role_can_send_nothing(app: Starlette, visitor: Visitor) -> None:
    colleague = await a_colleague()
    earlier = (await the_post(colleague)).membership_id
    later = await add_membership(colleague.account_id, MANAGER_AT_HOME, actor=SYSTEM, now=NOW)
    await sign_in_as(visitor, colleague)
    await visitor.post("/mig/rolle", rolle=str(earlier))
    await visitor.post("/mig/rolle", rolle=str(later))
    for fields in ({POST_FIELD: str(earlier)}, {}, {POST_FIELD: "x"}):
        refused = await visitor.post("/bord", **fields)
        assert (refused.status, "Du har skiftet rolle i en anden fane" in refused.words) == (409, True)
    own = {"Sec-Fetch-Site": "same-origin"}
    answer = await visitor.client.post("/bord", data={POST_FIELD: str(later)}, headers=own)
    assert answer.text == f"manager:account:{colleague.account_id}"


async def test_what_was_typed_when_signed_out_is_on_the_page_to_be_sent_again(app: Starlette, visitor: Visitor) -> None:
    colleague = await a_colleague()
    post = str((await the_post(colleague)).membership_id)
    typed = {POST_FIELD: post, "note": "Ringet op  to gange.\n<b>", "dag": "2"}
    page = await visitor.post("/bord", **typed)
    assert (page.status, text(page.one("textarea"))) == (401, "Ringet op to gange. <b>")
    assert page.links() == {"Log ind (åbner i en ny fane)": "/ind"}
    other = await a_colleague()
    await sign_in_as(visitor, other)
    page = await visitor.submit(page, "/bord")
    assert (page.status, "Du har en anden rolle her nu" in page.words) == (409, True)
    await visitor.post("/ud")
    await sign_in_as(visitor, colleague)
    kept = {name: field.get("value") for name in typed for field in page.all("input", name_=name)}
    assert kept == typed
    answer = await visitor.client.post("/bord", data=kept, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.text == f"visitator:account:{colleague.account_id}"


async def test_another_persons_post_cannot_be_taken(visitor: Visitor) -> None:
    stranger = await the_post(await a_colleague(MANAGER_AT_HOME))
    await sign_in_as(visitor, await a_colleague())
    for number in (str(stranger.membership_id), "0", "-1", "x", "9" * 40, "²"):
        page = await visitor.post("/mig/rolle", rolle=number)
        assert (page.status, "Rollen findes ikke her." in page.words) == (404, True)


@pytest.mark.parametrize("role", [Role.VISITATOR, Role.THERAPIST, Role.OPERATOR])
async def test_a_visit_ends_by_the_clock_of_its_role(visitor: Visitor, clock: Clock, role: Role) -> None:
    places = {
        Role.VISITATOR: VISITATOR_AT_HOME,
        Role.THERAPIST: Post(Role.THERAPIST, provider=(await a_provider()).pk),
        Role.OPERATOR: OPERATOR,
    }
    terms = ROLES[role]
    await sign_in_as(visitor, await a_colleague(places[role]))
    step = terms.idle - timedelta(minutes=1)
    while clock.now + step < NOW + terms.absolute:
        clock.now += step
        # A page for anybody keeps the visit alive no longer than one of the staff's own.
        await visitor.get("/")
        assert (await visitor.get("/mig")).path == "/mig"
    clock.now = NOW + terms.absolute
    assert (await visitor.get("/mig")).path == "/ind"


async def test_an_idle_visit_ends(visitor: Visitor, clock: Clock) -> None:
    await sign_in_as(visitor, await a_colleague(OPERATOR))
    clock.now += ROLES[Role.OPERATOR].idle
    assert (await visitor.get("/mig")).path == "/ind"


@pytest.mark.long
async def test_changing_posts_does_not_make_a_visit_longer(visitor: Visitor, clock: Clock) -> None:
    colleague = await a_colleague(OPERATOR)
    await sign_in_as(visitor, colleague)
    number = str((await the_post(colleague)).membership_id)
    while clock.now < NOW + ROLES[Role.OPERATOR].absolute - timedelta(minutes=10):
        clock.now += timedelta(minutes=10)
        assert (await visitor.post("/mig/rolle", rolle=number)).path == "/drift"
    clock.now += timedelta(minutes=10)
    assert (await visitor.get("/mig")).path == "/ind"


async def test_my_visits_are_listed_and_ended(portal_app: Starlette, clock: Clock) -> None:
    colleague, visitor = await a_colleague(), at_a_browser(portal_app)
    await sign_in_as(visitor, colleague)
    others = [at_a_browser(portal_app, agent="Windows Chrome/140"), at_a_browser(portal_app, agent="curl/8")]
    for other in others:
        clock.now += STEP
        await sign_in_as(other, colleague, now=clock.now)
    page = await visitor.get("/mig")
    assert "Firefox, Linux" in page.words
    assert "Chrome, Windows" in page.words
    assert "Ukendt enhed" in page.words
    handles = [button.get("value") or "" for button in page.all("button", name_="besoeg")]
    assert len(handles) == 2
    await visitor.post("/mig/besoeg", besoeg=handles[1])
    assert [(await other.get("/mig")).path for other in others] == ["/ind", "/mig"]
    await visitor.submit(await visitor.get("/mig"), "/mig/besoeg/alle")
    assert [(await one.get("/mig")).path for one in (*others, visitor)] == ["/ind", "/ind", "/mig"]


async def test_another_persons_visit_cannot_be_ended(visitor: Visitor, portal_app: Starlette) -> None:
    stranger = at_a_browser(portal_app)
    await sign_in_as(stranger, await a_colleague())
    (theirs,) = await Session.all()
    await sign_in_as(visitor, await a_colleague())
    await visitor.post("/mig/besoeg", besoeg=theirs.digest)
    assert (await stranger.get("/mig")).path == "/mig"


async def test_a_new_password_ends_the_other_visits(visitor: Visitor, portal_app: Starlette, clock: Clock) -> None:
    colleague, other = await a_colleague(), at_a_browser(portal_app)
    await sign_in_as(visitor, colleague)
    clock.now += STEP
    await sign_in_as(other, colleague, now=clock.now)
    page = await visitor.submit(await visitor.get("/mig"), "/mig/adgangskode", nuvaerende="noget forkert her", ny=NEW)
    assert (page.status, [field for _, field in page.problems]) == (401, ["nuvaerende"])
    page = await visitor.submit(page, "/mig/adgangskode", nuvaerende=PASSWORD, ny="kort")
    assert (page.status, [field for _, field in page.problems]) == (400, ["ny"])
    page = await visitor.submit(page, "/mig/adgangskode", nuvaerende=PASSWORD, ny=NEW)
    assert (page.path, page.status) == ("/mig", 200)
    assert (await other.get("/mig")).path == "/ind"
    assert (await show_password(other, colleague, password=NEW)).path == "/ind/kode"
