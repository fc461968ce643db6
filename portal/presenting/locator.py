"""A small drawing of where a place lies among the towns around it: no tiles, no script, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot

from portal.language import Language
from portal.presenting.numbers import kilometres
from providers.surroundings import Town
from providers.words import N_

WIDTH, HEIGHT = 640, 320
_MARGIN = 36
_LETTER = 10.5
_LINE = 26
_NAMED = 5
_SHORTEST_VIEW = 1500.0
_BARS = (500, 1000, 2000, 5000, 10_000, 20_000, 50_000)

_DIRECTIONS = (
    N_("nord for"),
    N_("nordøst for"),
    N_("øst for"),
    N_("sydøst for"),
    N_("syd for"),
    N_("sydvest for"),
    N_("vest for"),
    N_("nordvest for"),
)


@dataclass(frozen=True, slots=True)
class Label:
    """A town on the drawing: its dot, and where its name begins or ends."""

    name: str
    x: int
    y: int
    text_x: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Locator:
    """`bar` is the length of the scale's line, in the drawing's own units, and `rings` are circles of so many of them.

    The place is in the middle.
    """

    width: int
    height: int
    labels: tuple[Label, ...]
    rings: tuple[int, ...]
    bar: int
    bar_says: str
    says: str


def locator(towns: Sequence[Town], spoken: Language) -> Locator | None:
    """The drawing for a place; None where nothing is known around it."""
    if not towns:
        return None
    scale = _scale(towns)
    bar = max((metres for metres in _BARS if metres * scale <= WIDTH / 4), default=_BARS[0])
    length = round(bar * scale)
    return Locator(
        width=WIDTH,
        height=HEIGHT,
        labels=tuple(_labels(towns, scale)),
        rings=tuple(range(length, WIDTH // 2, length)),
        bar=length,
        bar_says=kilometres(bar, spoken),
        says=_in_words(towns[0], spoken),
    )


def _scale(towns: Sequence[Town]) -> float:
    """Units for each metre, so that some towns can be seen."""
    nearest = towns[:_NAMED]
    wide = max(_SHORTEST_VIEW, *(abs(town.east) for town in nearest)) / (WIDTH / 2 - 3 * _MARGIN)
    high = max(_SHORTEST_VIEW, *(abs(town.north) for town in nearest)) / (HEIGHT / 2 - _MARGIN)
    return 1 / max(wide, high)


def _labels(towns: Sequence[Town], scale: float) -> list[Label]:
    """The towns whose names have room: nearest first, none over another one or over the place."""
    kept: list[Label] = []
    for town in towns:
        x, y = round(WIDTH / 2 + town.east * scale), round(HEIGHT / 2 - town.north * scale)
        label = _label(town.name, x, y)
        if _is_inside(label) and not any(_touch(label, other) for other in kept) and not _over_the_place(label):
            kept.append(label)
    return kept


def _label(name: str, x: int, y: int) -> Label:
    """The name stands on the side of the dot that is farther from the edge."""
    left = x > WIDTH / 2
    return Label(name, x, y, x - 12 if left else x + 12, "end" if left else "start")


def _box(label: Label) -> tuple[float, float, float, float]:
    length = len(label.name) * _LETTER
    first = label.text_x - length if label.anchor == "end" else label.text_x
    return min(first, label.x - 8), label.y - _LINE / 2, max(first + length, label.x + 8), label.y + _LINE / 2


def _is_inside(label: Label) -> bool:
    left, top, right, bottom = _box(label)
    # The scale stands in the lower left corner, and the arrow to the north in the upper right one.
    corner = (left < WIDTH / 3 and bottom > HEIGHT - 2 * _MARGIN) or (right > WIDTH - 2 * _MARGIN and top < 2 * _MARGIN)
    return left > 4 and top > 4 and right < WIDTH - 4 and bottom < HEIGHT - 4 and not corner


def _touch(one: Label, other: Label) -> bool:
    a, b = _box(one), _box(other)
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _over_the_place(label: Label) -> bool:
    left, top, right, bottom = _box(label)
    return left < WIDTH / 2 + 22 and right > WIDTH / 2 - 22 and top < HEIGHT / 2 + 8 and bottom > HEIGHT / 2 - 44


def _in_words(town: Town, spoken: Language) -> str:
    """`1,2 km nordøst for midten af Valby`, seen from the town."""
    away = hypot(town.east, town.north)
    if away < 300:
        return spoken.say("Stedet ligger midt i %(town)s.", town=town.name)
    # From the town to the place, clockwise from the north.
    turn = degrees(atan2(-town.east, -town.north)) % 360
    direction = spoken.say(_DIRECTIONS[round(turn / 45) % 8])
    return spoken.say(
        "Stedet ligger %(distance)s %(direction)s midten af %(town)s, i lige linje.",
        distance=kilometres(away, spoken),
        direction=direction,
        town=town.name,
    )
