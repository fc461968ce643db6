"""A citizen on their way through the pages, told step by step."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from matching.issuing import LetterCodes
from matching.models import Plan
from providers.models import Site, Slot
from tests.support.pages import Page, Visitor
from tests.support.worlds import NOW, a_code, a_plan

SOON = NOW + timedelta(days=2)
BORN = {"dag": "14", "maaned": "marts", "aar": "1951"}


@dataclass
class Story:
    """A citizen who has come in with a code, and the site they look at; it has two free times."""

    visitor: Visitor
    plan: Plan
    codes: LetterCodes
    site: Site
    slots: list[Slot]

    async def choose(self, number: int = 0) -> Page:
        """Press one of the times on the site's page."""
        page = await self.visitor.get(f"/steder/{self.site.pk}")
        return await self.visitor.submit(page, "/hold", slot=str(self.slots[number].id))

    async def confirm(self, page: Page, **changes: str) -> Page:
        """Show the second factor, unless it has been shown."""
        if page.path == "/book":
            return page
        fields = BORN | {"kontrolkode": self.codes.access_code.lower()} | changes
        return await self.visitor.submit(page, "/bekraeft", **fields)

    async def book(self, **ticks: str) -> Page:
        """The whole way to the receipt."""
        review = await self.confirm(await self.choose())
        return await self.visitor.submit(review, "/book", **{"samtykke": "ja"} | ticks)


async def a_story(visitor: Visitor, site: Site, **plan: Any) -> Story:
    """Come in with the code of a new plan."""
    made = await a_plan(**plan)
    codes = await a_code(made)
    await visitor.post("/kode", kode=codes.code)
    return Story(visitor, made, codes, site, await Slot.filter(site_id=site.pk).order_by("starts_at"))
