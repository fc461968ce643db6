"""The manager sees what is due for the courses of a period, marked as invented, and takes it as a file."""

import csv
from datetime import timedelta
from io import StringIO

from matching import course
from matching.models import AuditEntry
from providers.accounts import Post
from providers.models import Provider
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.courses import SOON, a_treated
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, a_site

LATER = SOON + timedelta(days=1)
PATH = "/kommune/afregning"


async def test_a_period_with_its_sums_and_its_file(database_url: str) -> None:
    async with running_app(database_url, Clock(LATER)) as app:
        site = await a_site("private", contract_with=HOME)
        await Provider.filter(id=site.provider_id).update(name="=1+1", gln="5790000000005")
        treated = await a_treated(site, case_reference="010190-1234")
        treated.at = SOON
        await treated.do(course.start)
        await treated.say(course.complete, "Færdig")
        manager = at_a_browser(app)
        await sign_in_as(manager, await a_colleague(Post(Role.MANAGER, municipality=HOME)), now=LATER)
        page = await manager.get(PATH)
        for words in ("Demopriser", "I alt 3.500,00 kr. for 1 forløb", "GLN 5790000000005", "17. november 2026"):
            assert words in page.words
        assert "010190" not in page.html
        assert "Ingen forløb er sluttet" in (await manager.get(PATH, fra="1.11.2026", til="2.11.2026")).words
        turned = await manager.get(PATH, fra="2.11.2026", til="1.11.2026")
        assert (turned.status, [field for _, field in turned.problems]) == (400, ["fra"])
        form = page.form(f"{PATH}/udtraek")
        sent = {str(field.get("name")): field.get("value") for field in form.iter("input")}
        file = await manager.client.post(f"{PATH}/udtraek", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
        (row,) = csv.DictReader(StringIO(file.text.removeprefix("\ufeff")), delimiter=";")
        assert (row["leverandoer"], row["beloeb_kr"], row["pris_kilde"]) == ("'=1+1", "3500,00", "demo")
        assert row["sagsnummer"].startswith("forløb ")
        assert await AuditEntry.filter(action="settlement_taken", purpose="settlement").count() == 1
