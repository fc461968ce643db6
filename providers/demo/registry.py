"""The invented registry, written in one transaction: it is there whole, or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from providers.clock import local_date
from providers.database import execute, transaction
from providers.demo.approvals import approval_rows
from providers.demo.chance import chance
from providers.demo.copying import copy_rows, take_ids
from providers.demo.country import danish_towns, draw_country
from providers.demo.houses import House, houses
from providers.demo.identities import PHONE, slug, unique
from providers.demo.organisations import agreement_rows, provider_rows, site_rows
from providers.demo.progress import Progress, unseen
from providers.demo.rolling import AHEAD, DemoSite, copy_slots
from providers.demo.rows import AgreementRow, ApprovalRow, PractitionerRow, ProviderRow, SiteRow
from providers.demo.staff import practitioner_rows
from providers.demo.supervision import add_supervision
from providers.demo.timetable import Timetable
from providers.identifiers import demo_cvr, demo_gln, demo_sor
from providers.offers import rebuild_offers
from providers.reference import Catalogue, load_catalogue

PAST = timedelta(weeks=4)
"""How far back there are slots, for courses that have begun."""

_CONTACTS = """
WITH regions AS (UPDATE region SET phone = $1)
UPDATE municipality SET phone = $1, email = contact.email, sor = contact.sor, cvr = contact.cvr, gln = contact.gln
FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS contact(code, email, sor, cvr, gln)
WHERE municipality.code = contact.code
"""


@dataclass(frozen=True, slots=True)
class _World:
    """What all parts of the registry are drawn from."""

    catalogue: Catalogue
    houses: Sequence[House]
    provider_ids: Sequence[int]
    site_ids: Sequence[int]
    today: date
    seed: int
    progress: Progress

    def random(self, part: str) -> Random:
        """A source of its own for each part, so that a change of one part leaves the others as they were."""
        return chance(f"{self.seed}:{part}")


async def build_registry(*, seed: int, now: datetime, sites: int = 1000, progress: Progress = unseen) -> None:
    """Invent the providers: a training centre in each municipality, contract suppliers, and `sites` private clinics.

    The same seed and the same Danish day give the same rows in a database that has the reference data and no
    providers yet. Slots run from four weeks back to eight weeks ahead; the offers are those of `now`.
    """
    progress("places", 0, 1)
    catalogue, towns = await load_catalogue(), await danish_towns()
    drawn = list(houses(draw_country(catalogue, towns), sites, chance(f"{seed}:houses")))
    progress("places", 1, 1)
    async with transaction():
        provider_ids, site_ids = await take_ids("provider", len(drawn)), await take_ids("site", len(drawn))
        world = _World(catalogue, drawn, provider_ids, site_ids, local_date(now), seed, progress)
        await _write_contacts(world)
        await _write_houses(world)
        progress("offers", 0, 1)
        await add_supervision(now)
        await execute("ANALYZE provider, agreement, site, practitioner, approval, slot")
        await rebuild_offers(now)
    progress("offers", 1, 1)


async def _write_contacts(world: _World) -> None:
    """How to reach each municipality and each region, in the demo only."""
    random = world.random("contacts")
    municipalities = [entry for entry in world.catalogue.municipalities.values() if entry.is_municipality]
    emails = [f"genoptraening@{slug(entry.name)}.example" for entry in municipalities]
    sors = [demo_sor(random) for _ in municipalities]
    new_cvr = unique(demo_cvr, world.random("municipalities"))
    cvrs = [new_cvr() for _ in municipalities]
    glns = [demo_gln(cvr) for cvr in cvrs]
    await execute(_CONTACTS, PHONE, [entry.code for entry in municipalities], emails, sors, cvrs, glns)


async def _write_houses(world: _World) -> None:
    drawn, today = world.houses, world.today
    providers = list(provider_rows(drawn, world.provider_ids, world.random("providers")))
    parts: dict[str, tuple[tuple[str, ...], Iterable[tuple[object, ...]]]] = {
        "provider": (ProviderRow._fields, providers),
        "agreement": (
            AgreementRow._fields,
            agreement_rows(drawn, world.provider_ids, today, world.random("agreements")),
        ),
        "site": (
            SiteRow._fields,
            site_rows(drawn, world.site_ids, world.provider_ids, today, world.random("sites")),
        ),
        "practitioner": (
            PractitionerRow._fields,
            practitioner_rows(drawn, world.site_ids, today, world.random("staff")),
        ),
        "approval": (
            ApprovalRow._fields,
            approval_rows(drawn, world.site_ids, world.catalogue, today, world.random("approvals")),
        ),
    }
    for done, (table, (columns, rows)) in enumerate(parts.items()):
        world.progress("sites", done, len(parts))
        await copy_rows(table, columns, rows)
    world.progress("sites", len(parts), len(parts))
    timetables = [
        Timetable.of(site_id, provider.cvr, provider.kind)
        for site_id, provider in zip(world.site_ids, providers, strict=True)
    ]
    first = today - PAST
    await copy_slots([DemoSite(timetable, first) for timetable in timetables], today + AHEAD, world.progress)
