"""A municipality's figures over very many closed cases: read and drawn, beside counting them for it anew."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from matching.demo import add_past_cases
from matching.figures import Span, count_figures, figures_of
from matching.models import CaseFigure
from portal.bench.figures import Pair, Turn, ours_at_most
from portal.bench.ground import Country, Ground
from portal.country import SEED
from portal.language import language
from portal.presenting.figures import panels_of_year, panels_over_time
from providers.clock import local_date
from providers.database import APP_ROLE, WORKER_ROLE, connected, execute, looking
from providers.models import Municipality
from providers.reference import load_catalogue
from providers.scope import Scope

MANY, FEW = 1_000_000, 5_000
"""Closed cases, all over the country; few where a turn is too short for anything but a try."""

_SITES, _HOME, _WHOLE_TURN, _LOOKS = 100, "0101", 1.0, 5


async def figure_page(ground: Ground) -> AsyncGenerator[Pair, None]:
    """Everything of the page but the frame around it, in the role of the pages; against the job of the night."""
    country = await ground.country(_SITES, cases=0)
    cases = MANY if ground.effort.seconds >= _WHOLE_TURN else FEW
    await _fill(country, cases)

    async def page() -> Turn:
        taken = []
        async with connected(country.url, role=APP_ROLE, pool_size=1):
            catalogue = await load_catalogue()
            for span in (Span.MONTH, Span.WEEK) * _LOOKS:
                began = perf_counter()
                async with looking(Scope(municipality=_HOME)):
                    figures = await figures_of(_HOME, span)
                if figures is None:
                    raise RuntimeError("nothing has been counted")
                spoken = language("da")
                panels_over_time(figures, spoken)
                panels_of_year(figures, catalogue, spoken)
                taken.append((perf_counter() - began) * 1000)
        return Turn(median(taken), taken)

    async def job() -> Turn:
        async with connected(country.url, role=WORKER_ROLE, pool_size=1):
            began = perf_counter()
            await count_figures(clock=lambda: datetime.now(UTC))
            return Turn((perf_counter() - began) * 1000)

    name = f"figures over {cases:,} closed cases, by month and by week"
    yield Pair(name, "ms", page, job, "the nightly job that counts them", ours_at_most(1000))


async def _fill(country: Country, cases: int) -> None:
    async with connected(country.url, pool_size=1):
        if await CaseFigure.all().count() < cases:
            homes = [home.code for home in await Municipality.filter(is_municipality=True).order_by("code")]
            await add_past_cases(cases, homes, seed=SEED, today=local_date(datetime.now(UTC)))
            await execute("VACUUM ANALYZE case_figure")
        await count_figures(clock=lambda: datetime.now(UTC))
