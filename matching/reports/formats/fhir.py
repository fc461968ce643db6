"""The small parts of FHIR 4.0.1 that every message is put together from, and the systems that Danish ones name."""

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from matching.national_codes import SYSTEM, NationalCode
from matching.reports.formats.facts import National
from providers.clock import COPENHAGEN

Resource = dict[str, Any]

GUIDE = "http://fhir.kl.dk/rehab/StructureDefinition"
CPR = "urn:oid:1.2.208.176.1.2"
SOR = "urn:oid:1.2.208.176.1.1"
# The messages of MedCom stand on dk-core before 3.5.0, which names the system with https.
GLN = "https://www.gs1.org/gln"
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"

_OURS = uuid5(NAMESPACE_URL, "urn:genvej:reports")


def stable(*parts: object) -> str:
    """The id that the same thing has in every report: a lower-case UUID made of its parts.

    It has the form of version 4, for MedCom's profiles take no other.
    """
    return str(UUID(bytes=uuid5(_OURS, "/".join(str(part) for part in parts)).bytes, version=4))


def coding(system: str, code: str, display: str | None = None) -> Resource:
    return {"system": system, "code": code, "display": display}


def concept(*codings: Resource) -> Resource:
    return {"coding": list(codings)}


def national(code: NationalCode | National) -> Resource:
    """A code of KL's CareSocialCodes as a CodeableConcept."""
    return concept(coding(SYSTEM, code.code, code.display))


def identifier(system: str, value: str) -> Resource:
    return {"use": "official", "system": system, "value": value}


def reference(resource: Resource) -> Resource:
    return {"reference": f"{resource['resourceType']}/{resource['id']}"}


def extension(url: str, **value: Any) -> Resource:
    return {"url": url, **value}


def instant(moment: datetime) -> str:
    """Local Danish time with its offset; a time without a zone is refused by every profile."""
    return moment.astimezone(COPENHAGEN).isoformat(timespec="seconds")


def urn(value: UUID | str) -> str:
    return f"urn:uuid:{value}".lower()


def entry(base: str, resource: Resource) -> Resource:
    return {"fullUrl": f"{base}/{resource['resourceType']}/{resource['id']}", "resource": resource}
