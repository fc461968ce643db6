"""Statements whose parameters have names: `{home}` in the text, and the value under that name when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True, slots=True)
class Statement:
    """`text` as PostgreSQL takes it, `names` of its parameters in their order."""

    text: str
    names: tuple[str, ...]

    def values(self, known: Mapping[str, object]) -> list[object]:
        """What is sent along; `known` may hold more than this statement asks for."""
        return [known[name] for name in self.names]


def statement(text: str) -> Statement:
    """Number the names in the order in which they come."""
    names = tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(text) if name))
    return Statement(text.format_map({name: f"${number}" for number, name in enumerate(names, 1)}), names)
