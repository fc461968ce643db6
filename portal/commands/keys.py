"""`genvej keys`: what is under which key, and everything that can be brought under the newest."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import typer

from matching.keys import KeyUse, KeyUses, key_uses
from matching.keys import rotate as bring_under_newest
from portal.commands.operating import operator
from portal.commands.place import DEFAULT_DATA, DataOption, database, settings_for
from portal.commands.showing import console, progress_bars, table
from providers.database import connected
from providers.vault import Vault

keys = typer.Typer(help="See what is under which key, and change keys while the portal runs.", no_args_is_help=True)


@keys.command("status")
def status(
    data: DataOption = DEFAULT_DATA,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object, and nothing else.")] = False,
) -> None:
    """Count the values under each key, and say which keys are still needed; the exit code is 1 when any is missing."""
    _run(data, rotate_first=False, as_json=as_json)


@keys.command("rotate")
def rotate(data: DataOption = DEFAULT_DATA) -> None:
    """Bring everything under the newest keys, in batches, beside a running portal; may be broken off and repeated."""
    _run(data, rotate_first=True, as_json=False)


def _run(data: DataOption, *, rotate_first: bool, as_json: bool) -> None:
    with database(data) as url:
        vault = settings_for(url, data).vault()
        moved, uses = asyncio.run(_work(url, vault, rotate_first=rotate_first, silent=as_json))
    if as_json:
        typer.echo(json.dumps(_document(uses, vault), indent=1))
    else:
        _show(uses, vault, moved)
    raise typer.Exit(1 if uses.lost else 0)


async def _work(url: str, vault: Vault, *, rotate_first: bool, silent: bool) -> tuple[int | None, KeyUses]:
    now, moved = datetime.now(UTC), None
    async with connected(url, pool_size=2):
        if rotate_first:
            with progress_bars() as progress:
                moved = await bring_under_newest(vault, actor=operator(), now=now, progress=progress)
        with progress_bars(disable=silent) as progress:
            return moved, await key_uses(vault, now, progress)


def _document(uses: KeyUses, vault: Vault) -> dict[str, object]:
    """Counts by the names of the keys, newest first; `null` in JSON is no key of ours."""
    return {
        "field_keys": vault.field_keys,
        "lookup_keys": vault.lookup_keys,
        "sealed": {use.what: dict(use.keys) for use in uses.sealed},
        "hashed": {use.what: dict(use.keys) for use in uses.hashed},
        "seals": dict(uses.seals.keys),
        "unused_field_keys": uses.unused_field_keys(vault),
        "unused_lookup_keys": uses.unused_lookup_keys(vault),
    }


def _show(uses: KeyUses, vault: Vault, moved: int | None) -> None:
    _count("Sealed with GENVEJ_FIELD_KEYS", uses.sealed, vault.field_keys)
    _count("Hashed and signed with the lookup keys", [*uses.hashed, uses.seals], vault.lookup_keys)
    if moved is not None:
        console.print(f"{moved} values came under the newest keys.")
    for sentence in _sentences(uses, vault):
        console.print(sentence, soft_wrap=True)


def _count(title: str, uses: list[KeyUse], names: list[str]) -> None:
    columns = ("Values", *(f"{name} (newest)" if name == names[0] else name for name in names), "no key of ours")
    table(title, columns, [(use.what, *(use.keys[name] for name in [*names, None])) for use in uses])


def _sentences(uses: KeyUses, vault: Vault) -> Iterator[str]:
    """What is to be done about each earlier key, and about what no key opens."""
    for name in vault.field_keys[1:]:
        if name in uses.unused_field_keys(vault):
            yield f"[green]✓[/] {name} can leave GENVEJ_FIELD_KEYS, once every process has the newest key in front."
        else:
            yield f"[yellow]![/] {name} must stay in GENVEJ_FIELD_KEYS. Run: genvej keys rotate"
    for name in vault.lookup_keys[1:]:
        seals = uses.seals.keys[name]
        checking = f" Keep it for genvej audit verify: {seals} seals are signed with it." if seals else ""
        if name in uses.unused_lookup_keys(vault):
            yield f"[green]✓[/] {name} can leave GENVEJ_OTHER_LOOKUP_KEYS of the app and the worker.{checking}"
        else:
            yield (
                f"[yellow]![/] {name} must stay in GENVEJ_OTHER_LOOKUP_KEYS. For CPR numbers, run: genvej keys rotate."
                " Codes and programs' keys get a new hash when they are used, or expire; invitations expire; the owners"
                " of recovery codes can renew them."
            )
    if uses.lost:
        yield f"[red]✗[/] {uses.lost} values are under no key of ours. Add the key that made them."
