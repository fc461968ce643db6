"""The pages that explain, in a real browser: nothing that axe finds, nothing too wide, and English all through."""

import pytest

from portal.citizen.guides import GUIDES, NOTICES
from tests.support.browser import DESKTOP, PHONE
from tests.support.english_pages import speaks_english_only
from tests.support.page_checks import fits_narrow_and_zoomed, no_violations
from tests.support.traveller import Tab

PATHS = [*(guide.path for guide in (*GUIDES, *NOTICES)), "/standard/0820"]


async def test_everybody_can_use_every_page_of_the_guide(tab: Tab) -> None:
    page, _ = await tab(PHONE)
    for path in PATHS:
        await page.goto(path)
        await no_violations(page)


@pytest.mark.long
async def test_the_guide_fits_narrow_and_zoomed_windows_and_speaks_english(tab: Tab) -> None:
    page, _ = await tab(DESKTOP)
    await page.goto("/sprog/en")
    for path in PATHS:
        await page.goto(path)
        await speaks_english_only(page)
        await fits_narrow_and_zoomed(page)
