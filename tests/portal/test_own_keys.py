"""An organisation's people make the keys of its own programs, and end them; each key opens what it was made for."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest_asyncio

from matching.models import AuditEntry
from providers.accounts import Post
from providers.actors import SYSTEM
from providers.api_keys import make_key
from providers.models import ApiKey, ApiScope
from providers.roles import Role
from tests.support.apps import Clock, client_of, running_app
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, NOW, VAULT, a_site

PATH = "/programmer"


@dataclass
class Office:
    """A municipality's manager and a clinic's owner, and a program without any visit."""

    manager: Visitor
    owner: Visitor
    program: httpx.AsyncClient
    site: int


@pytest_asyncio.fixture(scope="module")
async def office(databases: Databases) -> AsyncIterator[Office]:
    async with databases.fresh() as url, running_app(url, Clock()) as app, client_of(app) as program:
        site = await a_site("private", contract_with=HOME)
        people = []
        for post in (Post(Role.MANAGER, municipality=HOME), Post(Role.CLINIC_OWNER, provider=site.provider_id)):
            visitor = at_a_browser(app)
            await sign_in_as(visitor, await a_colleague(post))
            people.append(visitor)
        yield Office(*people, program, site.pk)


def key_on(page: Page) -> dict[str, str]:
    found = re.search(r"genvej_[\w-]{43}", page.words)
    assert found, page.words
    return {"Authorization": f"Bearer {found[0]}"}


async def ends(visitor: Visitor, page: Page, number: str) -> httpx.Response:
    """The answer to the button beside a key. There is one beside each, so the number says which."""
    som = next(field.get("value") for field in page.form(PATH).iter("input") if field.get("name") == "som")
    data, own = {"som": som, "noegle": number}, {"Sec-Fetch-Site": "same-origin"}
    return await visitor.client.post(f"{PATH}/spaer", data=data, headers=own, follow_redirects=False)


async def test_a_key_is_shown_once_opens_what_was_ticked_and_is_ended(office: Office) -> None:
    page = await office.manager.get(PATH)
    made = await office.manager.submit(page, PATH, navn="Fagsystemet", maa="reports")
    key = key_on(made)
    assert (await office.program.get("/api/v1/reports", headers=key)).status_code == 200
    assert (await office.program.post("/api/v1/plans", headers=key)).json()["code"] == "key_scope_missing"
    page = await office.manager.get(PATH)
    assert "Fagsystemet" in page.words
    assert "genvej_" not in page.words
    number = str((await ApiKey.get(name="Fagsystemet")).id)
    assert (await ends(office.manager, page, number)).status_code == 303
    assert "Nøglen er spærret." in (await office.manager.get(PATH)).words
    assert (await office.program.get("/api/v1/reports", headers=key)).status_code == 401
    assert await AuditEntry.filter(criterion=f"key:{number}").order_by("id").values_list("action", flat=True) == [
        *("key_made", "key_ended")
    ]


async def test_a_clinics_key_is_for_its_own_times_and_nobody_elses(office: Office) -> None:
    page = await office.owner.submit(await office.owner.get(PATH), PATH, navn="Kalenderen")
    key = key_on(page)
    assert (await office.program.get(f"/api/v1/sites/{office.site}/slots", headers=key)).status_code == 200
    assert (await office.program.get("/api/v1/reports", headers=key)).json()["code"] == "key_scope_missing"


async def test_what_is_missing_is_said_and_another_organisations_key_is_none(office: Office) -> None:
    page = await office.manager.get(PATH)
    unnamed = await office.manager.submit(page, PATH, navn=" \x00", maa="plans")
    assert unnamed.problems == [("Skriv, hvilket program nøglen er til.", "navn")]
    unticked = await office.manager.submit(page, PATH, navn="Et program", maa="slots")
    assert unticked.problems == [("Vælg, hvad programmet må.", "maa")]
    assert 'value="Et program"' in unticked.html
    theirs, _ = await make_key("Deres", {ApiScope.REPORTS}, municipality="0400", actor=SYSTEM, now=NOW, vault=VAULT)
    assert "Deres" not in (await office.manager.get(PATH)).words
    assert (await ends(office.manager, page, str(theirs.id))).status_code == 404
    await theirs.refresh_from_db()
    assert theirs.revoked_at is None
