"""Somebody for whom no time fits: every way on, by keyboard, with a phone and without scripts."""

import pytest

from tests.support.browser import DESKTOP, PHONE, WITHOUT_SCRIPTS
from tests.support.hands import Finger, Keyboard
from tests.support.page_checks import no_violations, skip_link_leads_to_the_content
from tests.support.traveller import Comes
from tests.support.whole_way import finds_a_way_on


@pytest.mark.long
async def test_given_a_keyboard_only_when_no_time_fits_then_every_way_on_is_open(comes: Comes) -> None:
    await finds_a_way_on(await comes(DESKTOP, hands=Keyboard, checks=[skip_link_leads_to_the_content]))


@pytest.mark.long
async def test_given_a_phone_when_no_time_fits_then_every_way_on_is_open_and_axe_finds_nothing(comes: Comes) -> None:
    await finds_a_way_on(await comes(PHONE, hands=lambda page: Finger(), checks=[no_violations]))


@pytest.mark.long
async def test_given_no_scripts_when_no_time_fits_then_every_way_on_is_open(comes: Comes) -> None:
    await finds_a_way_on(await comes(WITHOUT_SCRIPTS))
