"""Everything that a database holds, in clear as far as keys can make it so: for looking what is left of a person."""

import zlib
from contextlib import suppress
from typing import Any

from cryptography.fernet import InvalidToken

from providers.database import fetch
from providers.vault import Vault

_TABLES = """
SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys'
"""


async def traces(needles: dict[str, str], vault: Vault) -> dict[str, set[str]]:
    """Which of the texts are in which tables, in any column of any type, whatever their case; only those that are."""
    found: dict[str, set[str]] = {}
    for (table,) in await fetch(_TABLES):
        text = "\n".join([_in_clear(value, vault) for row in await fetch(f"SELECT * FROM {table}") for value in row])
        for what, needle in needles.items():
            if needle.casefold() in text.casefold():
                found.setdefault(what, set()).add(table)
    return found


def _in_clear(value: Any, vault: Vault) -> str:
    if isinstance(value, list):
        return " ".join(_in_clear(one, vault) for one in value)
    if not isinstance(value, bytes):
        return str(value)
    with suppress(InvalidToken):
        value = vault.open(value)
    with suppress(zlib.error):
        value = zlib.decompress(value)
    return value.decode("utf-8", "replace") + value.hex()
