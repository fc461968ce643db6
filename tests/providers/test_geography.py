"""From degrees to metres, and where Denmark ends for us."""

from math import inf, nan

import pytest

from providers.geography import OutsideDenmark, is_in_denmark, project
from providers.reference import load_catalogue

OUTSIDE = {
    "Gothenburg": (11.97, 57.71),
    "Berlin": (13.40, 52.52),
    "Bergen": (5.32, 60.39),
    "the North Sea": (6.5, 56.0),
    "latitude and longitude exchanged": (55.68, 12.57),
    "null island": (0.0, 0.0),
    "beyond the pole": (10.0, 95.0),
    "no number": (nan, 55.7),
    "infinite": (12.5, inf),
}


@pytest.fixture(autouse=True)
async def reference(world: str) -> None:
    """The reference data, which no test here changes."""


async def test_the_central_meridian_of_the_zone_has_easting_500_kilometres() -> None:
    point = await project(9.0, 56.0)

    assert point.easting == pytest.approx(500_000, abs=0.01)
    assert point.northing == pytest.approx(6_206_000, abs=1_000)


async def test_a_postal_code_projects_to_its_own_point() -> None:
    entry = (await load_catalogue()).postal_codes["3700"]

    assert await project(entry.longitude, entry.latitude) == pytest.approx((entry.easting, entry.northing), abs=0.001)


@pytest.mark.parametrize("place", OUTSIDE)
async def test_a_place_outside_denmark_is_refused(place: str) -> None:
    assert not await is_in_denmark(*OUTSIDE[place])
    with pytest.raises(OutsideDenmark):
        await project(*OUTSIDE[place])


async def test_all_of_denmark_is_inside() -> None:
    entries = list((await load_catalogue()).postal_codes.values())[::50]

    assert all([await is_in_denmark(entry.longitude, entry.latitude) for entry in entries])
