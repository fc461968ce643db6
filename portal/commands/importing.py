"""`genvej import plans`: the hospitals' plans from files, a line for each, and a summary."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from matching.intake.directory import Directory, load_directory, printed_directory
from matching.intake.findings import Finding
from matching.intake.incoming import Reading
from matching.intake.items import Item
from matching.intake.reading import read_message
from matching.intake.storing import File
from matching.intake.taking import take_in
from matching.intake.texts import without_cpr
from matching.models import ArrivalState, MessageSource
from portal.commands.operating import operator
from portal.commands.place import DEFAULT_DATA, DataOption, database, fail, settings_for
from portal.commands.plan_lines import plan_line
from portal.plan_files import plan_files, portions, read_file
from providers.clock import local_date
from providers.database import WORKER_ROLE, connected
from providers.vault import Vault

imports = typer.Typer(
    help="Take in what others have: plans, sites, approvals and times from files.", no_args_is_help=True
)

READABLE = "readable"
"""What a plan is in a dry run that could be taken in."""

Read = tuple[str, str, Reading | None, Sequence[Finding]]


@imports.command("plans")
def plans(
    path: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="GGOP, FHIR or CSV; a folder with all below it.")],
    data: DataOption = DEFAULT_DATA,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and tell only. It needs no database.")] = False,
    municipality: Annotated[
        str | None, typer.Option(metavar="CODE", help="Whose plans they are; else each message must say it.")
    ] = None,
) -> None:
    """Take plans in, each message once; the exit code is 1 when there is one that cannot be read."""
    if not path.exists():
        fail(f"There is no file or folder {path}.")
    paths = plan_files(path)
    if not paths:
        fail(f"There is no file in {path}.")
    if dry_run:
        _check_municipality(municipality, directory := printed_directory())
        states = Counter(_tell_dry(paths, directory, municipality))
    else:
        with database(data) as url:
            states = asyncio.run(_take(paths, url, settings_for(url, data).vault(), municipality))
    typer.echo(_summary(states, len(paths), dry_run=dry_run))
    raise typer.Exit(1 if states[ArrivalState.FAILED] else 0)


def _tell_dry(paths: Sequence[Path], directory: Directory, municipality: str | None) -> Iterator[str]:
    today = local_date(datetime.now(UTC))
    for path in paths:
        try:
            file = read_file(path)
        except OSError as error:
            yield _unopened(path, error)
            continue
        for reading in read_message(file.body, today=today, directory=directory):
            state = READABLE if reading.plan else ArrivalState.FAILED.value
            code = municipality or reading.municipality
            label = state if code else "needs --municipality"
            typer.echo(plan_line(file.name, reading, reading.findings, label, code, directory))
            yield state


async def _take(paths: Sequence[Path], url: str, vault: Vault, municipality: str | None) -> Counter[str]:
    states = Counter[str]()
    async with connected(url, role=WORKER_ROLE, pool_size=2):
        directory = await load_directory()
        _check_municipality(municipality, directory)
        for portion in portions(paths):
            files = []
            for path in portion:
                try:
                    files.append(read_file(path))
                except OSError as error:
                    states[_unopened(path, error)] += 1
            found = await take_in(
                files,
                municipality=municipality,
                source=MessageSource.COMMAND,
                directory=directory,
                actor=operator(),
                now=datetime.now(UTC),
                vault=vault,
            )
            states.update(_tell(files, found, directory))
    return states


def _tell(files: Sequence[File], found: Sequence[Sequence[Item]], directory: Directory) -> Iterator[str]:
    for file, items in zip(files, found, strict=True):
        for item in items:
            state = item.state.value
            typer.echo(plan_line(file.name, item.reading, item.findings, state, item.municipality, directory))
            yield state


def _unopened(path: Path, error: OSError) -> str:
    typer.echo(f"✗ {without_cpr(path.name)}: {error.strerror or 'the file cannot be read'}.")
    return ArrivalState.FAILED.value


def _check_municipality(code: str | None, directory: Directory) -> None:
    if code is not None and code not in directory.names:
        fail(f"There is no municipality with the code {code}.")


def _summary(states: Counter[str], files: int, *, dry_run: bool) -> str:
    counted = "1 file" if files == 1 else f"{files} files"
    failed = f"{states[ArrivalState.FAILED]} could not be read"
    if dry_run:
        return f"{counted}; plans: {states[READABLE]} can be taken in, {failed}. Nothing was written."
    taken, changed, known = (states[state] for state in (ArrivalState.TAKEN, ArrivalState.CHANGED, ArrivalState.KNOWN))
    return f"{counted}; plans: {taken} taken in, {changed} changed, {known} known already, {failed}."
