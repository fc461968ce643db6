"""What the journeys look for on every page: that it is found where it is."""

import pytest

from tests.support.browser import DESKTOP, FORCED_COLOURS, Watch, layout_shift
from tests.support.english_pages import speaks_english_only
from tests.support.hands import Keyboard
from tests.support.page_checks import (
    Check,
    fits_narrow_and_zoomed,
    fits_with_large_letters,
    no_violations,
    seen_in_forced_colours,
    skip_link_leads_to_the_content,
)
from tests.support.traveller import Tab

pytestmark = pytest.mark.long

START = '<html lang="en"><title>A page</title><body style="margin:0"><main><h1>A page</h1>'
LINK = '<a href="/" style="display:block;min-height:30px">A link</a>'
LINES = "".join(f"<p>Line {number}" for number in range(12))


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        (no_violations, '<p style="color:#999">Pale'),
        (no_violations, "<input>"),
        (fits_narrow_and_zoomed, LINK + '<div style="width:700px">Wide</div>'),
        (
            fits_narrow_and_zoomed,
            LINK + '<p style="overflow:hidden"><span style="white-space:nowrap">' + "Cut off " * 99,
        ),
        (fits_narrow_and_zoomed, LINK + '<a href="/" style="font-size:12px">Low</a>'),
        (fits_with_large_letters, LINK + '<p style="width:40rem">' + "Long " * 99),
        (seen_in_forced_colours, '<a href="/" style="text-decoration:none">A link like any word</a>'),
        (skip_link_leads_to_the_content, LINK),
        (speaks_english_only, LINES + "<p>Find ledige tider"),
        (speaks_english_only, LINES + "<p>3 steder i hele landet"),
        (speaks_english_only, LINES + "<p>on mandag"),
        (speaks_english_only, LINES + '<img alt="åben">'),
    ],
)
async def test_a_fault_is_found(tab: Tab, check: Check, fault: str) -> None:
    page, _ = await tab(FORCED_COLOURS if check is seen_in_forced_colours else DESKTOP)
    await page.set_content(START + fault)
    with pytest.raises(AssertionError):
        await check(page)


async def test_a_sound_page_passes(tab: Tab) -> None:
    page, _ = await tab(DESKTOP)
    await page.set_content(START + LINK + LINES + '<p lang="da">Find ledige tider')
    for check in (no_violations, fits_narrow_and_zoomed, speaks_english_only):
        await check(page)


@pytest.mark.parametrize(
    "fault",
    [
        '<button style="outline:0">A ring that is not drawn</button>',
        '<p tabindex="2">Second</p><p tabindex="1">First</p>',
        '<button>Covered</button><div style="position:fixed;inset:0;background:#fff"></div>',
    ],
)
async def test_a_stop_that_is_no_good_is_found(tab: Tab, fault: str) -> None:
    page, _ = await tab(DESKTOP)
    await page.set_content(START + fault + '<button id="last">Last</button>')
    with pytest.raises(AssertionError):
        await Keyboard(page).press(page.locator("#last"))


async def test_what_a_page_does_behind_its_back_is_found(tab: Tab) -> None:
    for script in ("console.error('no')", "document.body.innerHTML = '<p style=color:red>'", "fetch('//127.0.0.1:9/')"):
        page, watch = await tab(DESKTOP)
        await page.goto("/")
        watch.assert_quiet()
        await page.evaluate(f"() => {{ {script} }}")
        await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        with pytest.raises(AssertionError):
            watch.assert_quiet()
        forget(watch)


async def test_a_page_that_moves_is_found(tab: Tab) -> None:
    page, _ = await tab(DESKTOP)
    await page.goto("/")
    await layout_shift(page)
    await page.evaluate("document.querySelector('main').prepend(document.querySelector('footer'))")
    assert await layout_shift(page) > 0.1


def forget(watch: Watch) -> None:
    """The tab was loud on purpose."""
    watch.complaints.clear()
    watch.requests.clear()
