"""The visit of a request: read from the cookie before the page, written after it, renewed when somebody comes in."""

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from portal.settings import Settings
from providers.sessions import Limits, Visit, end_visit, load_visit, save_visit

# A page within this time of the last one does not write the session again.
_TOUCH = timedelta(minutes=1)


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host, but exists under https only."""
    return "__Host-genvej" if settings.secure_cookies else "genvej"


async def open_visit(request: Request, settings: Settings, now: datetime) -> Visit:
    """The visit that the request's cookie names, or a new and empty one; kept in `request.state.visit`."""
    session_id = request.cookies.get(cookie_name(settings))
    visit = (await load_visit(session_id, now) if session_id else None) or Visit()
    request.state.visit = visit
    request.state.visit_before = _content(visit)
    return visit


def visit_of(request: Request) -> Visit:
    """The visit of a request that has one."""
    return cast(Visit, request.state.visit)


async def renew_visit(request: Request) -> None:
    """Give the visit a new id, so that nobody who knew the old one comes in along with whoever comes in now.

    Who comes in says so anew: what the visit held of the staff is gone.
    """
    visit = visit_of(request)
    if visit.id is not None:
        await end_visit(visit.id)
    visit.id, visit.created_at, visit.seen_at = None, None, None
    visit.account_id, visit.membership_id, visit.device = None, None, None


async def leave(request: Request) -> None:
    """End the visit, whatever it held."""
    await renew_visit(request)
    visit_of(request).data.clear()


async def close_visit(request: Request, response: Response, settings: Settings, now: datetime) -> None:
    """Save the visit if it has changed or was not seen lately; an empty new one leaves no trace."""
    visit = visit_of(request)
    had_cookie = cookie_name(settings) in request.cookies
    if visit.id is None and not visit.data and visit.account_id is None:
        if had_cookie:
            response.delete_cookie(cookie_name(settings), secure=settings.secure_cookies, httponly=True, samesite="lax")
            # Whoever comes next to this browser finds no page of the visit, nor what our script has noted.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return
    stale = visit.seen_at is None or now - visit.seen_at > _TOUCH
    if _content(visit) == request.state.visit_before and not stale:
        return
    new_id = await save_visit(visit, now, _limits(visit, settings))
    if new_id != visit.id:
        response.set_cookie(
            cookie_name(settings), new_id, secure=settings.secure_cookies, httponly=True, samesite="lax", path="/"
        )


def limit_visit(visit: Visit, idle: timedelta, absolute: timedelta) -> None:
    """Let the visit end by a role's clock instead of the citizens', on whatever page it goes on."""
    visit.data["limits"] = [idle.total_seconds(), absolute.total_seconds()]


def _limits(visit: Visit, settings: Settings) -> Limits:
    if own := visit.data.get("limits"):
        idle, absolute = own
        return Limits(timedelta(seconds=idle), timedelta(seconds=absolute))
    return Limits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))


def _content(visit: Visit) -> tuple[dict[str, Any], int | None, int | None]:
    return deepcopy(visit.data), visit.account_id, visit.membership_id
