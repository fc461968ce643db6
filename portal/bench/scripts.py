"""From the statements that one transaction of ours sent to a script that pgbench runs for any citizen."""

import re
from collections.abc import Mapping, Sequence

from asyncpg.connection import LoggedQuery

from portal.bench.pgbench import literal
from providers.database import fetch_value

_ADDS = re.compile(r'INSERT INTO "(\w+)".*RETURNING "id"\s*$', re.DOTALL)
_PLACE = re.compile(r"\$(\d+)")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


async def script(sent: Sequence[LoggedQuery], known: Mapping[int, str]) -> str:
    """The statements with their values, but for those in `known`, which are expressions of pgbench's variables.

    Numbers that a statement gave out are kept for those after it, and every random identifier is drawn anew. Only
    while nobody else writes to the database. Every transaction is told apart by `:plan`.
    """
    names, lines = {str(value): expression for value, expression in known.items()}, list[str]()
    for query in sent:
        written = _PLACE.sub(lambda place: _expression(query.args[int(place[1]) - 1], names), query.query)  # noqa: B023
        if added := _ADDS.match(query.query):
            table = added[1]
            names[str(await fetch_value(f'SELECT max(id) FROM "{table}"'))] = f":{table}_id"
            lines.append(f"{written} \\gset {table}_")
        else:
            lines.append(f"{written.rstrip().rstrip(';')};")
    return "\n".join([*lines, ""])


def _expression(value: object, names: dict[str, str]) -> str:
    text = str(value)
    if _UUID.fullmatch(text) and text not in names:
        # The same one wherever it stands in this transaction, another one in the next.
        names[text] = f"md5('{len(names)} ' || :plan)::uuid"
    if isinstance(value, list | tuple) and any(str(item) in names or _UUID.fullmatch(str(item)) for item in value):
        return "ARRAY[" + ", ".join(_expression(item, names) for item in value) + "]"
    if text not in names:
        return literal(value)
    return f"({names[text]})::text" if isinstance(value, str) and text.isdecimal() else names[text]
