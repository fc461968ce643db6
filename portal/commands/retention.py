"""`genvej retention`: for how long what is kept, and the job that makes it so."""

import asyncio
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from matching.retention.kinds import OF_A_MUNICIPALITY, RetentionKind
from matching.retention.reading import Report, retention_report
from matching.retention.rules import KindOfAnother, RuleStands, add_rule, rules_on
from matching.retention.running import run_retention
from portal.commands.days import day
from portal.commands.operating import operator
from portal.commands.place import DEFAULT_DATA, DataOption, database, fail
from portal.commands.showing import console, progress_bars, table
from providers.clock import local_date
from providers.database import WORKER_ROLE, connected
from providers.models import Municipality

retention = typer.Typer(help="Forget in time what is not needed any more, and show that it was.", no_args_is_help=True)

Controller = Annotated[
    str | None, typer.Option("--municipality", metavar="CODE", help="One municipality; without it, everybody.")
]


@retention.command("run")
def run(
    data: DataOption = DEFAULT_DATA,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what is due.")] = False,
    municipality: Controller = None,
) -> None:
    """Erase everything whose time is up, as the worker does each night; ends with 1 when something due is left."""

    async def work(url: str) -> Report:
        async with connected(url, role=WORKER_ROLE):
            await _check(municipality)
            with progress_bars() as progress:
                number = await run_retention(
                    actor=operator(),
                    clock=lambda: datetime.now(UTC),
                    dry_run=dry_run,
                    controllers=[municipality] if municipality else (),
                    progress=progress,
                )
            return await retention_report(number)

    with database(data) as url:
        report = asyncio.run(work(url))
    _show(report)
    raise typer.Exit(1 if report.left and not dry_run else 0)


@retention.command("rules")
def rules(data: DataOption = DEFAULT_DATA, municipality: Controller = None) -> None:
    """Show for how many days each kind is kept today, and who decided it."""

    async def work(url: str) -> list[tuple[object, ...]]:
        async with connected(url):
            await _check(municipality)
            book = await rules_on(local_date(datetime.now(UTC)))
        kinds = [kind for kind in RetentionKind if municipality is None or kind in OF_A_MUNICIPALITY]
        found = [(kind, book.rule(kind, municipality)) for kind in kinds]
        return [(kind.value, rule.days, _source(rule.source, rule.demo)) for kind, rule in found]

    with database(data) as url:
        table(f"Retention of {municipality or 'everybody'}", ("Kind", "Days", "Decided"), asyncio.run(work(url)))


@retention.command("decide")
def decide(
    kind: Annotated[RetentionKind, typer.Argument(help="What is kept.")],
    days: Annotated[int, typer.Argument(min=0, max=36500, help="For how many full days.")],
    source: Annotated[str, typer.Option(help="Where that was decided, for instance a decision's date and number.")],
    data: DataOption = DEFAULT_DATA,
    municipality: Controller = None,
    first: Annotated[date | None, typer.Option("--from", parser=day, metavar="DATE", help="Today if left out.")] = None,
) -> None:
    """Write down a controller's decision; earlier ones stay, for the nights in which they held."""

    async def work(url: str) -> None:
        now = datetime.now(UTC)
        async with connected(url):
            await _check(municipality)
            await add_rule(
                kind,
                days,
                municipality=municipality,
                valid_from=first or local_date(now),
                source=source,
                actor=operator(),
                now=now,
            )

    with database(data) as url:
        try:
            asyncio.run(work(url))
        except RuleStands:
            fail("There is a rule from that day already. Choose a later day with --from.")
        except KindOfAnother:
            fail(f"For {kind.value} the portal is the controller, not a municipality. Leave --municipality out.")


async def _check(municipality: str | None) -> None:
    if municipality is not None and not await Municipality.exists(code=municipality):
        fail(f"There is no municipality with the code {municipality}.")


def _show(report: Report) -> None:
    """What the run did, or would do."""
    columns = ("Controller", "Kind", "Days", "Older than", "Due", "Erased", "Decided")
    rows = [
        (
            line.municipality or "portal",
            line.kind.value,
            line.days,
            local_date(line.before),
            line.due,
            "–" if report.dry_run else line.done,
            _source(line.source, line.demo),
        )
        for line in report.lines
    ]
    if rows:
        table(f"Retention run {report.run_id}{', which only counted' * report.dry_run}", columns, rows)
    else:
        console.print(f"Retention run {report.run_id}: nothing is due.")


def _source(source: str, demo: bool) -> str:
    return f"[yellow]DEMO[/] {source}" if demo else source
