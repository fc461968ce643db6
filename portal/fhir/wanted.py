"""How much of what is found is wanted: how many, which elements of each, and what comes along."""

import re
from collections.abc import Iterator, Mapping

from portal.api.errors import Fault, RequestInvalid
from portal.fhir.includes import LINKS
from portal.fhir.table import Kind
from providers.words import N_

_USUAL = 50
_SUMMARIES = frozenset({"true", "false", "text", "data", "count"})
_COUNT = N_("_count er et helt tal fra 0 til 1000000.")
_SUMMARY = N_("_summary er true, false, text, data eller count.")
_INCLUDE = N_("%(field)s kan ikke tage det med. Hvad der kan, står i /fhir/metadata.")

Given = Mapping[str, list[str]]


def count_of(given: Given) -> int:
    text = given.get("_count", [str(_USUAL)])[0]
    if not re.fullmatch("[0-9]{1,7}", text) or int(text) > 1_000_000:
        raise RequestInvalid([Fault("query", "_count", _COUNT)])
    return int(text)


def summary_of(given: Given) -> str:
    text = given.get("_summary", ["false"])[0]
    if text not in _SUMMARIES:
        raise RequestInvalid([Fault("query", "_summary", _SUMMARY)])
    return text


def elements_of(kind: Kind, given: Given, summary: str) -> frozenset[str] | None:
    """`_elements` goes before `_summary`; what FHIR makes mandatory is always among them."""
    if named := given.get("_elements"):
        return frozenset(named[0].split(",")) | kind.mandatory
    chosen = {"true": kind.summary, "text": frozenset[str]()}.get(summary)
    return None if chosen is None else chosen | kind.mandatory


def includes_of(kind: Kind, given: Given) -> dict[str, bool]:
    """The links to follow, and whether from what is included as well (`_include:iterate`)."""
    once = dict.fromkeys(_links(kind, given, "_include"), False)
    return once | dict.fromkeys(_links(kind, given, "_include:iterate"), True)


def _links(kind: Kind, given: Given, name: str) -> Iterator[str]:
    """`Slot:schedule`, with or without the kind that it leads to; the first hop begins at what was asked for."""
    own = [link for link in LINKS if link.startswith(f"{kind.name}:")]
    for text in given.get(name, ()):
        if text == "*":
            yield from own
            continue
        link = next((one for one in LINKS if text in {one, *(f"{one}:{to}" for to in LINKS[one].leads_to)}), None)
        if link is None or (name == "_include" and link not in own):
            raise RequestInvalid([Fault("query", name, _INCLUDE)])
        yield link
