"""One colleague: what they are, and what can be done for them or taken from them. Everything is logged."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.audit import audit
from portal.admission import member_of
from portal.language import language_of
from portal.members.frame import link_page, show
from portal.members.reading import colleague
from portal.presenting.members import member_line
from portal.reading import INTEGER, field, whole_number
from portal.request_facts import now_of, settings_of
from portal.telling import tell
from providers.accounts import (
    Colleague,
    begin_password_reset,
    end_membership,
    end_visits_of,
    may_reset,
    reset_app,
)
from providers.words import N_


async def show_one(request: Request) -> Response:
    """Their posts here, how they sign in, and when they were last seen."""
    spoken, person = language_of(request), await colleague(request)
    helped = await may_reset(person.account_id, actor=member_of(request).actor, now=now_of(request))
    values = {"title": person.name, "person": member_line(person, spoken), "may_reset": helped}
    return await show(request, "members/person.html", values)


async def give_link(request: Request) -> Response:
    """Make a link to a new password and show it, this once. Raises AccountUnknown or ResetByAnother."""
    person, settings = await colleague(request), settings_of(request)
    issued = await begin_password_reset(
        person.account_id,
        actor=member_of(request).actor,
        now=now_of(request),
        vault=settings.vault(),
        policy=settings.accounts,
    )
    await _log(request, "password_reset_begun", person.account_id)
    return await link_page(
        request,
        N_("Link til en ny adgangskode"),
        person.name,
        f"/nulstil/{issued.token}",
        issued.expires_at,
        back=f"/medarbejdere/{person.account_id}",
    )


async def ask_to_reset(request: Request) -> Response:
    """What happens when an app is reset."""
    person, spoken = await colleague(request), language_of(request)
    values = {"title": spoken.say("Vil du nulstille appen?"), "person": member_line(person, spoken)}
    return await show(request, "members/reset_app.html", values)


async def take_app(request: Request) -> Response:
    """Reset it. Raises AccountUnknown or ResetByAnother."""
    person = await colleague(request)
    await reset_app(person.account_id, actor=member_of(request).actor, now=now_of(request))
    await _log(request, "app_reset", person.account_id)
    tell(request, N_("Appen er nulstillet. Personen knytter en ny, næste gang der logges ind."))
    return _to(person)


async def end_visits(request: Request) -> Response:
    """Sign them out everywhere; raises AccountUnknown."""
    person = await colleague(request)
    await end_visits_of(person.account_id, actor=member_of(request).actor, now=now_of(request))
    await _log(request, "visits_ended", person.account_id)
    tell(request, N_("Personen er logget ud overalt."))
    return _to(person)


async def end_post(request: Request) -> Response:
    """Take a post away; raises MembershipUnknown."""
    person, number = await colleague(request), whole_number(await field(request, "rolle"), INTEGER) or 0
    await end_membership(number, actor=member_of(request).actor, now=now_of(request))
    await _log(request, "post_ended", person.account_id)
    tell(request, N_("Rollen er taget fra personen."))
    return RedirectResponse("/medarbejdere", 303)


async def back(request: Request) -> Response:
    """The address of a form, asked for as a page."""
    return RedirectResponse(f"/medarbejdere/{whole_number(request.path_params['account_id'], INTEGER) or 0}", 303)


def _to(person: Colleague) -> Response:
    return RedirectResponse(f"/medarbejdere/{person.account_id}", 303)


async def _log(request: Request, action: str, account_id: int) -> None:
    actor, now = member_of(request).actor, now_of(request)
    await audit(action, actor=actor, now=now, purpose="sign_in", criterion=f"account:{account_id}")
