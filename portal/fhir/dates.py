"""How FHIR writes dates that are searched for: a date is all the instants in it (FHIR R4, 3.1.1.4.8)."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from portal.fhir.codes import Frame
from portal.fhir.values import Values
from providers.clock import COPENHAGEN, start_of_day

_DATE = re.compile(r"(eq|ge|gt|le|lt|sa|eb)?([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(T.+)?")


def instants(texts: Sequence[str], frame: Frame) -> Values:
    """Moments between which something begins; several of them, as `ge…` and `lt…`, must all hold."""
    bounds = [_between(text) for text in texts]
    earliest = [first for first, _ in bounds if first is not None]
    latest = [last for _, last in bounds if last is not None]
    return {"starts_from": max(earliest, default=None), "starts_until": min(latest, default=None)}


def _between(text: str) -> tuple[datetime | None, datetime | None]:
    match = _DATE.fullmatch(text.replace(" ", "+"))
    if match is None:
        raise ValueError("no date")
    prefix, day, clock = match.groups()
    if not "1900" <= day[:4] <= "2200":
        raise ValueError("no time of ours")
    first, after = _span(day, clock or "")
    lower = {"ge": first, "gt": after, "sa": after, None: first, "eq": first}
    upper = {"lt": first, "eb": first, "le": after, None: after, "eq": after}
    return lower.get(prefix), upper.get(prefix)


def _span(day: str, clock: str) -> tuple[datetime, datetime]:
    """The instants between which a date with more or fewer parts lies; without a zone it is Danish."""
    if clock:
        moment = datetime.fromisoformat(day + clock)
        minute = re.fullmatch(r"T[0-9]{2}:[0-9]{2}(?:[Z+-].*)?", clock)
        length = timedelta(minutes=1) if minute else timedelta(seconds=1)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=COPENHAGEN)
        return moment, moment + length
    year, month, number = (int(part) for part in (*day.split("-"), "1", "1")[:3])
    first = date(year, month, number)
    match len(day):
        case 4:
            after = date(year + 1, 1, 1)
        case 7:
            after = (first + timedelta(days=31)).replace(day=1)
        case _:
            after = first + timedelta(days=1)
    return start_of_day(first), start_of_day(after)
