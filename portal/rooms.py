"""The frame of the staff's rooms: navigation with counts, as what one acts, and what the last form did.

A room is a package such as `portal/municipality/`, with `room.py` (its `ROOM` and its `show`) and a table `ROUTES`.
To add a page:

1. Write the route function in a module of the room. It ends with
   `return await show(request, "municipality/cases.html", {"title": …, …})`.
2. Write `staff_page("/kommune/sager", cases.show_all, "cases", Permission.SEE_CASE)` (`portal/staff_routes.py`) into
   the room's `ROUTES`, and the address into `AGREED` (tests/portal/test_audiences.py) and, with those who may come,
   into `EXPECTED` (tests/support/expectations.py): a test asks every role for every address.
3. If it belongs in the navigation, add a `Tab` to the room's `tabs`. Its count, if it has one, is another column of
   the room's one question, `counts`.
4. The template begins with `{% extends "staff/room.html" %}`, fills the block `content`, and imports what the pages of
   the staff share inside of that block, where a part for htmx finds it too:
   `{% import "staff/parts.html" as parts with context %}`.
5. A form is `{% call parts.form("/kommune/…") %}`, which brings the field `som`. Its route function calls `tell` and
   redirects with 303. Its row is a `staff_form`; `back` if no page stands at its address.
6. A page that shows something of a case calls `saw(request, "case_seen", plan_id, purpose=…)`. GET pages run in a
   read-only transaction that shows the post's own cases only; forms begin their own with `member.post.scope`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from portal.admission import member_of, posts_here
from portal.language import language_of
from portal.presenting.rooms import TabLine, room_frame
from portal.rendering import render
from portal.request_facts import now_of
from portal.telling import told
from providers.accounts import StaffMember
from providers.database import looking
from providers.roles import Permission
from providers.words import N_

Counts = Mapping[str, int]
"""Path of a tab → the number beside its name; 0 is not shown."""


@dataclass(frozen=True, slots=True)
class Tab:
    """An entry of a room's navigation, for those with the permission. Pages under `below` are its own as well."""

    label: str
    path: str
    permission: Permission
    below: str | None = None


MEMBERS = Tab(N_("Medarbejdere"), "/medarbejdere", Permission.MANAGE_MEMBERS)
"""Pages that every room has for whoever appoints others."""

KEYS = Tab(N_("Programmer"), "/programmer", Permission.MANAGE_KEYS)
"""Those of the rooms whose organisations have programs of their own."""


@dataclass(frozen=True, slots=True)
class Room:
    """`counts` is asked at every page of the room, so it is one statement; it sees what the post's scope shows."""

    label: str
    path: str
    tabs: Sequence[Tab]
    counts: Callable[[StaffMember, datetime], Awaitable[Counts]]


async def show_in(
    room: Room,
    request: Request,
    template: str,
    values: Mapping[str, Any],
    *,
    fragment: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """A page of the room, or the block `fragment` of it when htmx asks."""
    member, now, spoken = member_of(request), now_of(request), language_of(request)
    async with looking(member.post.scope):
        counts = await room.counts(member, now)
        posts = await posts_here(request, member.account_id, now)
    frame = room_frame(room.label, member, len(posts) > 1, _tabs(room, member, counts), request.url.path, spoken)
    messages = [] if "HX-Request" in request.headers else told(request, spoken)
    context = {"room": frame, "messages": messages, **values}
    return render(request, template, context, fragment=fragment, status=status, headers=headers)


def _tabs(room: Room, member: StaffMember, counts: Counts) -> list[TabLine]:
    mine = [tab for tab in room.tabs if member.may(tab.permission)]
    return [TabLine(tab.label, tab.path, counts.get(tab.path, 0), tab.below) for tab in mine]
