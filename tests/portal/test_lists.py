"""Lists at a clinic, at the approver's and by the command: looked at, taken in, taken away and taken in again."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from typer.testing import CliRunner

from portal.commands import app as commands
from providers.accounts import Post
from providers.models import Approval, Site, Slot
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import a_site

LISTS, APPROVALS = "/klinik/tider/lister", "/aftaler/filer"
TIMES = "dato;klokken;minutter;form;pladser\n18-11-2026;10.30;30;individuel;1\n19-11-2026;10.30;30;hold;6\n"


@dataclass
class World:
    owner: Visitor
    approver: Visitor
    site: Site
    url: str


@pytest_asyncio.fixture(scope="module")
async def lists(databases: Databases) -> AsyncIterator[World]:
    async with databases.fresh() as url, running_app(url, Clock()) as app:
        site = await a_site("private", phone="+45 00 00 00 01")
        owner, approver = at_a_browser(app), at_a_browser(app)
        await sign_in_as(owner, await a_colleague(Post(Role.CLINIC_OWNER, provider=site.provider_id)))
        await sign_in_as(approver, await a_colleague(Post(Role.APPROVER)))
        yield World(owner, approver, site, url)


async def send(visitor: Visitor, path: str, name: str, content: bytes) -> Page:
    page = await visitor.get(path)
    som = page.all("input", name="som")[0].get("value")
    answer = await visitor.client.post(
        f"{path}/{name}",
        data={"som": som},
        files={name: ("liste.csv", content)},
        headers={"Sec-Fetch-Site": "same-origin"},
        follow_redirects=True,
    )
    return visitor._page(answer)


async def fetched(visitor: Visitor, path: str) -> str:
    answer = await visitor.client.get(path)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return answer.text


async def test_a_list_is_looked_at_before_it_is_taken_in(lists: World) -> None:
    look = await send(lists.owner, LISTS, "tider", TIMES.encode())
    assert "2 linjer er nye." in look.words
    assert not await Slot.filter(site_id=lists.site.pk).exists()
    done = await lists.owner.submit(look, f"{LISTS}/tider")
    assert "Listen er læst ind. Nye: 2. Ændrede: 0." in done.words
    assert await Slot.filter(site_id=lists.site.pk).count() == 2
    again = await send(lists.owner, LISTS, "tider", (await fetched(lists.owner, f"{LISTS}/hent/tider.csv")).encode())
    assert "Filen ændrer ikke noget." in again.words


async def test_what_is_wrong_stands_line_by_line_or_beside_the_field(lists: World) -> None:
    bad = await send(lists.owner, LISTS, "tider", TIMES.replace("30;individuel", "x;stående").encode())
    assert (bad.status, "1 linje skal rettes. Intet er læst ind." in bad.words) == (400, True)
    assert "Linje 2 Skriv i kolonnen minutter et helt tal fra 5 til 480." in bad.words
    other = await send(lists.owner, LISTS, "tider", b"sted;vej;postnummer\nA;B;1050\n")
    assert other.problems[0] == (
        "Filen er en liste over steder. Her skal den have overskrifterne: dato, klokken, minutter, form, pladser.",
        "tider",
    )
    paper = await send(lists.owner, LISTS, "steder", b"%PDF-1.4")
    assert [field for _, field in paper.problems] == ["steder"]


async def test_sites_go_out_without_formulas_and_come_in_again(lists: World) -> None:
    await Site.filter(id=lists.site.pk).update(name="=HYPERLINK(1)", phone_hours="@ hverdage")
    text = await fetched(lists.owner, f"{LISTS}/hent/steder.csv")
    assert '"\'=HYPERLINK(1)"' in text
    assert '"\'+45 00 00 00 01";"\'@ hverdage"' in text
    again = await send(lists.owner, LISTS, "steder", text.encode())
    assert "1 linje er her i forvejen." in again.words
    changed = text.replace("Prøvevej 1", "Prøvevej 7").encode("windows-1252", "ignore")
    look = await send(lists.owner, LISTS, "steder", changed)
    await lists.owner.submit(look, f"{LISTS}/steder")
    assert (await Site.get(id=lists.site.pk)).street == "Prøvevej 7"
    assert (await lists.owner.client.get(f"{LISTS}/hent/alt.csv")).status_code == 404


async def test_the_approver_takes_approvals_in(lists: World) -> None:
    line = f"stednummer;pakke;niveau;fra;til\n{lists.site.pk};02-medicinsk;avanceret;01-12-2026;\n"
    done = await lists.approver.submit(
        await send(lists.approver, APPROVALS, "godkendelser", line.encode()), f"{APPROVALS}/godkendelser"
    )
    assert "Nye: 1." in done.words
    text = await fetched(lists.approver, f"{APPROVALS}/hent/godkendelser.csv")
    assert '"02-medicinsk";"avanceret";"01-12-2026";"";"godkendt"' in text
    again = await send(lists.approver, APPROVALS, "godkendelser", text.encode())
    assert "Filen ændrer ikke noget." in again.words


async def test_the_command_says_every_bad_line_and_takes_the_rest_of_nothing(
    lists: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENVEJ_DATABASE_URL", lists.url)
    file, site = tmp_path / "list.csv", lists.site

    async def genvej(kind: str, text: str, *more: str) -> tuple[int, list[str]]:
        file.write_text(text)
        told = await asyncio.to_thread(CliRunner().invoke, commands, ["import", kind, str(file), *more])
        return told.exit_code, told.output.splitlines()

    head = "stednummer,dato,klokken,minutter,form,pladser\n"
    bad = head + f"{site.pk},x,10.30,30,hold,2\n0,x,10.30,30,hold,2\n"
    assert await genvej("slots", bad) == (
        1,
        [
            "✗ line 2: The date in the column dato cannot be read. Write for instance 24-11-2026.",
            "✗ line 3: There is no such place. Write its number in the column stednummer.",
            "2 lines are wrong. Nothing was written.",
        ],
    )
    # The command's own clock is the machine's.
    ahead = datetime.now(UTC).date() + timedelta(days=30)
    good = head + f"{site.pk},{ahead},10.30,30,hold,2\n"
    assert await genvej("slots", good, "--dry-run") == (0, ["1 new, 0 changed, 0 as they were. Nothing was written."])
    code, lines = await genvej("sites", good)
    assert (code, "a list of times" in lines[0]) == (1, True)
    approval = f"stednummer,pakke,niveau,fra\n{site.pk},12-kirurgisk,basal,2026-01-01\n"
    assert await genvej("approvals", approval) == (0, ["1 new, 0 changed, 0 as they were."])
    assert await Approval.filter(site_id=site.pk, package_level__package_id="12-kirurgisk").count() == 1
