"""Citizens and seats for the booking: one seat each, at many sites, and all their numbers in a row."""

from dataclasses import dataclass
from datetime import datetime

from matching.demo.scale import add_open_cases
from portal.bench.ground import Country
from providers.database import connected, execute, fetch_value, transaction
from providers.demo.copying import take_range
from providers.offers import rebuild_offers
from providers.packages import package_level_id

HOME, PACKAGE, LEVEL = "0101", "01-kirurgisk", "basic"
_FIRST_CASE = 5_000_000
_SITE_HAS = 4

# Neighbours in a queue want seats at different sites, so that they do not wait for the same offers.
_MAKE = (
    "INSERT INTO provider (id, name, kind, cvr) SELECT $1::int + n, 'Prøveklinik ' || n || ' (demo)', 'private',"
    " (99000000 + $1::int + n)::text FROM generate_series(0, $2::int - 1) n",
    "INSERT INTO agreement (provider_id, basis, valid_from) SELECT $1::int + n, 'extended', '2019-02-01'"
    " FROM generate_series(0, $2::int - 1) n",
    "INSERT INTO site (id, provider_id, name, street, postal_code_id, longitude, latitude, languages,"
    " capacity_confirmed_at) SELECT $1::int + n, $1::int + n, 'Prøveklinik ' || n || ' (demo)', 'Opdigtet Allé ' || n,"
    " '1050', 12.57, 55.68, '{da}', now() FROM generate_series(0, $2::int - 1) n",
    "INSERT INTO practitioner (site_id, name, profession, role, authorisation_id, checked_at)"
    " SELECT $1::int + n, 'Demo Terapeut', '5151', 'therapist', 'z0000', now() FROM generate_series(0, $2::int - 1) n",
)
_APPROVE = "INSERT INTO approval (site_id, package_level_id, state, valid_from) SELECT n, $2, 'approved', '2019-02-01'"
_APPROVE += " FROM unnest($1::int[]) n"
_OPEN = "INSERT INTO slot (id, site_id, starts_at, minutes, mode, seats) SELECT $1::bigint + n, $2::int + n % $3::int,"
_OPEN += " $4::timestamptz + interval '3 days' + n / $3::int * interval '1 hour', 45, 'individual', 1"
_OPEN += " FROM generate_series(0, $5::int - 1) n"


@dataclass(frozen=True, slots=True)
class Seats:
    """The n-th citizen's case, plan and slot are the n-th of each range; the slot's site is `sites[n % len(sites)]`."""

    cases: range
    plans: range
    slots: range
    sites: range


async def make_seats(country: Country, count: int, now: datetime) -> Seats:
    """So many citizens and seats more in the country; asked again, other ones."""
    async with connected(country.url, pool_size=2):
        async with transaction():
            sites = await take_range("site", max(1, count // _SITE_HAS))
            slots = await take_range("slot", count)
            for statement in _MAKE:
                await execute(statement, sites[0], len(sites))
            await execute(_APPROVE, list(sites), package_level_id(PACKAGE, LEVEL))
            await execute(_OPEN, slots[0], sites[0], len(sites), now, count)
            await rebuild_offers(now, list(sites))
        cases = await _new_cases(count)
        plans = await add_open_cases(
            *(cases, HOME, package_level_id(PACKAGE, LEVEL)),
            seed=country.seed,
            vault=country.settings.vault(),
            now=now,
        )
        await execute("ANALYZE plan, slot, offer")
    return Seats(cases, plans, slots, sites)


async def _new_cases(count: int) -> range:
    """Numbers that no case of the country has."""
    taken = await fetch_value("SELECT max(substr(message_id, 6)::int) FROM plan WHERE message_id LIKE 'demo-%'")
    first = max(_FIRST_CASE, (taken or 0) + 1)
    return range(first, first + count)
