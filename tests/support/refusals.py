"""A refusal is only one when nothing was written: the whole database is compared."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from providers.database import fetch, fetch_value
from providers.errors import GenvejError

_TABLES = """
SELECT array_agg(quote_ident(table_name) ORDER BY table_name) FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'spatial_ref_sys'
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
    assert await content() == before


async def content() -> dict[str, str]:
    tables = await fetch_value(_TABLES)
    parts = (f"SELECT '{table}', md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t" for table in tables)
    return dict(await fetch(" UNION ALL ".join(parts)))
