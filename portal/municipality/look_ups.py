"""Who has looked at the municipality's cases. Each search is itself an entry."""

from typing import cast
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from matching.auditing import PURPOSE, Look, search_looks
from portal.admission import member_of
from portal.language import Language, language_of
from portal.municipality.look_up_question import Asked, asked_of
from portal.municipality.room import show
from portal.presenting.forms import Option, options, problem_values
from portal.presenting.look_up_words import ACTION_WORDS
from portal.presenting.look_ups import look_heads, look_lines
from portal.reading import whole_number
from portal.request_facts import saw

PAGE = 50
"""Entries on a page."""

_PATH = "/kommune/opslag"


async def search(request: Request) -> Response:
    """The newest entries that the question finds, `efter` an entry; with nothing asked, all of them."""
    asked, municipality = asked_of(request.query_params), cast(str, member_of(request).post.municipality)
    looks: list[Look] = []
    if not asked.errors:
        after = whole_number(request.query_params.get("efter", ""))
        looks = await search_looks(municipality, asked.question, after=after, limit=PAGE + 1)
        case = looks[0].plan_id if asked.question.case and looks else None
        found = str(len(looks[:PAGE]))
        saw(request, "audit_searched", case, purpose=PURPOSE, criterion=asked.question.criterion, result=found)
    return await _page(request, asked, looks)


def _actions(asked: Asked, spoken: Language) -> list[Option]:
    """Every action that has words, by them."""
    chosen = asked.typed.get("handling", "")
    named = sorted((spoken.say(words), action) for action, words in ACTION_WORDS.items())
    return options({action: words for words, action in named}, chosen, none=spoken.say("Alle"))


async def _page(request: Request, asked: Asked, looks: list[Look]) -> Response:
    spoken, later = language_of(request), "efter" in request.query_params
    following = {**asked.typed, "efter": str(looks[PAGE - 1].id)} if len(looks) > PAGE else None
    values = {
        "title": spoken.say("Opslag i sagerne"),
        "typed": asked.typed,
        **problem_values(asked.errors, spoken),
        "actions": _actions(asked, spoken),
        "heads": look_heads(spoken),
        "lines": look_lines(looks[:PAGE], spoken),
        "following": f"{_PATH}?{urlencode(following)}" if following else "",
        "first": f"{_PATH}?{urlencode(asked.typed)}" if later else "",
    }
    return await show(request, "municipality/look_ups.html", values, status=400 if asked.errors else 200)
