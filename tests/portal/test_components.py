"""Every component in every state is a page that is as valid as any other, and none of them is there in production."""

from starlette.applications import Starlette

from portal.components import SAMPLES
from tests.support.apps import Clock, client_of, running_app
from tests.support.pages import Visitor

PEOPLE = {"mode": "production", "public_url": "https://genvej.example", "help_phone": "70 00 00 00"}


async def test_every_sample_is_a_page_like_any_other_in_both_languages(portal_app: Starlette) -> None:
    async with client_of(portal_app) as client:
        visitor = Visitor(portal_app, client)
        page = await visitor.get("/_components")
        assert page.links() == {name: f"/_components/{name}" for name in SAMPLES}
        for language in ("da", "en"):
            await visitor.get(f"/sprog/{language}")
            for name in SAMPLES:
                assert (await visitor.get(f"/_components/{name}")).status == 200, name
        assert (await client.get("/_components/nothing")).status_code == 404


async def test_production_has_none_of_them(database_url: str, clock: Clock) -> None:
    async with running_app(database_url, clock, **PEOPLE) as app, client_of(app) as client:
        for path in ("/_components", "/_components/trin"):
            answer = await client.get(path, headers={"Host": "genvej.example"})
            assert answer.status_code == 404
