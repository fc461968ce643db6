"""`genvej reports`: does each municipality know what its cases say?"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from matching.reports.reconciling import PATIENCE, Reconciled, reconcile, reconcile_one
from portal.commands.place import DEFAULT_DATA, DataOption, database, fail
from portal.commands.showing import console, table
from providers.database import WORKER_ROLE, connected
from providers.models import Municipality

reports = typer.Typer(help="What the municipalities were told of their cases.", no_args_is_help=True)

_HOURS = int(PATIENCE / timedelta(hours=1))


@reports.command("check")
def check(
    data: DataOption = DEFAULT_DATA,
    municipality: Annotated[str | None, typer.Option(metavar="CODE", help="Only this one.")] = None,
    hours: Annotated[int, typer.Option(min=0, help="How long a report may be under way.")] = _HOURS,
) -> None:
    """Compare cases with what was confirmed, as the worker does each night; ends with 1 when they differ."""

    async def work(url: str) -> list[Reconciled]:
        now, patience = datetime.now(UTC), timedelta(hours=hours)
        async with connected(url, role=WORKER_ROLE):
            if municipality is None:
                return await reconcile(now, patience=patience)
            if not await Municipality.exists(code=municipality):
                fail(f"There is no municipality with the code {municipality}.")
            one = await reconcile_one(municipality, now, patience=patience)
            return [one] if one.untold or one.unanswered else []

    with database(data) as url:
        found = asyncio.run(work(url))
    if not found:
        console.print("Every change is confirmed, or not old enough to be missed.")
        return
    rows = [(one.municipality, one.untold, one.unanswered) for one in found]
    table("Open differences", ("Municipality", "Never told", "Not confirmed"), rows)
    raise typer.Exit(1)
