"""Who am I, as what, and where am I signed in."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.addresses import address_of
from portal.admission import PostNeeded, account_of, posts_here
from portal.entrances import ROOMS
from portal.identity.issuers import doors
from portal.identity.word import BY, covers
from portal.language import language_of
from portal.presenting.forms import first_error, problem_values
from portal.presenting.staff import codes_left_words, post_lines, reset_lines, visit_lines
from portal.problems import retry_headers
from portal.reading import INTEGER, field, text_of, whole_number
from portal.rendering import render
from portal.request_facts import now_of, settings_of
from portal.settings_issuers import IssuerKind
from portal.staff.coming_in import note, renew_in_place, take_post
from portal.statuses import status_after
from portal.visits import visit_of
from providers.accounts import (
    change_password,
    end_all_sessions,
    end_session,
    resets_of,
    sessions_of,
    staff_member,
)
from providers.accounts.errors import MembershipUnknown, PasswordUnfit, SignInBusy, SignInRefused
from providers.errors import GenvejError

_REMEMBERED = timedelta(days=30)


async def show(request: Request) -> Response:
    """The account, its posts and its visits; `mangler=rolle` when a page asked for a post."""
    return await account_page(request)


async def switch(request: Request) -> Response:
    """Act in another post, in its room and under a new session id. The visit ends no later than it would have.

    Raises MembershipUnknown.
    """
    number, account_id = whole_number(await field(request, "rolle"), INTEGER) or 0, account_of(request).account_id
    member = await staff_member(account_id, number, now_of(request))
    visit = visit_of(request)
    if member is None or not covers(visit, member):
        raise MembershipUnknown
    await renew_in_place(request)
    # What the visit knew belongs to the other post, but for whose word it rests on.
    visit.data = {BY: visit.data[BY]} if visit.data.get(BY) else {}
    await take_post(request, member)
    return RedirectResponse(ROOMS[member.post.role].path, 303)


async def new_password(request: Request) -> Response:
    """Change it, which ends every other visit."""
    form, settings, account = await request.form(), settings_of(request), account_of(request)
    try:
        await change_password(
            account.account_id,
            text_of(form, "nuvaerende"),
            text_of(form, "ny"),
            keep=visit_of(request).id,
            address=address_of(request),
            now=now_of(request),
            vault=settings.vault(),
            policy=settings.accounts,
        )
    except (SignInRefused, SignInBusy) as error:
        await note(request, "password_changed", account.account_id, result="refused")
        return await account_page(request, {"nuvaerende": error})
    except PasswordUnfit as error:
        return await account_page(request, {"ny": error})
    await renew_in_place(request)
    await note(request, "password_changed", account.account_id)
    return RedirectResponse("/mig", 303)


async def end_one(request: Request) -> Response:
    """End one visit of one's own; a stranger's, or one that has ended, is left as it is."""
    account_id = account_of(request).account_id
    if await end_session(account_id, (await field(request, "besoeg"))[:64]):
        await note(request, "visit_ended", account_id)
    return RedirectResponse("/mig", 303)


async def end_others(request: Request) -> Response:
    """End every visit of one's own but this one."""
    account_id = account_of(request).account_id
    await end_all_sessions(account_id, keep=visit_of(request).id)
    await note(request, "visits_ended", account_id)
    return RedirectResponse("/mig", 303)


async def account_page(request: Request, errors: dict[str, GenvejError] | None = None) -> Response:
    """The page, with what was wrong with one of its forms."""
    spoken, account, visit, now = language_of(request), account_of(request), visit_of(request), now_of(request)
    error = first_error(errors)
    visits = await sessions_of(account.account_id, now, current=visit.id)
    posts = await posts_here(request, account.account_id, now)
    asked_for = request.query_params.get("mangler") == "rolle"
    values = {
        "title": spoken.say("Min konto"),
        "notice": spoken.say(PostNeeded.message) if asked_for else "",
        **problem_values(errors, spoken),
        "account": account,
        "doors": [] if account.is_tied else doors(request, IssuerKind.STAFF),
        "room": next((ROOMS[post.post.role] for post in posts if post.membership_id == visit.membership_id), None),
        "posts": post_lines(posts, visit.membership_id, spoken),
        "visits": visit_lines(visits, spoken),
        "resets": reset_lines(await resets_of(account.account_id, now - _REMEMBERED), spoken),
        "codes_left": codes_left_words(visit.data.get("codes_left"), spoken),
    }
    return render(request, "staff/my_account.html", values, status=status_after(error), headers=retry_headers(error))
