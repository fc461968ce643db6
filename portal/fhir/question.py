"""From an address to a question: what narrows the list, and how much of what is found is wanted."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from matching.published.listing import Asked
from portal.api.errors import LONGEST_NAME, REPEATED, UNKNOWN, Fault, RequestInvalid
from portal.fhir.accepting import is_strict
from portal.fhir.codes import Frame
from portal.fhir.parameters import Parameter
from portal.fhir.table import Kind
from portal.fhir.wanted import count_of, elements_of, includes_of, summary_of
from providers.words import N_

MOST = 100
"""Resources of one page, what is included apart."""
FEW = 20
"""The same where each brings all that its site delivers, which may be dozens of services."""
_MANY_EACH = "Schedule:actor"
_RESULT = frozenset({"_count", "_elements", "_include", "_include:iterate", "_summary", "cursor"})
_FORMAT = frozenset({"_format", "_pretty"})
_MODIFIED = N_("%(field)s kan ikke bruges: kolon eller punktum i navnet forstår vi ikke her.")


@dataclass(frozen=True, slots=True)
class Question:
    """`asked` is None when nothing can be like that. `only_count`: how many there are, and none of them.

    `elements` are those wanted of each resource, None = all. `includes` are links by `Kind:parameter`, and whether
    they are followed from what is included as well. `narrowed` are the parameters that narrow, `used` all that were
    understood; `ignored` the names of those that were not.
    """

    asked: Asked | None
    count: int
    only_count: bool
    elements: frozenset[str] | None
    includes: Mapping[str, bool]
    cursor: str | None
    narrowed: tuple[tuple[str, str], ...]
    used: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]

    def at(self, cursor: str | None) -> list[tuple[str, str]]:
        """The same question from a place in the list on."""
        return [*self.used, *([("cursor", cursor)] if cursor else [])]


def read_search(request: Request, kind: Kind, frame: Frame) -> Question:
    """What is searched for; raises RequestInvalid, and OutsideDenmark for a place elsewhere."""
    given = _given(request)
    narrowed = {name: texts for name, texts in given.items() if name in kind.parameters}
    ignored = _unknown(request, given, {*kind.parameters, *_RESULT, *_FORMAT})
    faults = [Fault("query", name, REPEATED) for name, texts in given.items() if len(texts) > 1 and _once(kind, name)]
    if faults:
        raise RequestInvalid(faults)
    count, summary = count_of(given), summary_of(given)
    asked = _asked(kind, narrowed, frame)
    includes = includes_of(kind, given)
    return Question(
        asked=asked,
        count=min(count, FEW if _MANY_EACH in includes else MOST),
        only_count=summary == "count" or count == 0,
        elements=elements_of(kind, given, summary),
        includes=includes,
        cursor=given["cursor"][0] if "cursor" in given else None,
        narrowed=_pairs(narrowed),
        used=_pairs({name: given[name] for name in given if name in {*kind.parameters, *_RESULT} - {"cursor"}}),
        ignored=ignored,
    )


def read_one(request: Request, kind: Kind) -> frozenset[str] | None:
    """The elements that are wanted of one resource; raises RequestInvalid."""
    given = _given(request)
    _unknown(request, given, {"_elements", "_summary", *_FORMAT})
    return elements_of(kind, given, summary_of(given))


def _given(request: Request) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for name, text in request.query_params.multi_items():
        given.setdefault(name, []).append(text)
    return given


def _unknown(request: Request, given: Mapping[str, object], known: set[str]) -> tuple[str, ...]:
    """What we pass over; raises RequestInvalid for it when it is asked for, and for modifiers and chains always."""
    unknown = [name for name in given if name not in known]
    bare = {name.partition(".")[0].partition(":")[0] for name in known}
    bad = [name for name in unknown if name.partition(".")[0].partition(":")[0] in bare and set(name) & set(":.")]
    if bad:
        raise RequestInvalid([Fault("query", name[:LONGEST_NAME], _MODIFIED) for name in bad])
    if unknown and is_strict(request):
        raise RequestInvalid([Fault("query", name[:LONGEST_NAME], UNKNOWN) for name in unknown])
    return tuple(name[:LONGEST_NAME] for name in unknown)


def _once(kind: Kind, name: str) -> bool:
    parameter = kind.parameters.get(name)
    return not parameter.repeats if parameter else name in _RESULT - {"_include", "_include:iterate"}


def _asked(kind: Kind, narrowed: Mapping[str, list[str]], frame: Frame) -> Asked | None:
    asked, possible = dict[str, Mapping[str, object]](), True
    for name, texts in narrowed.items():
        parameter: Parameter = kind.parameters[name]
        try:
            values = None if "\0" in "".join(texts) else parameter.read(texts, frame)
        except (ValueError, OverflowError):
            raise RequestInvalid([Fault("query", name, parameter.says)]) from None
        possible = possible and values is not None
        if parameter.filter and values is not None:
            asked[parameter.filter] = values
    return asked if possible else None


def _pairs(given: Mapping[str, list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, texts in given.items() for text in texts)
