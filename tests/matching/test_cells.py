"""The squares that a circle touches: none is forgotten, and none is read for nothing."""

from math import dist

from hypothesis import example, given
from hypothesis import strategies as st

from matching.finding import Origin
from matching.finding.cells import SIDE, cells_within

across = st.floats(440_000, 900_000)
upwards = st.floats(6_040_000, 6_410_000)
points = st.tuples(across, upwards)
radii = st.floats(1, 150_000)


def _cell(point: tuple[float, float]) -> int:
    return int(point[1] // SIDE) * 1000 + int(point[0] // SIDE)


def test_a_cell_has_the_number_of_the_danish_square_grid() -> None:
    assert cells_within(Origin(724_000.0, 6_156_000.0), 1.0) == [615072]


@given(points, points, radii)
def test_whoever_is_in_the_circle_is_in_one_of_its_cells(
    middle: tuple[float, float], point: tuple[float, float], radius: float
) -> None:
    share = min(1.0, radius / (dist(middle, point) or 1.0))
    nearer = (middle[0] + (point[0] - middle[0]) * share, middle[1] + (point[1] - middle[1]) * share)
    assert _cell(nearer) in cells_within(Origin(*middle), radius)


@given(points, radii)
@example((440_000.0, 6_409_999.0), 149_999.99999999997)
def test_every_cell_has_a_part_in_the_circle(middle: tuple[float, float], radius: float) -> None:
    found = cells_within(Origin(*middle), radius)
    assert len(found) == len(set(found))
    for cell in found:
        north, east = divmod(cell, 1000)
        nearest = (_held(middle[0], east), _held(middle[1], north))
        assert dist(middle, nearest) <= radius + 1.01


def _held(value: float, cell: int) -> float:
    return min(max(value, cell * SIDE), (cell + 1) * SIDE)
