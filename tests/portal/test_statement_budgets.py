"""How much each step asks of the database: a number that stands here, and the same for a few rows and for 300."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest_asyncio
from starlette.applications import Starlette

from providers.database import execute
from providers.offers import rebuild_offers
from tests.support.apps import Clock, client_of, running_app
from tests.support.counting import statements
from tests.support.databases import Databases
from tests.support.pages import Visitor
from tests.support.stories import BORN, Story, a_story
from tests.support.worlds import NOW, PACKAGE, a_site

ANYBODY = {"package": PACKAGE, "level": "basic", "postal_code": "1050"}
OWN = {"Sec-Fetch-Site": "same-origin"}
SLOTS = [NOW + timedelta(days=2, hours=hours) for hours in range(3)]

# Three hundred more sites of the same provider, and as many more times at the one that is looked at.
MANY = [
    "INSERT INTO site (id, provider_id, name, street, postal_code_id, longitude, latitude, languages,"
    " capacity_confirmed_at) SELECT 1000 + n, provider_id, 'S' || n, street, postal_code_id, longitude, latitude,"
    " languages, capacity_confirmed_at FROM site, generate_series(1, 300) n",
    "INSERT INTO practitioner (site_id, name, profession, role, authorisation_id, checked_at)"
    " SELECT id, 'Terapeut', '5151', 'therapist', 'bcd12', capacity_confirmed_at FROM site WHERE id > 1000",
    "INSERT INTO approval (site_id, package_level_id, state, valid_from)"
    " SELECT s.id, a.package_level_id, 'approved', '2020-01-01' FROM site s, approval a WHERE s.id > 1000",
    "INSERT INTO slot (site_id, starts_at, minutes, mode, seats)"
    " SELECT s.id, t.starts_at, 30, 'group', 5 FROM site s, slot t WHERE s.id > 1000",
    "INSERT INTO slot (site_id, starts_at, minutes, mode, seats) SELECT site_id, starts_at + n * interval '1 hour', 30,"
    " 'group', 5 FROM (SELECT * FROM slot WHERE site_id < 1000 LIMIT 1) t, generate_series(24, 323) n",
]

# BEGIN and COMMIT are counted too; a page opens the visit, reads in one transaction, notes the look, closes the visit.
BUDGET = {
    "matches": 1,
    "matches by code": 4,
    "list": 15,
    "times": 15,
    "hold": 25,
    "confirm": 10,
    "second factor": 14,
    "review": 15,
    "receipt": 15,
}


@pytest_asyncio.fixture(scope="module")
async def portal(databases: Databases) -> AsyncIterator[Starlette]:
    async with databases.fresh() as url, running_app(url, Clock()) as app:
        yield app


async def counted(story: Story) -> dict[str, int]:
    """The statements of each step from the list to the receipt, BEGIN and COMMIT included."""
    visitor, counts = story.visitor, dict[str, int]()

    async def count(step: str, method: str, path: str, **options: Any) -> None:
        async with statements() as sent:
            answer = await visitor.client.request(method, path, **{"headers": OWN} | options)
        assert answer.status_code in {200, 303}, answer.text
        counts[step] = len(sent)

    factor = BORN | {"kontrolkode": story.codes.access_code}
    code = {"Authorization": f"Genvej {story.codes.code}"}
    await count("matches", "GET", "/api/v1/matches", params=ANYBODY)
    await count("matches by code", "GET", "/api/v1/matches", headers=code)
    await count("list", "GET", "/steder?sted=1050")
    await count("times", "GET", f"/steder/{story.site.pk}")
    await count("hold", "POST", "/hold", data={"slot": str(story.slots[0].id)})
    await count("confirm", "GET", "/bekraeft")
    await count("second factor", "POST", "/bekraeft", data=factor)
    await count("review", "GET", "/book")
    await visitor.client.post("/book", data={"samtykke": "ja"}, headers=OWN)
    await count("receipt", "GET", "/kvittering")
    return counts


async def test_each_step_has_its_number_whatever_there_is(portal: Starlette) -> None:
    site, found = await a_site(slots=SLOTS), []
    for round_ in range(3):
        if round_ == 2:
            for statement in MANY:
                await execute(statement)
            await rebuild_offers(NOW)
        async with client_of(portal) as client:
            story = await a_story(Visitor(portal, client), site)
            story.slots = story.slots[round_:]
            found.append(await counted(story))
    # The first round is not looked at: a new connection asks about its types.
    _, few, many = found
    assert few == many
    assert {step: number for step, number in few.items() if number > BUDGET[step]} == {}
