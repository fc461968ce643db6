"""The big registry, written in one transaction: it is there whole, or not at all."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from providers.clock import local_date
from providers.database import execute, transaction
from providers.demo.chance import chance
from providers.demo.copying import copy_lines, take_range
from providers.demo.country import danish_towns, draw_country
from providers.demo.progress import Progress, unseen
from providers.demo.scale import capacity, lines
from providers.demo.scale.houses import BigHouse, big_houses
from providers.demo.unindexed import unindexed
from providers.offers import rebuild_offers
from providers.reference import Catalogue, load_catalogue

_TOLD_EVERY = 5_000
_Part = tuple[str, tuple[str, ...], int, Iterable[str]]


async def build_big_registry(*, seed: int, now: datetime, sites: int, progress: Progress = unseen) -> None:
    """Invent `sites` sites in a database that has the reference data and no providers, as the tables' owner.

    The same seed and the same Danish day give the same rows. The offers are those of `now`.
    """
    catalogue, towns = await load_catalogue(), await danish_towns()
    async with transaction(lock_timeout_ms=0):
        numbers = await take_range("site", sites)
        houses = list(big_houses(draw_country(catalogue, towns), numbers, chance(f"{seed}:houses")))
        parts = list(_parts(houses, catalogue, now, seed))
        async with unindexed([table for table, *_ in parts], "indexes of the registry", progress):
            for table, columns, count, drawn in parts:
                await copy_lines(table, columns, _told(drawn, table, count, progress))
        await execute("SELECT setval(pg_get_serial_sequence('provider', 'id'), $1)", numbers[-1])
        await execute("ANALYZE provider, agreement, site, practitioner, approval, slot")
        async with unindexed(["offer"], "indexes of the offers", progress):
            progress("offers", 0, 1)
            await rebuild_offers(now)
            progress("offers", 1, 1)
    await execute("VACUUM ANALYZE")


def _parts(houses: list[BigHouse], catalogue: Catalogue, now: datetime, seed: int) -> Iterator[_Part]:
    """Each table with its columns, about how many rows it gets, and their lines; a source of chance for each."""
    today, count = local_date(now), len(houses)
    agreements = lines.agreement_lines(houses, today, chance(f"{seed}:agreements"))
    sites = lines.site_lines(houses, today, chance(f"{seed}:sites"))
    staff = lines.practitioner_lines(houses, today, chance(f"{seed}:staff"))
    approvals = capacity.approval_lines(houses, catalogue, today, chance(f"{seed}:approvals"))
    slots = capacity.slot_lines(houses, today, chance(f"{seed}:slots"))
    yield "provider", lines.PROVIDER, count, lines.provider_lines(houses)
    yield "agreement", lines.AGREEMENT, count, agreements
    yield "site", lines.SITE, count, sites
    yield "practitioner", lines.PRACTITIONER, count * 2, staff
    yield "approval", capacity.APPROVAL, count * 2, approvals
    yield "slot", capacity.SLOT, count * capacity.SLOTS, slots


def _told(drawn: Iterable[str], step: str, total: int, progress: Progress) -> Iterator[str]:
    """The same lines; how many have been drawn is told now and then, and that all have in the end."""
    done = 0
    for line in drawn:
        if done % _TOLD_EVERY == 0:
            progress(step, min(done, total), total)
        done += 1
        yield line
    progress(step, done, done)
