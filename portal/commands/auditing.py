"""`genvej audit`: check that the look-up log is whole, and hand a municipality the entries about its own cases."""

import asyncio
import csv
import json
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

import typer

from matching.auditing import Look, Question, Verdict, export_looks
from matching.auditing import verify as check
from portal.commands.days import day
from portal.commands.operating import operator
from portal.commands.place import DEFAULT_DATA, DataOption, database, fail, settings_for
from portal.commands.showing import console, progress_bars
from portal.presenting.spreadsheets import cell
from providers.clock import COPENHAGEN, start_of_day
from providers.database import connected
from providers.models import Municipality
from providers.vault import Vault

audit = typer.Typer(help="Check, and export, the log of who has looked at whom.", no_args_is_help=True)

# Of a thousand faults the first hundred tell where to look.
_SHOWN = 100


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"


def _hash(text: str) -> bytes:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise typer.BadParameter("a head is 64 hexadecimal digits, as this command prints them")
    return bytes.fromhex(text)


@audit.command("verify")
def verify(
    data: DataOption = DEFAULT_DATA,
    expect_head: Annotated[
        bytes | None, typer.Option(parser=_hash, metavar="HASH", help="A head printed earlier; it must still be there.")
    ] = None,
) -> None:
    """Find every entry or seal that was changed, removed, added or moved; the exit code is 1 when there is one."""
    with database(data) as url:
        verdict = asyncio.run(_verdict(url, settings_for(url, data).vault(), expect_head))
    _show(verdict)
    raise typer.Exit(1 if verdict.faults else 0)


@audit.command("export")
def export(
    municipality: Annotated[str, typer.Option(metavar="CODE", help="The municipality whose cases these are.")],
    data: DataOption = DEFAULT_DATA,
    first: Annotated[date | None, typer.Option("--from", parser=day, metavar="DATE", help="The first day.")] = None,
    last: Annotated[date | None, typer.Option("--to", parser=day, metavar="DATE", help="The last day.")] = None,
    form: Annotated[Format, typer.Option("--format", help="For a spreadsheet, or for a program.")] = Format.CSV,
) -> None:
    """Write the entries about a municipality's own cases to the standard output; that is itself an entry."""
    write = _write_csv if form is Format.CSV else _write_json
    since = start_of_day(first) if first else None
    until = start_of_day(last + timedelta(days=1)) if last else None

    async def run(url: str) -> None:
        async with connected(url):
            if not await Municipality.exists(code=municipality):
                fail(f"There is no municipality with the code {municipality}.")
            now = datetime.now(UTC)
            question = Question(since=since, until=until)
            await write(export_looks(municipality, question, actor=operator(), now=now))

    with database(data) as url:
        asyncio.run(run(url))


async def _verdict(url: str, vault: Vault, expected_head: bytes | None) -> Verdict:
    async with connected(url, pool_size=2):
        with progress_bars() as progress:
            return await check(vault, expected_head=expected_head, progress=progress)


def _show(verdict: Verdict) -> None:
    for fault in verdict.faults[:_SHOWN]:
        console.print(f"[red]✗[/] {fault}", soft_wrap=True)
    if (more := len(verdict.faults) - _SHOWN) > 0:
        console.print(f"[red]✗[/] … and {more} more.")
    console.print(
        f"{verdict.entries} entries under {verdict.seals} seals, {verdict.blanked} blanked,"
        f" {verdict.waiting} waiting for a seal. Faults: {len(verdict.faults)}.",
        soft_wrap=True,
    )
    # Kept elsewhere, the head shows later that nobody has cut off the end or replaced everything.
    console.print(f"Head: {verdict.head.hex()}", soft_wrap=True)


async def _write_csv(looks: AsyncIterator[Look]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow([field.name for field in fields(Look)])
    async for look in looks:
        writer.writerow([cell(value) for value in _plain(look).values()])


async def _write_json(looks: AsyncIterator[Look]) -> None:
    before = "[\n"
    async for look in looks:
        sys.stdout.write(before + json.dumps(_plain(look), ensure_ascii=False))
        before = ",\n"
    sys.stdout.write("[]\n" if before == "[\n" else "\n]\n")


def _plain(look: Look) -> dict[str, Any]:
    """Danish local time with its offset, so that both a person and a program can read it."""
    return asdict(look) | {"at": look.at.astimezone(COPENHAGEN).isoformat()}
