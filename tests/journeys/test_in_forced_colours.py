"""With the few colours that a person has chosen for everything: what a colour alone would say is still seen."""

import pytest

from tests.support.browser import FORCED_COLOURS
from tests.support.page_checks import seen_in_forced_colours
from tests.support.traveller import Comes
from tests.support.whole_way import finds_a_way_on, goes_the_whole_way

IN_FEW_COLOURS = {"window": FORCED_COLOURS, "checks": [seen_in_forced_colours]}


@pytest.mark.long
async def test_given_forced_colours_when_a_citizen_follows_the_pages_then_everything_is_seen(comes: Comes) -> None:
    await goes_the_whole_way(await comes(**IN_FEW_COLOURS))


@pytest.mark.long
async def test_given_forced_colours_when_no_time_fits_then_everything_is_seen(comes: Comes) -> None:
    await finds_a_way_on(await comes(**IN_FEW_COLOURS))
