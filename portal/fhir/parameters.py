"""What can be searched for: each parameter by its name, with the filter that it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.fhir.dates import instants
from portal.fhir.values import (
    Read,
    actors,
    always,
    beginnings,
    ids,
    near,
    reference,
    registered,
    service_types,
)
from providers.words import N_

_REFERENCE = N_("%(field)s er et nummer eller en henvisning, for eksempel Location/12. Skriv komma mellem flere.")
_CODE = N_("%(field)s er en kode, gerne med system og lodret streg foran. Skriv komma mellem flere.")
_TEXT = N_("%(field)s er begyndelsen af et navn, højst 80 tegn.")
_NEAR = N_("%(field)s er bredde|længde|afstand|km, for eksempel 55.676|12.57|25|km.")
_START = N_("%(field)s er en dato eller et tidspunkt, for eksempel ge2026-11-16 eller lt2026-11-20T12:00:00Z.")


@dataclass(frozen=True, slots=True)
class Parameter:
    """`type` is FHIR's; `filter` the listing's, empty where nothing is left out; `says` is for a value that is wrong.

    `repeats`: it may stand several times, and all of them must hold. `defined` names FHIR's own definition of it.
    """

    type: str
    filter: str
    read: Read
    says: str
    about: str
    repeats: bool = False
    defined: str = ""


Parameters = Mapping[str, Parameter]


def _number(width: int = 1) -> Parameter:
    return Parameter(
        "token", "numbers", ids(width), _REFERENCE, "One id, or several with commas.", defined="Resource-id"
    )


def _refers(kind: str, filter: str, defined: str) -> Parameter:
    return Parameter(
        "reference", filter, reference(kind, filter), _REFERENCE, f"A {kind}, or several with commas.", defined=defined
    )


def _name(defined: str) -> Parameter:
    return Parameter("string", "names", beginnings("names"), _TEXT, "The beginning, in any case.", defined=defined)


def _constant(value: str, system: str, defined: str) -> Parameter:
    about = f"Everything that is shown is `{value}`."
    return Parameter("token", "", always(value, f"{system}|{value}"), _CODE, about, defined=defined)


def _service_type(defined: str) -> Parameter:
    about = "A package at a level (`01-kirurgisk-basic`), a package at any level, or KL's code of a level."
    return Parameter("token", "package_levels", service_types, _CODE, about, defined=defined)


def _actor(about: str, defined: str = "") -> Parameter:
    return Parameter("reference", "actors", actors, _REFERENCE, about, defined=defined)


_BOOLEANS = "http://terminology.hl7.org/CodeSystem/special-values"
_NEAREST = "`latitude|longitude|distance|unit` (km or m), WGS84, in a straight line. The nearest come first."

ORGANIZATION: Parameters = {
    "_id": _number(),
    "active": _constant("true", _BOOLEANS, "Organization-active"),
    "identifier": Parameter(
        "token", "registered", registered, _CODE, "A CVR, SOR or GLN number.", defined="Organization-identifier"
    ),
    "name": _name("Organization-name"),
}
LOCATION: Parameters = {
    "_id": _number(),
    "address-postalcode": Parameter(
        "string",
        "postal_codes",
        beginnings("postal_codes"),
        _TEXT,
        "The beginning.",
        defined="Location-address-postalcode",
    ),
    "name": _name("Location-name"),
    "near": Parameter("special", "near", near, _NEAR, _NEAREST, defined="Location-near"),
    "organization": _refers("Organization", "providers", "Location-organization"),
    "status": _constant("active", "http://hl7.org/fhir/location-status", "Location-status"),
}
HEALTHCARE_SERVICE: Parameters = {
    "_id": _number(2),
    "active": _constant("true", _BOOLEANS, "HealthcareService-active"),
    "location": _refers("Location", "places", "HealthcareService-location"),
    "location.near": Parameter("special", "near", near, _NEAR, _NEAREST),
    "organization": _refers("Organization", "providers", "HealthcareService-organization"),
    "service-type": _service_type("HealthcareService-service-type"),
}
SCHEDULE: Parameters = {
    "_id": _number(),
    "active": _constant("true", _BOOLEANS, "Schedule-active"),
    "actor": _actor("A Location, or a HealthcareService that is delivered there.", "Schedule-actor"),
}
SLOT: Parameters = {
    "_id": _number(),
    "schedule": _refers("Schedule", "places", "Slot-schedule"),
    "schedule.actor": _actor("A Location or a HealthcareService: the times of its schedule."),
    "service-type": _service_type("Slot-service-type"),
    "start": Parameter(
        *("date", "starts", instants, _START, "With `ge`, `gt`, `le`, `lt`, `sa` or `eb`, also twice."),
        repeats=True,
        defined="Slot-start",
    ),
    "status": _constant("free", "http://hl7.org/fhir/slotstatus", "Slot-status"),
}
