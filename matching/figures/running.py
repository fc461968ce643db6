"""A run of the job: every municipality is counted, then the country, then what anybody may see is made of it.

Nobody reads a run before it is finished, so figures are never half new; whoever reads the one before meanwhile can
finish, for that one is kept as well.
"""

from collections.abc import Callable
from datetime import date, datetime

from matching.figures.counting import count_country, count_municipality
from matching.figures.periods import stretches
from matching.figures.publishing import publish
from matching.figures.standing import what_stands
from matching.models import FigureRun
from providers.clock import local_date
from providers.database import execute, transaction
from providers.models import Municipality
from providers.scope import Scope

Progress = Callable[[str, int, int], None]
"""Called with what is counted, how many municipalities have been, and how many there are."""

# Runs that never finished go as well, unless they may still be under way.
_FORGET = (
    "DELETE FROM figure_count WHERE run_id = ANY (SELECT id FROM figure_run WHERE {old})",
    "DELETE FROM figure_run WHERE {old}",
)
_OLD = """
(finished_at IS NULL AND started_at < $1::timestamptz - interval '1 day') OR finished_at < (
    SELECT min(finished_at) FROM (
        SELECT finished_at FROM figure_run WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 2
    ) newest
)
"""


def unseen(step: str, done: int, total: int) -> None:
    """For those who do not watch."""


async def count_figures(*, clock: Callable[[], datetime], progress: Progress = unseen) -> int:
    """Count everything as it stands today; the answer is the run's number. Needs the worker's role.

    May be broken off at any moment: then everybody goes on reading the run before.
    """
    began = clock()
    as_of = local_date(began)
    run = await FigureRun.create(as_of=as_of, started_at=began)
    codes = [row["code"] for row in await Municipality.all().order_by("code").values("code")]
    for done, code in enumerate(codes):
        progress("municipalities", done, len(codes))
        async with transaction(Scope(municipality=code)):
            await count_municipality(run.id, code, stretches(as_of), as_of)
    progress("municipalities", len(codes), len(codes))
    await _finish(run.id, as_of, clock())
    return run.id


async def _finish(run: int, as_of: date, now: datetime) -> None:
    """What is published becomes readable in the moment in which the figures do; the older runs go."""
    async with transaction():
        await count_country(run)
        published = await what_stands(as_of) or await publish(run, as_of, now)
        await FigureRun.filter(id=run).update(finished_at=now, published=published)
    async with transaction():
        for statement in _FORGET:
            await execute(statement.format(old=_OLD), now)
