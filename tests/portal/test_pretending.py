"""The demo's way to what only MitID opens; nowhere else is there one."""

from starlette.applications import Starlette

from matching.contents import open_contents
from matching.demo.contents import invented_contents
from matching.models import AuditEntry
from providers.clock import local_date
from tests.support.apps import Clock, client_of, running_app
from tests.support.pages import Page, Visitor
from tests.support.worlds import NOW, VAULT, a_citizen, a_code, a_plan


async def with_code(app: Starlette) -> tuple[Visitor, Page]:
    """Somebody with two plans, who has typed the code of the first and is asked who they are."""
    who = a_citizen()
    plan, _ = await a_plan(citizen=who), await a_plan(citizen=who)
    visitor = Visitor(app, client_of(app))
    await visitor.submit(await visitor.get("/"), "/kode", kode=(await a_code(plan)).code)
    return visitor, await visitor.get("/bekraeft")


async def test_in_a_demo_one_press_is_as_good_as_mitid(database_url: str, clock: Clock) -> None:
    async with running_app(database_url, clock, demo=True) as app:
        visitor, page = await with_code(app)
        page = await visitor.submit(page, "/bekraeft/demo")
        assert (page.path, page.links()["Skift til en anden plan"]) == ("/muligheder", "/mine-planer")
        assert (await visitor.get("/min-plan")).heading == "Din genoptræningsplan"
        assert len((await visitor.get("/mine-planer")).all("button", name="plan")) == 2
        assert await AuditEntry.filter(action="identified").count() == 2
        assert (await visitor.submit(await visitor.get("/min-plan"), "/farvel")).path == "/"
        assert (await visitor.get("/min-plan")).path == "/"


async def test_outside_a_demo_there_is_no_such_press(portal_app: Starlette) -> None:
    visitor, page = await with_code(portal_app)
    assert not page.all("form", action="/bekraeft/demo")
    assert (await visitor.post("/bekraeft/demo")).status == 404
    assert (await visitor.get("/min-plan")).path == "/"


def test_what_the_demos_hospitals_write_says_that_it_is_invented() -> None:
    for number in range(20):
        contents = invented_contents(b"seed", number, local_date(NOW))
        texts = (contents.function_before, contents.function_at_discharge, contents.need, contents.safety)
        assert all(text.startswith("Opdigtet tekst:") for text in texts if text)
        assert contents == invented_contents(b"seed", number, local_date(NOW))
    assert open_contents(VAULT.seal(b"{}"), VAULT).need is None
