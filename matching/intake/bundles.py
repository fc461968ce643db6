"""FHIR R4 bundles: resources by type, references that resolve inside, codes and extensions. Nothing here can fail.

A message may be anything that JSON can say, so every look is made with care for what is not there.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from matching.intake.elements import Unreadable
from matching.intake.findings import Problem

Resource = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bundle:
    """`identifier` is empty when the bundle has none, as the KL guide wants it.

    Each look takes the same time however much is in the bundle, for a sender may put twenty thousand plans into one.
    """

    identifier: str
    timestamp: str
    by_kind: Mapping[str, Sequence[Resource]]
    by_id: Mapping[str, Resource]

    def of(self, kind: str) -> Iterator[Resource]:
        """The resources of a type, in their order."""
        return iter(self.by_kind.get(kind, ()))

    def referred(self, reference: object) -> Resource | None:
        """The resource that a reference leads to inside the bundle: of several with one id, the first."""
        return self.by_id.get(reference_id(reference))


def bundles(text: str) -> list[Bundle]:
    """The bundle, or the ones that it collects. Raises Unreadable."""
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Unreadable(Problem.JSON_BROKEN) from error
    if not isinstance(document, dict) or document.get("resourceType") != "Bundle":
        raise Unreadable(Problem.NOT_A_BUNDLE)
    outer = _bundle(document)
    return [_bundle(inner) for inner in outer.of("Bundle")] or [outer]


def _bundle(document: Resource) -> Bundle:
    by_kind, by_id = defaultdict[str, list[Resource]](list), dict[str, Resource]()
    for entry in items(document, "entry"):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict):
            by_kind[str(resource.get("resourceType"))].append(resource)
            if isinstance(number := resource.get("id"), str) and number:
                by_id.setdefault(number, resource)
    identifier = document.get("identifier")
    return Bundle(text_at(identifier, "value"), text_at(document, "timestamp"), by_kind, by_id)


def items(holder: object, name: str) -> list[Any]:
    """What stands under a name, as a list: of one, where the sender wrote no list."""
    found = holder.get(name) if isinstance(holder, dict) else None
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def text_at(holder: object, *path: str) -> str:
    """The text at the end of a path of names; the first one of a list. Empty when it is not there."""
    for name in path:
        found = items(holder, name)
        holder = found[0] if found else None
    return str(holder) if isinstance(holder, str | int) and not isinstance(holder, bool) else ""


def codes(holder: object, name: str) -> list[str]:
    """Every code of the codings under a name."""
    return [text_at(coding, "code") for concept in items(holder, name) for coding in items(concept, "coding")]


def extension(holder: object, url_end: str) -> object:
    """The first extension whose address ends so; None when there is none."""
    return next((found for found in items(holder, "extension") if text_at(found, "url").endswith(url_end)), None)


def reference_id(reference: object) -> str:
    """The id that a reference ends with: `Patient/1`, `urn:uuid:1` and a full address alike."""
    return text_at(reference, "reference").rpartition("/")[2].rpartition("urn:uuid:")[2]


def identifier_of(resource: object, *systems: str) -> str:
    """The value of the first identifier of one of the systems, in their order."""
    found = {text_at(item, "system"): text_at(item, "value") for item in reversed(items(resource, "identifier"))}
    return next((found[system] for system in systems if found.get(system)), "")
