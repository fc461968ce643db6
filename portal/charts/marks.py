"""The elements of a drawing, and the scale of its numbers."""

from collections.abc import Iterable
from enum import StrEnum

from markupsafe import Markup, escape

WIDTH = 400
"""Of every chart, in its own units: about what a telephone has, where text must still be read."""

_STEPS = (1, 2, 5)


class Look(StrEnum):
    """Whose numbers: one's own or the others', and of each the first kind or the second one."""

    OWN = "own"
    OWN_SECOND = "own-second"
    OTHERS = "others"
    OTHERS_SECOND = "others-second"


def element(name: str, content: str = "", /, **attributes: object) -> Markup:
    """One element; `_` in a name of an attribute becomes `-`, and what is written is escaped unless it is Markup."""
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _short(value)) for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, escape(content))


def drawing(height: int, parts: Iterable[Markup], described_by: str) -> Markup:
    """The picture; its words stand in the element with the id `described_by`."""
    return element(
        "svg",
        Markup("").join(parts),
        class_="chart",
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_labelledby=described_by,
    )


def ticks(largest: float, at_most: int = 5) -> list[int]:
    """Round numbers from 0 to one that is not below `largest`, as few as may be and never more than `at_most` steps."""
    power = 1
    while True:
        for step in (factor * power for factor in _STEPS):
            if step * at_most >= largest:
                return list(range(0, max(step, -int(-largest // step) * step) + 1, step))
        power *= 10


def _short(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value
