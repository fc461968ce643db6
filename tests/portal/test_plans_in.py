"""The page where plans come in: files of any kind, the unread ones, and a plan written in by hand."""

import pytest_asyncio
from starlette.applications import Starlette

from matching.models import Arrival, ArrivalState, AuditEntry, MessageSource, Plan, RawMessage
from providers.accounts import Post
from providers.models import Municipality
from providers.roles import Role
from tests.support.messages_in import SOMEBODY, a_bundle, a_csv, a_ggop, a_request, a_row
from tests.support.pages import Page, Visitor, text
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, VAULT

PATH = "/kommune/planer/ind"
FORM = f"{PATH}/skema"


@pytest_asyncio.fixture
async def visitor(portal_app: Starlette) -> Visitor:
    """A visitator of HOME at a browser."""
    visitor = at_a_browser(portal_app)
    await sign_in_as(visitor, await a_colleague(Post(Role.VISITATOR, municipality=HOME)))
    return visitor


async def lay_up(visitor: Visitor, *files: tuple[str, bytes]) -> Page:
    """Choose files on the page and send them; the answer is where one arrives."""
    page = await visitor.get(PATH)
    assert page.form(f"{PATH}/filer").get("enctype") == "multipart/form-data"
    answer = await visitor.client.post(
        f"{PATH}/filer",
        data={"som": som(page)},
        files=[("filer", file) for file in files] or None,
        headers={"Sec-Fetch-Site": "same-origin"},
        follow_redirects=True,
    )
    return visitor._page(answer)


def som(page: Page) -> str:
    """As what the page was shown."""
    return page.all("input", name="som")[0].get("value") or ""


def lines(page: Page) -> list[list[str]]:
    """The cells of the list."""
    return [[text(cell) for cell in row.iter("td")] for row in page.tree.iter("tr") if list(row.iter("td"))]


async def test_many_files_at_once_and_what_became_of_each(visitor: Visitor) -> None:
    page = await lay_up(
        visitor, ("a.xml", a_ggop("up-1")), ("140351-1234.xml", b"<"), ("c.csv", a_csv(a_row("up-2"), a_row("up-3")))
    )
    assert "Nye sager: 3. Ændrede: 0. Kendt i forvejen: 0. Ikke læst: 1." in page.words
    ((_, name, result),) = lines(page)
    assert name == "xxxxxx-xxxx.xml"
    assert result.startswith("Ikke læst XML-filen er ikke hel. Bed afsenderen om at sende den igen.")
    everything = await visitor.get(page.links()["Vis alt, der er kommet ind"])
    assert sum(line[2].startswith("Ny sag GOP-") for line in lines(everything)[:4]) == 3
    assert SOMEBODY not in everything.html
    assert {kept.source for kept in await RawMessage.all()} == {MessageSource.UPLOAD}
    assert "1 venter" in text(everything.all("nav")[0]) or "venter" in everything.html


async def test_without_a_file_nothing_happens(visitor: Visitor) -> None:
    page = await lay_up(visitor)
    assert (page.status, page.problems) == (400, [("Vælg mindst én fil.", "filer")])


async def test_an_unread_message_is_tried_again_completed_or_laid_away(visitor: Visitor) -> None:
    unknown = a_bundle(a_request("again-1", discharge=None), a_request("again-2", discharge=None))
    page = await lay_up(visitor, ("two.json", unknown))
    one, two = [await Arrival.get(message_id=f"again-{number}") for number in (1, 2)]
    tried = await visitor.post(f"{PATH}/igen", som=som(page), besked=str(one.id))
    assert "Ikke læst: 1." in tried.words
    form = await visitor.get(f"{FORM}?besked={two.id}")
    assert form.field("message_id").get("value") == "again-2"
    wrong = await visitor.submit(form, FORM, discharge_date="i går", plan_type="general")
    assert wrong.problems == [
        ("Datoen i feltet udskrivningsdato kan ikke læses. Skriv den som 24-05-2026.", "discharge_date")
    ]
    done = await visitor.submit(wrong, FORM, discharge_date="14.11.2026", plan_type="general")
    assert "Nye sager: 1." in done.words
    assert (await Plan.get(message_id="again-2")).municipality_id == HOME
    assert (await Arrival.get(id=two.id)).state is ArrivalState.DISCARDED
    assert await AuditEntry.filter(action="message_seen").count() == 1
    away = await visitor.post(f"{PATH}/laeg-vaek", som=som(page), besked=str(one.id))
    assert "Beskeden er lagt væk." in away.words
    assert (await visitor.post(f"{PATH}/laeg-vaek", som=som(page), besked=str(one.id))).status == 404


async def test_a_plan_is_written_in_by_hand_once(visitor: Visitor) -> None:
    form = await visitor.get(FORM)
    filled = {"cpr": "140351 1234", "name": "Prøve Prøvesen", "plan_type": "general", "discharge_date": "14.11.2026"}
    message_id = form.field("message_id").get("value")
    assert "Nye sager: 1." in (await visitor.submit(form, FORM, **filled, level="basic", package="01-kirurgisk")).words
    assert "Kendt i forvejen: 1." in (await visitor.submit(form, FORM, **filled)).words
    plan = await Plan.get(message_id=message_id)
    assert (plan.level, plan.package_id, str(plan.discharge_date)) == ("basic", "01-kirurgisk", "2026-11-14")
    wrong = await visitor.submit(form, FORM, cpr="3202511234", plan_type="", discharge_date="")
    assert {field for _, field in wrong.problems} == {"cpr", "plan_type", "discharge_date"}
    assert wrong.field("cpr").get("value") == "3202511234"


async def test_one_municipality_sees_nothing_of_anothers(portal_app: Starlette, visitor: Visitor) -> None:
    await lay_up(visitor, ("mine.xml", b"<mine"))
    (mine,) = await Arrival.filter(state=ArrivalState.FAILED, municipality_id=HOME)
    assert await Municipality.exists(code="0147")
    stranger = at_a_browser(portal_app)
    await sign_in_as(stranger, await a_colleague(Post(Role.VISITATOR, municipality="0147")))
    page = await stranger.get(PATH)
    assert not lines(page)
    for action in ("igen", "laeg-vaek"):
        assert (await stranger.post(f"{PATH}/{action}", som=som(page), besked=str(mine.id))).status == 404
    assert (await stranger.get(f"{FORM}?besked={mine.id}")).status == 404
    assert VAULT.open((await RawMessage.get(id=mine.raw_message_id)).name) == b"mine.xml"
