"""The kinds of resources, all that the routes and the CapabilityStatement must know of each, said once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from matching.published.listing import Asked, Listing
from matching.published.places import ORGANISATIONS, ORGANISATIONS_NAMED, PLACES, PLACES_NAMED, PLACES_NEAR
from matching.published.services import CALENDARS, SERVICES, SERVICES_NEAR
from matching.published.times import FREE_TIMES
from matching.reports.formats.fhir import Resource
from portal.fhir import parameters, resources
from portal.fhir.codes import Frame
from portal.fhir.parameters import Parameters


@dataclass(frozen=True, eq=False, slots=True)
class Kind:
    """`near` is the listing in order of distance, `named` that in order of names; `numbers` the fields of a row that
    its id is made of.

    `mandatory` and `summary` are the elements that FHIR has in every form, and in the short one, of those we send.
    """

    name: str
    about: str
    listing: Listing[Any]
    drawn: Callable[[Any, Frame], Resource]
    parameters: Parameters
    summary: frozenset[str]
    mandatory: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ("number",)
    near: Listing[Any] | None = None
    named: Listing[Any] | None = None

    def listing_for(self, asked: Asked) -> Listing[Any]:
        """In the order in which what is asked for is found soonest."""
        if self.near and "near" in asked:
            return self.near
        return self.named if self.named and "names" in asked else self.listing

    def id_of(self, row: Any) -> str:
        """The resource's id: `12`, or `12-4`."""
        return "-".join(str(getattr(row, field)) for field in self.numbers)

    def resource(self, row: Any, frame: Frame) -> Resource:
        """The whole resource; one that is invented says so."""
        tag = {"system": _ACT_REASON, "code": "HTEST", "display": "test health data"}
        meta = {"meta": {"tag": [tag]}} if frame.demo else {}
        return {"resourceType": self.name, "id": self.id_of(row), **meta, **self.drawn(row, frame)}


_ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"

ORGANIZATION = Kind(
    name="Organization",
    about="Who delivers: municipalities' own institutions and private providers, by CVR, SOR and GLN number.",
    listing=ORGANISATIONS,
    named=ORGANISATIONS_NAMED,
    drawn=resources.organization,
    parameters=parameters.ORGANIZATION,
    summary=frozenset({"identifier", "active", "type", "name"}),
)
LOCATION = Kind(
    name="Location",
    about="The sites that can be booked.",
    listing=PLACES,
    near=PLACES_NEAR,
    named=PLACES_NAMED,
    drawn=resources.location,
    parameters=parameters.LOCATION,
    summary=frozenset({"status", "name", "description", "mode", "managingOrganization"}),
)
HEALTHCARE_SERVICE = Kind(
    name="HealthcareService",
    about="What a site is approved for: one package at one level, with the bases on which it can be chosen.",
    listing=SERVICES,
    near=SERVICES_NEAR,
    drawn=resources.healthcare_service,
    parameters=parameters.HEALTHCARE_SERVICE,
    summary=frozenset({"active", "providedBy", "category", "type", "location", "name"}),
    numbers=("site", "package_level"),
)
SCHEDULE = Kind(
    name="Schedule",
    about="The calendar of a site, with all that it delivers.",
    listing=CALENDARS,
    drawn=resources.schedule,
    parameters=parameters.SCHEDULE,
    summary=frozenset({"active", "serviceType", "actor", "planningHorizon"}),
    mandatory=frozenset({"actor"}),
)
SLOT = Kind(
    name="Slot",
    about="A first contact that is free; its id is the `slot_id` of `POST /api/v1/bookings`. `serviceType` says what "
    "it may be given for. The soonest come first.",
    listing=FREE_TIMES,
    drawn=resources.slot,
    parameters=parameters.SLOT,
    summary=frozenset({"serviceCategory", "serviceType", "schedule", "status", "start", "end"}),
    mandatory=frozenset({"schedule", "status", "start", "end"}),
)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (ORGANIZATION, LOCATION, HEALTHCARE_SERVICE, SCHEDULE, SLOT)}
