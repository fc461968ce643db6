"""Everybody who works here, and the posts that were offered and not taken yet."""

from starlette.requests import Request
from starlette.responses import Response

from portal.admission import member_of
from portal.language import language_of
from portal.members.frame import show
from portal.presenting.members import invitation_heads, invitation_lines, member_heads, member_lines
from portal.request_facts import now_of
from providers.accounts import colleagues, open_invitations

MOST = 100
_LONGEST = 120


async def show_all(request: Request) -> Response:
    """The first hundred by name; `q` is a part of a name or an address."""
    spoken, actor, now = language_of(request), member_of(request).actor, now_of(request)
    typed = "".join(letter for letter in request.query_params.get("q", "") if letter.isprintable()).strip()[:_LONGEST]
    found = await colleagues(actor, now, search=typed or None, limit=MOST + 1)
    values = {
        "title": spoken.say("Medarbejdere"),
        "typed": typed,
        "heads": member_heads(spoken),
        "lines": member_lines(found[:MOST], spoken),
        "there_are_more": len(found) > MOST,
        "invitation_heads": invitation_heads(spoken),
        "invitations": invitation_lines(await open_invitations(actor, now), spoken),
    }
    return await show(request, "members/list.html", values)
