"""A registry with something of each kind, behind a real server; what is not to be shown is in it as well."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import uvicorn
from fhirpy import AsyncFHIRClient

from matching.finding.search import Terms
from matching.finding.seats import seats_of_site
from matching.plan_facts import Basis
from providers.models import Site, Slot
from providers.offers import rebuild_offers
from tests.support.apps import Clock, as_itself, running_app
from tests.support.receivers import bound_socket
from tests.support.worlds import (
    AMAGER,
    BORNHOLM,
    HOME,
    NOW,
    OCCUPATIONAL_THERAPIST,
    POLICY,
    TODAY,
    a_hold,
    a_plan,
    a_provider,
    a_site,
    a_slot,
    an_agreement,
    an_approval,
    an_offered_booking,
)

DAY = timedelta(days=1)
KNEE_ADVANCED = 5


@dataclass
class Registry:
    """`own` delivers two things, `clinic` and `contracted` one; `hidden` have times that nobody may be given."""

    http: httpx.AsyncClient
    client: AsyncFHIRClient
    own: Site
    clinic: Site
    contracted: Site
    hidden: list[Site]
    free: set[str]

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.http.get(f"/fhir/{path}", headers=headers)

    async def ids(self, path: str) -> list[str]:
        """What a search finds, in order."""
        found = (await self.get(path)).json()
        return [entry["resource"]["id"] for entry in found.get("entry", ()) if entry["search"]["mode"] == "match"]


@asynccontextmanager
async def a_registry(url: str) -> AsyncIterator[Registry]:
    listener = bound_socket()
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with running_app(url, Clock(), requests_per_minute=1000, public_url=base, demo=True) as app:
        places = await _places()
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(as_itself(app), lifespan="off", log_config=None))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        async with httpx.AsyncClient(base_url=base) as http:
            yield Registry(http, AsyncFHIRClient(f"{base}/fhir"), **places)
        server.should_exit = True
        await serving


async def _places() -> dict[str, Any]:
    own = await a_site(slots=[NOW + 2 * DAY], package_levels=(4, KNEE_ADVANCED), step_free=True, web="genvej.example")
    clinic = await a_site("private", at=AMAGER, slots=[NOW + 3 * DAY, NOW + 9 * DAY], languages=["da", "ar"])
    contracted = await a_site("private", contract_with=HOME, at=BORNHOLM, slots=[NOW + 4 * DAY], phone="00 00 00 00")
    group = await a_slot(own, NOW + 5 * DAY, mode="group", seats=6, package_levels=[KNEE_ADVANCED])
    free = {str(slot.id) for slot in await Slot.all()}
    assert str(group.id) in free
    await _times_of_nobody(own)
    return {"own": own, "clinic": clinic, "contracted": contracted, "hidden": await _hidden(), "free": free}


async def _times_of_nobody(site: Site) -> None:
    """Taken, held, blocked, too soon, closed, for what the site may not deliver, and sooner than it wants."""
    await an_offered_booking(await a_plan(), await a_slot(site, NOW + 6 * DAY))
    await a_hold(await a_plan(), await a_slot(site, NOW + 7 * DAY))
    await a_slot(site, NOW + 8 * DAY, blocked_seats=1)
    await a_slot(site, NOW + timedelta(hours=11))
    await a_slot(site, NOW + 8 * DAY, seats=0, closed_seats=1)
    await a_slot(site, NOW + 8 * DAY, package_levels=[8])
    await a_slot(site, NOW + 2 * DAY, notice_hours=72)


async def _hidden() -> list[Site]:
    """Suspended, not approved any more, without a therapist of the profession, out of date, its agreement over."""
    soon, last = [NOW + 2 * DAY], TODAY - DAY
    suspended, ended = await a_site(package_levels=(), slots=soon), await a_site(package_levels=(), slots=soon)
    await an_approval(suspended, state="suspended")
    await an_approval(ended, valid_to=last)
    unstaffed = await a_site(slots=soon, profession=OCCUPATIONAL_THERAPIST)
    stale = await a_site(slots=soon, confirmed_at=NOW - POLICY.stale_after - DAY)
    provider = await a_provider("private")
    await an_agreement(provider, "extended", valid_to=last)
    left = await a_site(provider=provider, slots=soon)
    await rebuild_offers(NOW)
    return [suspended, ended, unstaffed, stale, left]


async def given_by_the_finder(site: Site) -> set[str]:
    """The site's times that the finder gives to anybody: for three packages at a level, from two municipalities."""
    earliest, found = NOW + POLICY.notice, set[str]()
    for package_level in (4, KNEE_ADVANCED, 8):
        for home in (HOME, "0400"):
            terms = Terms(
                *(package_level, home, frozenset(Basis), NOW, earliest, earliest, NOW - POLICY.stale_after),
            )
            found |= {str(seat.slot_id) for seat in await seats_of_site(site.pk, terms)}
    return found
