"""Tables of the staff's rooms: heads that sort by a link, tags, and deadlines that say in words how near they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from portal.language import Language
from portal.presenting.dates import short_date

_SOON = 2


class Kind(StrEnum):
    """How a tag looks; its words say the same."""

    PLAIN = "plain"
    GOOD = "good"
    WAITING = "waiting"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Tag:
    """A status in a word or two; `note` is a quieter second part, such as the date of a deadline."""

    words: str
    kind: Kind = Kind.PLAIN
    note: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column. `sort` is the address that sorts by it, empty when it cannot; `order` as in `aria-sort`, or empty."""

    label: str
    sort: str = ""
    order: str = ""
    number: bool = False


def heads(
    columns: Sequence[Head], path: str, question: Mapping[str, str], chosen: str, names: Sequence[str]
) -> list[Head]:
    """The columns with links to sort by: `names` holds for each its name in `sorter`, or "" when it does not sort.

    `chosen` is the present `sorter`; a minus before it turns the order. A column chosen already is turned by its link.
    """
    return [
        _sortable(column, path, question, chosen, name) if name else column
        for column, name in zip(columns, names, strict=True)
    ]


def _sortable(column: Head, path: str, question: Mapping[str, str], chosen: str, name: str) -> Head:
    order = {name: "ascending", f"-{name}": "descending"}.get(chosen, "")
    following = f"-{name}" if order == "ascending" else name
    kept = {key: value for key, value in question.items() if key not in {"sorter", "efter"} and value}
    return Head(column.label, f"{path}?{urlencode(kept | {'sorter': following})}", order, column.number)


def deadline_tag(deadline: date, today: date, spoken: Language, *, met: bool = False) -> Tag:
    """`I morgen` with the date beside it; the words alone tell how near it is. `met` = nothing is left to do."""
    note, days = short_date(deadline, spoken), (deadline - today).days
    if met:
        return Tag(spoken.say("Overholdt"), Kind.GOOD, note)
    if days < 0:
        words = spoken.say_many("Overskredet for %(count)s dag siden", "Overskredet for %(count)s dage siden", -days)
        return Tag(words, Kind.BAD, note)
    return Tag(_ahead(days, spoken), Kind.WAITING if days <= _SOON else Kind.PLAIN, note)


def _ahead(days: int, spoken: Language) -> str:
    near = {0: spoken.say("I dag"), 1: spoken.say("I morgen")}
    return near.get(days) or spoken.say_many("Om %(count)s dag", "Om %(count)s dage", days)
