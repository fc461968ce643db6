"""`genvej bench`: how quick the portal is, beside something that is known to be."""

import asyncio
import json
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from uvicorn.loops.auto import auto_loop_factory

from portal.bench.databases import databases
from portal.bench.figures import Figure
from portal.bench.ground import Ground
from portal.bench.measuring import Effort
from portal.bench.readme import record
from portal.bench.running import FAMILIES, Results, run
from portal.bench.storm.running import LONG, SHORT
from portal.commands.bench_reports import bench_reports
from portal.commands.demo_data import MOST_SITES
from portal.commands.figures import line, shown
from portal.commands.place import fail
from portal.commands.showing import progress_bars
from portal.embedded import EmbeddedError

EVERYTHING, REPORTS = "all", "reports"
_NAMES = [*FAMILIES, REPORTS]

# The answer goes to the standard output, everything said on the way to the other one.
_aside = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 140)


def _family(text: str) -> str:
    if text not in {*_NAMES, EVERYTHING}:
        raise typer.BadParameter(f"choose one of {', '.join([*_NAMES, EVERYTHING])}")
    return text


def bench(
    what: Annotated[str, typer.Argument(parser=_family, metavar="WHAT", help=f"{', '.join(_NAMES)} or all.")],
    sites: Annotated[int, typer.Option(min=100, max=MOST_SITES, help="How large the country is.")] = MOST_SITES,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, and nothing else.")] = False,
    rounds: Annotated[int, typer.Option(min=1, max=100, help="Turns of each side.")] = 7,
    seconds: Annotated[float, typer.Option(min=0.05, max=60, help="How long a turn takes.")] = 1.5,
    keep: Annotated[
        Path | None, typer.Option(help="Leave the databases in this folder, and use those that are there.")
    ] = None,
    into_readme: Annotated[bool, typer.Option("--record", help="Write the figures into the clone's README.")] = False,
    changes: Annotated[int, typer.Option(min=200, max=1_000_000, help="Of reports: how many.")] = LONG.changes,
    short: Annotated[bool, typer.Option("--short", help="Of reports: a thousand, in less than a minute.")] = False,
) -> None:
    """Measure us and a reference in turn, on a database and servers of our own; end with 1 when a budget is missed.

    `reports` is the long test of reporting and no part of `all`; it ends with 1 when a change was lost or came late.
    """
    if what == REPORTS:
        bench_reports(SHORT if short else replace(LONG, changes=changes), keep, as_json=as_json)
        return
    names = list(FAMILIES) if what == EVERYTHING else [what]
    try:
        # Ours runs on the event loop that `genvej serve` has.
        with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
            results = runner.run(_run(names, sites, Effort(rounds, seconds), keep))
    except EmbeddedError as error:
        fail(str(error))
    except asyncio.CancelledError:
        raise typer.Exit(128 + signal.SIGTERM) from None
    if into_readme:
        record(results, f"genvej bench {what}" + ("" if sites == MOST_SITES else f" --sites {sites}"))
    if as_json:
        typer.echo(json.dumps(results.as_json(), ensure_ascii=False, indent=1))
    else:
        shown(results)
    raise typer.Exit(1 if any(figure.holds is False for figure in results.figures) else 0)


async def _run(names: list[str], sites: int, effort: Effort, kept: Path | None) -> Results:
    def told(figure: Figure) -> None:
        _aside.print(line(figure), soft_wrap=True)

    # Whoever ends it leaves no server running, as Ctrl-C does not either.
    if task := asyncio.current_task():
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    async with databases(kept) as places:
        with progress_bars(_aside) as progress:
            return await run(names, Ground(places, sites, effort, progress), told)
