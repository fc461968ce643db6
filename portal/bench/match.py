"""The match over HTTP: how much the portal adds to its own SQL."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from portal.bench.bare import LIMIT
from portal.bench.figures import Pair, at_least
from portal.bench.ground import Ground
from portal.bench.load import flood, request
from portal.bench.questions import OpenCase, Question, open_cases, questions
from portal.citizen.packages import LEVELS

_BARE = "portal.bench.bare:bare"
_BARE_IS = "a bare Starlette and asyncpg handler with the same SQL"
_MATCHES = "/api/v1/matches"
_PAGE = 10
"""Rows of the list as HTML."""


async def match(ground: Ground) -> AsyncGenerator[Pair, None]:
    """Anonymous, by code, and as HTML."""
    country = await ground.country()
    anybody, cases = await questions(country), await open_cases(country, datetime.now(UTC))
    by_code = [case.question for case in cases]
    seconds = ground.effort.seconds
    async with (
        ground.server(country) as portal,
        ground.server(country, _BARE, [asdict(question) for question in anybody]) as bare,
        ground.server(country, _BARE, [asdict(question) for question in by_code]) as bare_by_code,
    ):
        yield Pair(
            "match without a code, 20 rows as JSON",
            "requests/s",
            flood(portal, as_json(anybody, LIMIT), seconds),
            flood(bare, _numbered(anybody), seconds),
            _BARE_IS,
            at_least(0.90),
        )
        yield Pair(
            "match by code, 20 rows as JSON",
            "requests/s",
            flood(portal, _with_codes(cases), seconds),
            flood(bare_by_code, _numbered(by_code), seconds),
            f"{_BARE_IS}, which asks for no code",
            at_least(0.55),
        )
        yield Pair(
            "match without a code, 10 rows as HTML fragment",
            "requests/s",
            flood(portal, _as_html(anybody), seconds),
            flood(portal, as_json(anybody, _PAGE), seconds),
            "the same 10 rows as JSON",
            at_least(0.55),
        )


def as_json(asked: Sequence[Question], limit: int) -> list[bytes]:
    """The questions as they are put to the API."""
    return [request(_MATCHES, query=question.as_query(limit)) for question in asked]


def _numbered(asked: Sequence[Question]) -> list[bytes]:
    return [request("/", query={"n": number}) for number in range(len(asked))]


def _with_codes(cases: Sequence[OpenCase]) -> list[bytes]:
    return [
        request(_MATCHES, query=case.question.as_query(LIMIT), headers={"Authorization": f"Genvej {case.code.code}"})
        for case in cases
    ]


def _as_html(asked: Sequence[Question]) -> list[bytes]:
    """The list of the page, in the whole country like the API's."""
    words = {level.value: word for word, level in LEVELS.items()}
    return [
        request(
            "/soeg",
            query={
                "pakke": question.package,
                "niveau": words[question.level or ""],
                "sted": question.postal_code,
                "radius": "alle",
            },
            headers={"HX-Request": "true"},
        )
        for question in asked
    ]
