"""`genvej figures`: count the figures now, as the worker does each night."""

import asyncio
from datetime import UTC, datetime
from time import monotonic

from matching.figures import count_figures
from portal.commands.place import DEFAULT_DATA, DataOption, database
from portal.commands.showing import console, progress_bars
from providers.database import WORKER_ROLE, connected, fetch_value

_PLANS = """
SELECT coalesce(sum(cases), 0) FROM figure_count
WHERE run_id = $1 AND municipality_id IS NULL AND span = 'year' AND measure = 'plans'
"""


def figures(data: DataOption = DEFAULT_DATA) -> None:
    """Count every municipality's figures and the country's; until that is done, everybody reads those of before."""

    async def work(url: str) -> tuple[int, int]:
        async with connected(url, role=WORKER_ROLE):
            with progress_bars() as progress:
                run = await count_figures(clock=lambda: datetime.now(UTC), progress=progress)
            return run, await fetch_value(_PLANS, run)

    began = monotonic()
    with database(data) as url:
        run, plans = asyncio.run(work(url))
    console.print(f"Figures {run}: {plans:,} plans of the newest year, counted in {monotonic() - began:.1f} s.")
