"""In 320 pixels, at 200 %, with letters twice as large: nothing to scroll sideways for, nothing too small to hit."""

import pytest

from tests.support.page_checks import fits_narrow_and_zoomed, fits_with_large_letters
from tests.support.traveller import Comes
from tests.support.whole_way import finds_a_way_on, goes_the_whole_way


async def test_given_little_room_when_a_citizen_follows_the_pages_then_everything_fits(comes: Comes) -> None:
    await goes_the_whole_way(await comes(checks=[fits_narrow_and_zoomed]))


@pytest.mark.long
async def test_given_letters_twice_as_large_when_a_citizen_follows_the_pages_then_everything_fits(comes: Comes) -> None:
    await goes_the_whole_way(await comes(checks=[fits_with_large_letters]))


@pytest.mark.long
async def test_given_little_room_when_no_time_fits_then_everything_fits(comes: Comes) -> None:
    await finds_a_way_on(await comes(checks=[fits_narrow_and_zoomed, fits_with_large_letters]))
