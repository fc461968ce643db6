"""A municipality's manager reads for how long its data is kept, who decided it, and what was erased."""

from datetime import UTC, date, datetime

from matching.retention.kinds import RetentionKind
from matching.retention.rules import add_rule
from matching.retention.running import run_retention
from providers.accounts import Post
from providers.actors import SYSTEM
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, NOW, a_plan

PATH = "/kommune/opbevaring"
LONG_AGO = datetime(2016, 3, 1, 9, tzinfo=UTC)
ELSEWHERE = "0400"


async def test_rules_and_what_was_erased_by_them(database_url: str) -> None:
    async with running_app(database_url, Clock()) as app:
        manager = at_a_browser(app)
        await sign_in_as(manager, await a_colleague(Post(Role.MANAGER, municipality=HOME)))
        page = await manager.get(PATH)
        assert "Demo: ingen har besluttet det" in page.words
        assert "Der er ikke slettet noget endnu." in page.words
        for municipality, days, source in ((HOME, 3650, "Byrådet 7/2026"), (ELSEWHERE, 41, "Et andet byråd")):
            await add_rule(
                RetentionKind.CASE,
                days,
                municipality=municipality,
                valid_from=date(2026, 1, 1),
                source=source,
                actor=SYSTEM,
                now=NOW,
            )
        await a_plan(state="stopped", now=LONG_AGO)
        for dry_run in (True, False):
            await run_retention(actor=SYSTEM, clock=lambda: NOW, dry_run=dry_run)
        page = await manager.get(PATH)
        for words in ("3650 dage", "Byrådet 7/2026", "Sidst gennemgået mandag den 16. november 2026 kl. 10.00."):
            assert words in page.words
        assert "Et andet byråd" not in page.words
        rows = [row for row in page.all("tr") if "16. november 2026" in "".join(row.itertext())]
        assert ["".join(cell.itertext()).strip() for cell in rows[0]][-2:] == ["1", "0"]
        assert len(rows) == 1, "what was only counted is not said to be erased"
