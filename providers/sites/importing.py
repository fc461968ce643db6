"""A provider's sites from a list, all of it or nothing: what the file says, and what it does not say as it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from providers.actors import Actor
from providers.database import execute, transaction
from providers.errors import GenvejError
from providers.models import Site
from providers.offers import lock_offers, rebuild_offers
from providers.reference.spelling import spelled_out
from providers.sheets.errors import LineTwice, PlaceAmbiguous
from providers.sheets.outcome import Outcome, in_order
from providers.sheets.places import Place, Places, places_of
from providers.sheets.reading import Bad, Line, Sheet
from providers.sites.errors import FactsUnreadable
from providers.sites.facts import read_facts
from providers.sites.lines import columns_of, typed_of_line

_LOCK = (
    "SELECT FROM provider WHERE CASE WHEN $1::int IS NULL THEN cvr = ANY ($2) ELSE id = $1 END ORDER BY id FOR UPDATE"
)

Columns = Mapping[str, Any]


@dataclass(slots=True)
class _Found:
    """`made` by the provider of each, `changed` by the site."""

    made: list[tuple[int, Columns]] = field(default_factory=list)
    changed: dict[int, Columns] = field(default_factory=dict)
    same: int = 0
    bad: list[Bad] = field(default_factory=list)
    lines: dict[object, int] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        return Outcome(len(self.made), len(self.changed), self.same, in_order(self.bad))


async def import_sites(
    sheet: Sheet, *, provider: int | None, actor: Actor, now: datetime, only_looking: bool
) -> Outcome:
    """New sites and changed facts. Without a `provider`, each line says whose it is by its CVR.

    A site is known by its number, or else by its name and postal code, so the same file again changes nothing.
    """
    found = _Found(bad=list(sheet.broken))
    async with transaction(actor.scope):
        # Two files at once would both find a site missing.
        await execute(_LOCK, provider, sorted({"".join(line["cvr"].split()) for line in sheet.lines}))
        places = await places_of(sheet, provider)
        sites = {site.pk: site for site in await Site.filter(id__in=[one.id for one in places.numbered.values()])}
        for line in sheet.lines:
            try:
                await _take(line, sheet, places, sites, found)
            except GenvejError as error:
                found.bad += [Bad(line.number, reason) for reason in _reasons(error)]
        if not only_looking and not found.bad:
            await _write(found, now)
    return found.outcome


async def _take(line: Line, sheet: Sheet, places: Places, sites: Mapping[int, Site], found: _Found) -> None:
    place = _place_of(line, places)
    provider = place.provider if place else places.provider_in(line)
    _once(line, place.id if place else (provider, *_name_of(line)), found)
    site = sites[place.id] if place else None
    columns = columns_of(await read_facts(typed_of_line(line, sheet.columns, site)), line, site)
    if site is None:
        found.made.append((provider, columns))
    elif columns:
        found.changed[site.pk] = columns
    else:
        found.same += 1


def _place_of(line: Line, places: Places) -> Place | None:
    """The site that the line is about; None for one that is new. Raises PlaceAmbiguous and what `Places` does."""
    if place := places.numbered_in(line):
        return place
    name, postal_code = _name_of(line)
    named = places.named.get((places.provider_in(line), name), ()) if name else ()
    found = [one for one in named if one.postal_code == postal_code]
    if len(found) > 1:
        raise PlaceAmbiguous
    return found[0] if found else None


def _once(line: Line, key: object, found: _Found) -> None:
    if (other := found.lines.setdefault(key, line.number)) != line.number:
        raise LineTwice(other=other)


def _name_of(line: Line) -> tuple[str, str]:
    return spelled_out(line["site_name"]), "".join(line["postal_code"].split())


def _reasons(error: GenvejError) -> Iterator[GenvejError]:
    """Of a line with several wrong fields, each."""
    if isinstance(error, FactsUnreadable):
        yield from error.by_field.values()
    else:
        yield error


async def _write(found: _Found, now: datetime) -> None:
    await Site.bulk_create(
        Site(provider_id=provider, capacity_confirmed_at=now, **columns) for provider, columns in found.made
    )
    await lock_offers(found.changed)
    for site, columns in sorted(found.changed.items()):
        await Site.filter(id=site).update(**columns)
    if found.changed:
        await rebuild_offers(now, found.changed)
