"""What a search answers: a Bundle, page by page, and resources with no more in them than is wanted."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from matching.reports.formats.fhir import Resource, extension
from portal.fhir.codes import Frame
from portal.fhir.includes import Found
from portal.fhir.table import Kind

_DISTANCE = "http://hl7.org/fhir/StructureDefinition/location-distance"
_UNITS = "http://unitsofmeasure.org"
_SUBSETTED = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
    "code": "SUBSETTED",
    "display": "Resource encoded in summary mode",
}


def bundle(links: dict[str, str], entries: Iterable[Resource] = (), total: int | None = None) -> Resource:
    """`links` are addresses by their relation; `total` only where it was asked for."""
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": total,
        "link": [{"relation": relation, "url": url} for relation, url in links.items()],
        "entry": list(entries),
    }


def address(kind: Kind, frame: Frame, parameters: Sequence[tuple[str, str]]) -> str:
    """Where a search is asked again."""
    return f"{frame.base}/{kind.name}?{urlencode(parameters)}" if parameters else f"{frame.base}/{kind.name}"


def match(kind: Kind, row: Any, frame: Frame, elements: frozenset[str] | None) -> Resource:
    """Something that was found, with how far away it is where that was asked."""
    distance: float | None = getattr(row, "distance", None)
    search: Resource = {"mode": "match"}
    if distance is not None:
        kilometres = {
            "value": round(distance / 1000, 3),
            "unit": "km",
            "system": "http://unitsofmeasure.org",
            "code": "km",
        }
        search = {"extension": [extension(_DISTANCE, valueDistance=kilometres)], **search}
    return {**_entry(kind, row, frame, elements), "search": search}


def included_entries(found: Found, frame: Frame) -> list[Resource]:
    return [{**_entry(kind, row, frame, None), "search": {"mode": "include"}} for kind, row in found]


def _entry(kind: Kind, row: Any, frame: Frame, elements: frozenset[str] | None) -> Resource:
    resource = shortened(kind.resource(row, frame), elements)
    return {"fullUrl": f"{frame.base}/{kind.name}/{resource['id']}", "resource": resource}


def shortened(resource: Resource, elements: frozenset[str] | None) -> Resource:
    """Only these elements, and a mark that there are more."""
    if elements is None:
        return resource
    tags = [*resource.get("meta", {}).get("tag", ()), _SUBSETTED]
    kept = {name: value for name, value in resource.items() if name in elements}
    return {"resourceType": resource["resourceType"], "id": resource["id"], "meta": {"tag": tags}, **kept}
