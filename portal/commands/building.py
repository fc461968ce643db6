"""Make the demo's data where it is missing, and bring what is there up to today."""

from datetime import UTC, datetime

from matching.demo import add_channels, add_past_cases, add_weekly_starts, build_plans
from matching.figures import count_figures
from matching.models import FigureRun
from portal.commands.place import Secrets, fail
from portal.commands.showing import progress_bars, step
from portal.country import SEED
from portal.settings import Settings
from providers import database
from providers.clock import local_date
from providers.database import connected, execute, fetch, transaction
from providers.demo import build_registry, roll_slots_forward
from providers.demo.logins import add_logins
from providers.models import Milestone, Municipality, Provider
from providers.offers import lock_offers, refresh_next_free, sites_with_passed_offers
from providers.reference import load_reference

_PAST_CASES = 25_000
_KEPT = ("spatial_ref_sys", "tortoise_migrations")


async def build_demo(url: str, secrets: Secrets, settings: Settings, *, report_to: str, fresh: bool) -> None:
    """An up-to-date demo in the database at `url`, whose reports go to the receiver at `report_to`.

    A demo half made is thrown away. A database that holds anything else is never touched: the command ends.
    """
    with step("Tables"):
        await database.migrate(url)
    # Milestones are signed with the data folder's key, for a demo's codes work with that folder's secrets only.
    built = [f"demo_built_{digest[:16]}" for digest in settings.vault().digests("demo", "built")]
    async with connected(url):
        now = datetime.now(UTC)
        if fresh or not await Milestone.exists(name__in=built):
            await start_over(fresh)
            await _build(secrets, settings, now)
            await Milestone.create(name=built[0], reached_at=now)
        with step("Times of the days to come"):
            await _bring_up_to(now)
        if not await FigureRun.exists(as_of=local_date(now), finished_at__isnull=False):
            with step("Figures"):
                await count_figures(clock=lambda: datetime.now(UTC))
        await add_logins(now)
        await add_channels(f"{report_to}/reports", secrets.receiver_secret, settings.vault())


async def start_over(fresh: bool) -> None:
    """Leave an empty database that is marked as a demo's; one that must not be emptied ends the command."""
    ours = await Milestone.exists(name="demo_begun")
    if not ours and await Provider.exists():
        fail("The database holds data that no demo has made. Give the demo an empty one.")
    if ours and not fresh and await Milestone.filter(name__startswith="demo_built").exists():
        fail("The database holds another demo. Give another folder with --data, or throw that demo away with --fresh.")
    tables = await fetch(
        "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL ($1)",
        list(_KEPT),
    )
    await execute(f"TRUNCATE {', '.join(table['name'] for table in tables)} RESTART IDENTITY CASCADE")
    await Milestone.create(name="demo_begun", reached_at=datetime.now(UTC))


async def _build(secrets: Secrets, settings: Settings, now: datetime) -> None:
    with step("Places, authorities and packages"):
        await load_reference()
    with progress_bars() as progress:
        await build_registry(seed=SEED, now=now, progress=progress)
        await build_plans(seed=bytes.fromhex(secrets.seed), vault=settings.vault(), now=now, progress=progress)
    await add_weekly_starts(now)
    homes = [place.code for place in await Municipality.filter(is_municipality=True).order_by("code")]
    await add_past_cases(_PAST_CASES, homes, seed=SEED, today=local_date(now))
    await execute("ANALYZE")


async def _bring_up_to(now: datetime) -> None:
    """The demo's calendars reach eight weeks ahead of today, and no offer rests on a time gone by."""
    await load_reference()
    await roll_slots_forward(now)
    while sites := await sites_with_passed_offers(now):
        async with transaction():
            await lock_offers(sites)
            await refresh_next_free(sites, now)
