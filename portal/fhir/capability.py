"""What can be asked at `/fhir`, in FHIR's own words: made from the same table as the routes."""

from matching.reports.formats.fhir import Resource
from portal.fhir.codes import Frame
from portal.fhir.includes import LINKS
from portal.fhir.parameters import Parameter
from portal.fhir.table import KINDS, Kind

_DATE = "2026-11-22"
_ABOUT = (
    "Approved sites for rehabilitation under Sundhedsloven § 140 and their free first contacts, by the same rules as "
    "the portal's own lists. Nothing about citizens. A time is booked with `POST /api/v1/bookings` (see "
    "`/api/v1/openapi.json`), which needs the citizen's codes. Unknown parameters are passed over and named in the "
    "answer, or refused with `Prefer: handling=strict`."
)


def capability_statement(frame: Frame) -> Resource:
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "experimental": frame.demo,
        "date": _DATE,
        "kind": "instance",
        "software": {"name": "Genvej"},
        "implementation": {"description": "Genvej", "url": frame.base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [{"mode": "server", "documentation": _ABOUT, "resource": [_resource(kind) for kind in KINDS.values()]}],
    }


def _resource(kind: Kind) -> Resource:
    return {
        "type": kind.name,
        "documentation": kind.about,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "no-version",
        "searchInclude": [name for name, link in LINKS.items() if link.of is kind],
        "searchParam": [_parameter(name, parameter) for name, parameter in kind.parameters.items()],
    }


def _parameter(name: str, parameter: Parameter) -> Resource:
    defined = f"http://hl7.org/fhir/SearchParameter/{parameter.defined}" if parameter.defined else None
    return {"name": name, "definition": defined, "type": parameter.type, "documentation": parameter.about}
