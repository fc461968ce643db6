"""`genvej import sites`, `approvals` and `slots`: a list in whole or not at all, and every bad line with its number."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from matching.capacity.importing import import_slots
from portal.commands.operating import operator
from portal.commands.place import DEFAULT_DATA, DataOption, database, fail
from portal.language import language
from portal.presenting.forms import sentence_of
from providers.approving.importing import import_approvals
from providers.database import APP_ROLE, connected
from providers.errors import GenvejError
from providers.sheets.columns import Kind
from providers.sheets.outcome import Outcome
from providers.sheets.reading import Sheet, read_sheet
from providers.sites.importing import import_sites

_File = Annotated[Path, typer.Argument(metavar="FILE", help="CSV: UTF-8 or Windows-1252, commas or semicolons.")]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what it would do, and what is wrong with which line.")]
_Take = Callable[[Sheet, datetime, bool], Awaitable[Outcome]]


def sites(path: _File, data: DataOption = DEFAULT_DATA, dry_run: _DryRun = False) -> None:
    """Take in providers' sites, each with its provider's CVR; the exit code is 1 when a line is wrong."""
    _import(path, Kind.SITES, data, dry_run, _sites)


def approvals(path: _File, data: DataOption = DEFAULT_DATA, dry_run: _DryRun = False) -> None:
    """Approve sites for packages at levels between days; the exit code is 1 when a line is wrong."""
    _import(path, Kind.APPROVALS, data, dry_run, _approvals)


def slots(path: _File, data: DataOption = DEFAULT_DATA, dry_run: _DryRun = False) -> None:
    """Put up sites' times; the exit code is 1 when a line is wrong."""
    _import(path, Kind.SLOTS, data, dry_run, _slots)


async def _sites(sheet: Sheet, now: datetime, only_looking: bool) -> Outcome:
    return await import_sites(sheet, provider=None, actor=operator(), now=now, only_looking=only_looking)


async def _approvals(sheet: Sheet, now: datetime, only_looking: bool) -> Outcome:
    return await import_approvals(sheet, actor=operator(), now=now, only_looking=only_looking)


async def _slots(sheet: Sheet, now: datetime, only_looking: bool) -> Outcome:
    return await import_slots(sheet, provider=None, now=now, only_looking=only_looking)


def _import(path: Path, kind: Kind, data: Path, dry_run: bool, take: _Take) -> None:
    try:
        body = path.read_bytes()
    except OSError as error:
        fail(f"{path}: {error.strerror or 'the file cannot be read'}.")
    try:
        sheet = read_sheet(body, kind)
        with database(data) as url:
            outcome = asyncio.run(_run(url, sheet, take, dry_run))
    except GenvejError as error:
        fail(f"{path.name}: {sentence_of(error, language('en'))}")
    for bad in outcome.bad:
        typer.echo(f"✗ line {bad.line}: {sentence_of(bad.error, language('en'))}")
    typer.echo(_summary(outcome, dry_run=dry_run))
    raise typer.Exit(1 if outcome.bad else 0)


async def _run(url: str, sheet: Sheet, take: _Take, dry_run: bool) -> Outcome:
    async with connected(url, role=APP_ROLE, pool_size=1):
        return await take(sheet, datetime.now(UTC), dry_run)


def _summary(outcome: Outcome, *, dry_run: bool) -> str:
    if outcome.bad:
        lines = len({bad.line for bad in outcome.bad})
        return f"{'1 line is' if lines == 1 else f'{lines} lines are'} wrong. Nothing was written."
    counts = f"{outcome.new} new, {outcome.changed} changed, {outcome.same} as they were"
    return f"{counts}. Nothing was written." if dry_run else f"{counts}."
