"""The finder's statement as a function of the database, for programs that can only ask for tables and functions."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from asyncpg.connection import LoggedQuery

from matching.finding import find
from portal.bench.bare import LIMIT
from portal.bench.ground import Country
from portal.bench.questions import Question
from portal.bench.recording import recorded
from providers.database import connected, execute, fetch
from providers.reference import load_catalogue

NAME = "bench_matches"
_PLACE = re.compile(r"\$(\d+)")
_TYPES = {float: "float8", int: "bigint", str: "text"}

_COLUMNS = """
SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
WHERE attrelid = $1::text::regclass AND attnum > 0 ORDER BY attnum
"""


@dataclass(frozen=True, slots=True)
class Function:
    """`calls` are the arguments, by name, that give what the finder's own statement gives for each question."""

    name: str
    calls: Sequence[dict[str, str]]


async def make_function(country: Country, asked: Sequence[Question]) -> Function:
    """The statement that most questions need alone; what differs from question to question is an argument."""
    async with connected(country.url, pool_size=1):
        sent = await _alone(country, asked)
        text, _ = Counter(query.query for query in sent).most_common(1)[0]
        alike = [query.args for query in sent if query.query == text]
        varying = [
            at for at, values in enumerate(zip(*alike, strict=True)) if len({repr(value) for value in values}) > 1
        ]
        names = {at: f"a{at}" for at in varying}
        await _create(text, alike[0], names)
    return Function(NAME, [{name: str(values[at]) for at, name in names.items()} for values in alike])


async def _alone(country: Country, asked: Sequence[Question]) -> list[LoggedQuery]:
    """The statements of the questions that one statement answers."""
    catalogue, now, found = await load_catalogue(), datetime.now(UTC), list[LoggedQuery]()
    for question in asked:
        search = await question.search(catalogue, country.settings.policy, now, LIMIT)
        async with recorded() as sent:
            await find(search)
        if len(sent) == 1:
            found.append(sent[0])
    return found


async def _create(text: str, values: Sequence[object], names: dict[int, str]) -> None:
    def filled(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        return names.get(at) or _literal(values[at])

    body = _PLACE.sub(filled, text)
    shape = _PLACE.sub(lambda place: _literal(values[int(place[1]) - 1]), text)
    await execute(f"DROP FUNCTION IF EXISTS {NAME}; DROP TABLE IF EXISTS {NAME}_shape")
    await execute(f"CREATE TABLE {NAME}_shape AS {shape} WITH NO DATA")
    columns = ", ".join(f'"{row["name"]}" {row["type"]}' for row in await fetch(_COLUMNS, f"{NAME}_shape"))
    arguments = ", ".join(f"{name} {_TYPES[type(values[at])]}" for at, name in names.items())
    await execute(f"CREATE FUNCTION {NAME}({arguments}) RETURNS TABLE ({columns}) LANGUAGE sql STABLE AS $${body}$$")


def _literal(value: object) -> str:
    """A value as SQL: these are ours, drawn for the benchmark."""
    if value is None:
        return "NULL"
    if isinstance(value, list):
        return "'{" + ",".join(str(item) for item in value) + "}'"
    return f"'{value}'"
