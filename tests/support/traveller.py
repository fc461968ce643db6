"""A citizen with a browser, step by step from the letter to a booked time. Each page is looked at on arrival."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from matching.issuing import LetterCodes
from matching.models import Plan
from portal.language import Language
from tests.support.browser import Watch, Window
from tests.support.hands import Hands
from tests.support.page_checks import Check


@dataclass
class Traveller:
    """Labels and headings are given in Danish and looked for in the language that is spoken."""

    page: Page
    watch: Watch
    plan: Plan
    codes: LetterCodes
    spoken: Language
    hands: Hands
    checks: Sequence[Check] = ()
    scripts: bool = True

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def link(self, label: str) -> Locator:
        return self.main.get_by_role("link", name=self.spoken.say(label), exact=True)

    def button(self, label: str) -> Locator:
        return self.main.get_by_role("button", name=self.spoken.say(label), exact=True)

    def field(self, name: str) -> Locator:
        return self.main.locator(f"[name={name}]")

    @property
    def times(self) -> Locator:
        """The buttons of a site's free times."""
        return self.field("slot")

    async def opens_the_front_page(self) -> None:
        await self.page.goto("/")
        await self.arrives("/", "Find din genoptræning")

    async def enters_the_code(self) -> None:
        await self.hands.write(self.field("kode"), self.codes.code.lower())
        await self.hands.press(self.button("Se dine muligheder"))
        await self.arrives("/muligheder", "Dine muligheder")

    async def asks_for_free_times(self) -> None:
        await self.hands.press(self.link("Find ledige tider"))
        await self.arrives("/steder", "Vælg et sted")

    async def searches(self, place: str, radius: str, count: str) -> None:
        """From another place, and how far; `count` is what the list's heading says then."""
        await self.opens_the_question()
        await self.hands.write(self.field("sted"), place)
        await self.hands.choose(self.field("radius"), radius)
        await self.hands.press(self.button("Søg"))
        await expect(self.main.locator("#antal")).to_have_text(count)
        await self.arrives("/steder", "Vælg et sted")

    async def opens_the_question(self) -> None:
        """On a narrow screen one line stands for the fields; elsewhere they are always open."""
        line = self.main.locator(".finder-asked:not([open]) summary")
        if await line.is_visible():
            await expect(self.field("sted")).to_be_hidden()
            await self.hands.press(line)

    async def wishes_for_a_lift_and_thinks_better_of_it(self) -> None:
        """A filter, and the tag that takes it away again."""
        everywhere = await self.main.locator(".card-item").count()
        await self.opens_the_question()
        await self.hands.press(self.main.locator("summary", has_text=self.spoken.say("Flere ønsker")))
        await self.hands.tick(self.field("elevator"))
        await self.hands.press(self.button("Søg"))
        await expect(self.main.locator(".card-item")).to_have_count(1)
        await self.arrives("/steder", "Vælg et sted")
        await self.hands.press(self.main.locator(".tag").last)
        await expect(self.main.locator(".card-item")).to_have_count(everywhere)

    async def compares_the_first_three(self) -> None:
        """And goes back to the list."""
        for number in range(3):
            await self.hands.tick(self.main.locator(".card-item .form-checkbox").nth(number))
        await self.hands.press(self.button("Sammenlign de valgte"))
        await self.arrives("/sammenlign", "Sammenlign steder")
        await expect(self.main.locator("thead").get_by_role("link")).to_have_count(3)
        await self.hands.press(self.link("Alle steder"))
        await self.arrives("/steder", "Vælg et sted")

    async def visits(self, site: str) -> None:
        await self.hands.press(self.link(site))
        await self.arrives("/steder/[0-9]+", site)

    async def chooses_a_time(self, number: int = 0) -> None:
        """Whoever has not shown the second factor yet is asked for it."""
        await self.hands.press(self.times.nth(number))
        await self.arrives("/bekraeft", "Bekræft, at det er dig")

    async def says_who_they_are(self, heading: str = "Gennemse og book", path: str = "/book") -> None:
        await self.hands.write(self.field("kontrolkode"), self.codes.access_code)
        for name, text in (("dag", "14"), ("maaned", "3"), ("aar", "1951")):
            await self.hands.write(self.field(name), text)
        await self.hands.press(self.button("Fortsæt"))
        await self.arrives(path, heading)

    async def wants_to_be_told(self, email: str, mobile: str) -> None:
        await self.hands.write(self.field("email"), email)
        await self.hands.write(self.field("mobil"), mobile)

    async def agrees(self, label: str = "Book tiden", heading: str = "Din tid er bestilt") -> None:
        await self.hands.tick(self.field("samtykke"))
        await self.hands.press(self.button(label))
        await self.arrives("/kvittering", heading)

    async def moves(self, site: str) -> None:
        """To the first free time of a site in the list."""
        await self.hands.press(self.button("Skift til et andet sted"))
        await self.arrives("/steder", "Vælg et sted")
        await self.visits(site)
        await self.hands.press(self.times.first)
        await self.arrives("/book", "Gennemse og flyt")
        await self.agrees("Flyt til denne tid", "Din tid er flyttet")

    async def cancels(self) -> None:
        await self.hands.press(self.link("Aflys tiden"))
        await self.arrives("/min-tid/aflys", "Vil du aflyse din tid?")
        await self.hands.press(self.button("Ja, aflys tiden"))
        await self.arrives("/min-tid", "Din tid")

    async def is_told_what_is_wrong(self, field: str, sentence: str = "") -> None:
        """The summary has the focus, and leads to the field, in which everything typed still stands."""
        summary = self.main.locator("#fejl")
        await expect(summary).to_contain_text(sentence)
        if self.scripts:
            await expect(summary).to_be_focused()
        await self.hands.press(summary.get_by_role("link"))
        await expect(self.field(field)).to_be_focused()

    async def takes_the_calendar_file(self, label: str = "Læg tiden i din kalender") -> str:
        return (await self.downloads(label)).decode()

    async def takes_the_letter(self) -> bytes:
        return await self.downloads("Hent tiden som brev (PDF)")

    async def downloads(self, label: str) -> bytes:
        async with self.page.expect_download() as download:
            await self.hands.press(self.link(label))
        return (await (await download.value).path()).read_bytes()

    async def arrives(self, path: str, heading: str) -> None:
        """The page is there, and everything that must be true of every page is true of it."""
        await expect(self.page).to_have_url(re.compile(rf"{re.escape(self.watch.origin)}{path}(\?.*)?$"))
        await expect(self.page.get_by_role("heading", level=1)).to_have_text(self.spoken.say(heading))
        # The heading is there before the style sheets and the scripts are.
        await self.page.wait_for_load_state()
        for check in self.checks:
            await check(self.page)


Tab = Callable[[Window], Awaitable[tuple[Page, Watch]]]
Comes = Callable[..., Awaitable[Traveller]]
"""What the fixtures `tab` and `comes` give a test."""
