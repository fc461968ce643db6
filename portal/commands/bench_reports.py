"""`genvej bench reports`: does every change reach its municipality, whatever breaks meanwhile?"""

import asyncio
import json
import sys
from logging import WARNING
from pathlib import Path

import typer
from rich.console import Console
from uvicorn.loops.auto import auto_loop_factory

from portal.bench.databases import databases
from portal.bench.measuring import percentile
from portal.bench.storm.outcome import Outcome
from portal.bench.storm.running import Size, storm
from portal.commands.logs import log_to_stderr
from portal.commands.place import fail
from portal.commands.showing import console, progress_bars, table
from portal.embedded import EmbeddedError

_COLUMNS = ("Municipalities that are …", "Changes", "Acknowledged", "Lost", "Tried again")


def bench_reports(size: Size, keep: Path | None, *, as_json: bool) -> None:
    """Run it and say what it found; ends with 1 unless every change was acknowledged, in its order."""
    log_to_stderr(WARNING)
    try:
        with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
            outcome = runner.run(_run(size, keep))
    except EmbeddedError as error:
        fail(str(error))
    if as_json:
        typer.echo(json.dumps(outcome.as_json()))
    else:
        _show(outcome)
    raise typer.Exit(0 if outcome.good else 1)


async def _run(size: Size, keep: Path | None) -> Outcome:
    aside = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 140)
    async with databases(keep) as places:
        with progress_bars(aside) as progress:
            return await storm(places, size, progress)


def _show(outcome: Outcome) -> None:
    rows = [
        (
            conduct.value,
            len(changes),
            sum(one.delivered for one in changes),
            sum(one.taken is None for one in changes),
            sum(one.attempts > 1 for one in changes),
        )
        for conduct, changes in outcome.by_conduct()
    ]
    table("What arrived", _COLUMNS, rows)
    for name, value in outcome.as_json().items():
        console.print(f"{name} {value}")
    console.print(f"The worker was killed {outcome.kills} times, the database restarted {outcome.restarts} times.")
    console.print(f"With those outages: p50 {_ms(outcome, 50)}, p99 {_ms(outcome, 99)}, longest {_ms(outcome, 100)}.")
    speed = outcome.speed
    console.print(
        f"When all is well: {speed.ours:.0f} reports/s, {speed.ratio or 0:.2f} × {speed.against}"
        f" ({speed.reference or 0:.0f}/s)."
    )


def _ms(outcome: Outcome, per_cent: int) -> str:
    delays = outcome.all_delays
    value = max(delays, default=0.0) if per_cent == 100 else percentile(delays, per_cent)
    return f"{value or 0:.0f} ms"
