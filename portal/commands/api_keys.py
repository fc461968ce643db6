"""`genvej api-keys`: the keys with which municipalities' and providers' own programs come."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, TypeVar

import typer

from portal.commands.operating import operator
from portal.commands.place import DEFAULT_DATA, DataOption, database, fail, settings_for
from portal.commands.showing import console, table
from portal.language import language
from portal.presenting.forms import sentence_of
from providers.api_keys import LIFE, make_key, revoke_key
from providers.database import connected
from providers.errors import GenvejError
from providers.models import ApiKey, ApiScope
from providers.vault import Vault

api_keys = typer.Typer(help="The keys of organisations' own programs.", no_args_is_help=True)

T = TypeVar("T")


@api_keys.command("create")
def create(
    name: Annotated[str, typer.Argument(help="What it is for, for instance the name of the system.")],
    scope: Annotated[list[ApiScope], typer.Option(help="What it opens; may stand several times.")],
    data: DataOption = DEFAULT_DATA,
    municipality: Annotated[str | None, typer.Option(metavar="CODE", help="Whose key it is.")] = None,
    provider: Annotated[int | None, typer.Option(metavar="NUMBER", help="Or this provider's.")] = None,
    days: Annotated[int, typer.Option(min=1, max=1826, help="For how long it works.")] = LIFE.days,
) -> None:
    """Make a key and print it, this once: nobody can look it up afterwards."""
    if (municipality is None) == (provider is None):
        fail("Say whose key it is: --municipality CODE or --provider NUMBER.")
    with database(data) as url:
        vault = settings_for(url, data).vault()
        key, text = _run(url, lambda: _make(name, set(scope), municipality, provider, days, vault))
    console.print(f"Key {key.id}, {key.name}, works until {key.expires_at:%Y-%m-%d}. Keep it; it is not shown again:")
    typer.echo(text)


@api_keys.command("list")
def list_keys(data: DataOption = DEFAULT_DATA) -> None:
    """All keys, with what became of them; never the keys themselves."""
    with database(data) as url:
        found = _run(url, lambda: ApiKey.all().order_by("id"))
    now = datetime.now(UTC)
    columns = ("Key", "Name", "Of", "Opens", "Made by", "Until", "Last used")
    table("Keys of programs", columns, [_row(key, now) for key in found])


@api_keys.command("revoke")
def revoke(
    key: Annotated[int, typer.Argument(help="Its number in the list.")], data: DataOption = DEFAULT_DATA
) -> None:
    """End a key at once."""
    with database(data) as url:
        ended = _run(url, lambda: revoke_key(key, actor=operator(), now=datetime.now(UTC)))
    console.print(f"Key {ended.id}, {ended.name}, works no more.")


async def _make(
    name: str, scopes: set[ApiScope], municipality: str | None, provider: int | None, days: int, vault: Vault
) -> tuple[ApiKey, str]:
    return await make_key(
        name,
        scopes,
        municipality=municipality,
        provider=provider,
        life=timedelta(days=days),
        actor=operator(),
        now=datetime.now(UTC),
        vault=vault,
    )


def _run(url: str, work: Callable[[], Awaitable[T]]) -> T:
    """Do something on the database; what a person can act on is one line."""

    async def run() -> T:
        async with connected(url, pool_size=1):
            return await work()

    try:
        return asyncio.run(run())
    except GenvejError as error:
        fail(sentence_of(error, language("en")))


def _row(key: ApiKey, now: datetime) -> tuple[object, ...]:
    owner = f"municipality {key.municipality_id}" if key.municipality_id else f"provider {key.provider_id}"
    until = f"{key.expires_at:%Y-%m-%d}"
    if key.revoked_at is not None:
        until = f"revoked {key.revoked_at:%Y-%m-%d}"
    elif key.expires_at <= now:
        until = f"expired {until}"
    used = f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never"
    return key.id, key.name, owner, ", ".join(key.scopes), key.created_by, until, used
