"""One cell of a line as what it means; each raises the SheetError that says how it must be."""

from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType

from providers.models import ApprovalState, SlotMode
from providers.packages import package_level_id
from providers.reference.spelling import spelled_out
from providers.sheets.columns import Kind
from providers.sheets.errors import ClockNotRead, DayNotRead, NumberNotRead, PackageNotRead, WordNotKnown
from providers.sheets.reading import Line, heading_of
from providers.written import parse_day, typed_time

MODES: Mapping[str, SlotMode] = MappingProxyType(
    {
        "individuel": SlotMode.INDIVIDUAL,
        "hold": SlotMode.GROUP,
        "hjemme": SlotMode.HOME,
        "digital": SlotMode.DIGITAL,
    }
)
"""As we write them; their own names are read as well."""

LEVELS: Mapping[str, str] = MappingProxyType({"basal": "basic", "avanceret": "advanced"})
STATES: Mapping[str, ApprovalState] = MappingProxyType(
    {
        "godkendt": ApprovalState.APPROVED,
        "ansoegt": ApprovalState.APPLIED,
        "sendt tilbage": ApprovalState.RETURNED,
        "afvist": ApprovalState.REJECTED,
        "i bero": ApprovalState.SUSPENDED,
        "trukket tilbage": ApprovalState.WITHDRAWN,
    }
)
_YES_OR_NO = {"ja": True, "x": True, "1": True, "nej": False, "0": False, "": False}
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def day_in(line: Line, name: str, kind: Kind) -> date:
    """Between the years 2000 and 2100."""
    try:
        day = parse_day(line[name])
    except ValueError as error:
        raise DayNotRead(heading=heading_of(name, kind)) from error
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise DayNotRead(heading=heading_of(name, kind))
    return day


def clock_in(line: Line, name: str) -> time:
    clock = typed_time(line[name])
    if clock is None:
        raise ClockNotRead
    return clock


def number_in(line: Line, name: str, kind: Kind, least: int, most: int) -> int:
    text = line[name]
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise NumberNotRead(heading=heading_of(name, kind), least=least, most=most)
    return int(text)


def mode_in(line: Line, name: str, kind: Kind) -> SlotMode:
    return mode_of(line[name], heading_of(name, kind))


def mode_of(text: str, heading: str) -> SlotMode:
    """One word."""
    word = spelled_out(text)
    if word in set(SlotMode):
        return SlotMode(word)
    if word not in MODES:
        raise WordNotKnown(heading=heading, words=", ".join(MODES))
    return MODES[word]


def yes_in(line: Line, name: str, kind: Kind) -> bool:
    """Empty means no."""
    word = spelled_out(line[name])
    if word not in _YES_OR_NO:
        raise WordNotKnown(heading=heading_of(name, kind), words="ja, nej")
    return _YES_OR_NO[word]


def package_level_of(package: str, level: str) -> int:
    """`01-kirurgisk` or `01 kirurgisk`, `basal` → 4; whether there is such a package the caller asks."""
    code, word = "-".join(spelled_out(package).replace("-", " ").split()), spelled_out(level)
    try:
        return package_level_id(code, LEVELS.get(word, word))
    except ValueError as error:
        raise PackageNotRead from error


def package_levels_in(line: Line, name: str) -> list[int] | None:
    """`01-kirurgisk basal, 02-medicinsk avanceret`; None for nothing, which means all that the site is approved for."""
    if not line[name]:
        return None
    pairs = [text.strip().rpartition(" ") for text in line[name].split(",")]
    return sorted({package_level_of(package, level) for package, _, level in pairs})
