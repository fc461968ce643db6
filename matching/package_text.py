"""A plain package choice, typed instead of a code: "01 kirurgisk basal"."""

import re
from collections.abc import Collection, Mapping
from typing import TypeVar

from matching.plan_facts import Level

Meaning = TypeVar("Meaning")

LONGEST_INPUT = 120
"""Characters; the longest real name, with its level, is about half of this."""

# Words are read from their beginning, so that "kir.", "avanc" and the whole word are the same.
_TRACKS = {"kirurgisk": "kirurgisk", "surgical": "kirurgisk", "medicinsk": "medicinsk", "medical": "medicinsk"}
_LEVELS = {
    "basal": Level.BASIC,
    "basalt": Level.BASIC,
    "basic": Level.BASIC,
    "avanceret": Level.ADVANCED,
    "advanced": Level.ADVANCED,
}
_SHORTEST_WORD = 3


def parse_package_choice(text: str, packages: Collection[str]) -> tuple[str, Level] | None:
    """The package code and level that the text names, or None.

    `packages` are the codes that exist, such as `01-kirurgisk`. The text needs one area number, one track and one
    level, in any order and case; other words, such as the area's name, are passed over. Two of a kind is None: we do
    not guess.
    """
    if len(text) > LONGEST_INPUT:
        return None
    words = re.findall(r"[0-9]+|[^\W\d_]+", text.lower())
    areas = {word.zfill(2) for word in words if re.fullmatch("[0-9]{1,2}", word)}
    tracks, levels = _named(words, _TRACKS), _named(words, _LEVELS)
    if not len(areas) == len(tracks) == len(levels) == 1:
        return None
    package = f"{areas.pop()}-{tracks.pop()}"
    return (package, levels.pop()) if package in packages else None


def _named(words: list[str], meanings: Mapping[str, Meaning]) -> set[Meaning]:
    """What the words mean, each read as the beginning of one of the known words."""
    return {
        meaning
        for word in words
        if len(word) >= _SHORTEST_WORD
        for known, meaning in meanings.items()
        if known.startswith(word)
    }
