"""A manager writes the municipality's standard, looks at it, publishes it, and finds every version again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from starlette.applications import Starlette

from matching.models import AuditEntry
from matching.standards import StandardChanged, StandardDraft, publish_standard
from providers.accounts import Post
from providers.errors import GenvejError
from providers.models import MunicipalityStandard
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.databases import Databases
from tests.support.pages import Visitor
from tests.support.staff import a_colleague, the_post
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, NOW, TODAY

PATH = "/kommune/standard"
MANAGER = Post(Role.MANAGER, municipality=HOME)


@dataclass
class Office:
    app: Starlette
    manager: Visitor


@pytest_asyncio.fixture(scope="module")
async def office(databases: Databases) -> AsyncIterator[Office]:
    async with databases.fresh() as url, running_app(url, Clock()) as app:
        manager = at_a_browser(app)
        await sign_in_as(manager, await a_colleague(MANAGER))
        yield Office(app, manager)


async def test_a_standard_is_looked_at_published_and_read_by_citizens(office: Office) -> None:
    await MunicipalityStandard.filter(municipality_id=HOME).delete()
    page = await office.manager.get(PATH)
    assert "Borgerne læser den fælles tekst." in page.words
    own = {"contact_days": "3", "purpose": "Vi vil have dig på benene.\nSammen med dig.", "phone": "00 00 00 00"}
    looked = await office.manager.submit(page, PATH, goer="vis", **own)
    assert "Sådan læser borgerne den" in looked.words
    assert not await MunicipalityStandard.exists(municipality_id=HOME)
    done = await office.manager.submit(looked, PATH, goer="gem", **own)
    assert "Standarden er offentliggjort." in done.words
    assert "Gælder nu" in done.words
    public = await at_a_browser(office.app).get(f"/standard/{HOME}")
    assert "Vi vil have dig på benene." in public.words
    assert "3 dage" in public.words
    assert await AuditEntry.exists(action="standard_published", purpose="standard")
    later = await office.manager.submit(done, PATH, goer="gem", valid_from="1.12.2026", purpose="")
    assert "Gælder senere" in later.words
    first = await MunicipalityStandard.get(municipality_id=HOME, valid_from=TODAY)
    assert "Sammen med dig." in (await office.manager.get(PATH, udgave=str(first.pk))).words


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("contact_days", "0"),
        ("contact_days", "fire"),
        ("start_days", "61"),
        ("valid_from", "i morgen"),
        ("valid_from", "1.1.2026"),
    ],
)
async def test_what_cannot_be_promised_is_said_beside_its_field(office: Office, field: str, typed: str) -> None:
    before = await MunicipalityStandard.filter(municipality_id=HOME).count()
    page = await office.manager.submit(await office.manager.get(PATH), PATH, goer="gem", **{field: typed})
    assert (page.status, [where for _, where in page.problems]) == (400, [field])
    assert page.field(field).get("value") == typed
    assert await MunicipalityStandard.filter(municipality_id=HOME).count() == before


async def test_the_second_of_two_managers_is_told_and_keeps_what_was_typed(office: Office) -> None:
    other = at_a_browser(office.app)
    await sign_in_as(other, await a_colleague(MANAGER))
    page, others = await office.manager.get(PATH), await other.get(PATH)
    await office.manager.submit(page, PATH, goer="gem", unit="Team A")
    late = await other.submit(others, PATH, goer="gem", unit="Team B")
    assert late.status == 409
    assert late.field("unit").get("value") == "Team B"
    await other.submit(late, PATH, goer="gem")
    newest = await MunicipalityStandard.filter(municipality_id=HOME).order_by("-id").first()
    assert newest
    assert newest.unit == "Team B"


async def test_two_versions_of_one_day_cannot_have_one_number(office: Office) -> None:
    actor, draft = (await the_post(await a_colleague(MANAGER))).actor, StandardDraft(TODAY, 4, 7)
    with pytest.raises(StandardChanged):
        await publish_standard(draft, actor=actor, now=NOW, newest=10_000)
    assert GenvejError.by_constraint["municipality_standard_once"] is StandardChanged
