"""A refusal is only one when nothing was written: the whole database is compared."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from providers.database import APP_ROLE, WORKER_ROLE, fetch
from providers.errors import GenvejError

_TABLES = f"""
SELECT quote_ident(relname), has_table_privilege('{APP_ROLE}', oid, 'INSERT, UPDATE, DELETE')
    OR has_table_privilege('{WORKER_ROLE}', oid, 'INSERT, UPDATE, DELETE')
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'spatial_ref_sys'
"""


@asynccontextmanager
async def refused(error: type[GenvejError]) -> AsyncIterator[None]:
    """The block raises exactly this error, and every table is as it was before."""
    async with unchanged():
        with pytest.raises(error) as raised:
            yield
        assert type(raised.value) is error


@asynccontextmanager
async def unchanged() -> AsyncIterator[None]:
    """What the block does leaves no trace in any table."""
    before = await content()
    yield
    after = await content()
    # The tables' names, for whoever reads of a failure: this module's assertions are not rewritten.
    changed = sorted(name for name in before if after[name] != before[name])
    if changed:
        raise AssertionError(f"changed: {', '.join(changed)}")


async def content() -> dict[str, str]:
    """Per table, what says whether a row has come, gone or changed."""
    # What only the owner can write, the reference data, is the greater part of a small database.
    said = {True: "sum(hashtextextended(t::text, 0))", False: "max(xmin::text::int8)"}
    tables = await fetch(_TABLES)
    parts = (f"SELECT '{name}', {said[written]}::text FROM {name} t" for name, written in tables)
    return dict(await fetch(" UNION ALL ".join(parts)))
