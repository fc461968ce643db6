"""From what is published to FHIR's resources. What has no value is left out when they are written."""

from datetime import timedelta

from matching.national_codes import PLAN_CODE
from matching.published.places import Organisation, Place
from matching.published.services import Calendar, Service
from matching.published.times import FreeTime
from matching.reports.formats.fhir import SOR, Resource, coding, concept, identifier, instant, national
from portal.fhir.codes import (
    CVR,
    GLN,
    LANGUAGE,
    PROVISION,
    TIME,
    Frame,
    delivered,
    facility_concepts,
    kind_concept,
    mode_concept,
    way_concepts,
)
from portal.presenting.links import web_link
from portal.presenting.words import FACT_WORDS
from providers.clock import local_date
from providers.weeks import is_whole_week

_WEEK = "Stedet ringer og aftaler dag og klokkeslæt i uge {week}. Det er tidspunktet her senest."


def organization(row: Organisation, frame: Frame) -> Resource:
    numbers = ((SOR, row.sor), (CVR, row.cvr), (GLN, row.gln))
    return {
        "identifier": [identifier(system, number) for system, number in numbers if number],
        "active": True,
        "type": [kind_concept(row.kind)],
        "name": row.name,
    }


def location(row: Place, frame: Frame) -> Resource:
    web = web_link(row.web)
    return {
        "status": "active",
        "name": row.name,
        "description": f"Telefontid: {row.phone_hours}" if row.phone_hours else None,
        "mode": "instance",
        "telecom": [
            *([{"system": "phone", "value": row.phone, "use": "work"}] if row.phone else []),
            *([{"system": "url", "value": web.href, "use": "work"}] if web else []),
        ],
        "address": {
            "use": "work",
            "type": "physical",
            "text": f"{row.street}, {row.postal_code} {row.city}",
            "line": [row.street],
            "city": row.city,
            "postalCode": row.postal_code,
            "country": "DK",
        },
        "position": {"longitude": row.longitude, "latitude": row.latitude},
        "managingOrganization": _reference("Organization", row.provider, row.provider_name),
    }


def healthcare_service(row: Service, frame: Frame) -> Resource:
    service = delivered(row.package_level, frame.catalogue)
    facts = [fact for fact in FACT_WORDS if getattr(row, fact)]
    return {
        "active": True,
        "providedBy": _reference("Organization", row.provider, row.provider_name),
        "category": [national(PLAN_CODE)],
        "type": [service.json],
        "location": [_reference("Location", row.site, row.site_name)],
        "name": f"{service.words}: {row.site_name}",
        # Nobody is ever charged (Sundhedsloven § 140).
        "serviceProvisionCode": [concept(coding(PROVISION, "free", "Free"))],
        "eligibility": [{"code": code} for way in row.ways for code in way_concepts(way, frame.catalogue)],
        "characteristic": [*facility_concepts(facts), *map(mode_concept, row.modes or ())],
        "communication": [concept(coding(LANGUAGE, code)) for code in row.languages],
        "appointmentRequired": True,
    }


def schedule(row: Calendar, frame: Frame) -> Resource:
    services = [
        _reference("HealthcareService", f"{row.number}-{level}", delivered(level, frame.catalogue).words)
        for level in row.package_levels
    ]
    return {
        "active": True,
        "serviceType": [delivered(level, frame.catalogue).json for level in row.package_levels],
        "actor": [_reference("Location", row.number, row.site_name), *services],
        "planningHorizon": {"end": instant(row.last_free)} if row.last_free else None,
    }


def slot(row: FreeTime, frame: Frame) -> Resource:
    """A week without an hour is tagged as such, and begins when it does at the latest."""
    whole_week = is_whole_week(row.starts_at)
    return {
        "meta": {"tag": [coding(TIME, "whole-week", "Uge uden klokkeslæt")]} if whole_week else None,
        "serviceCategory": [mode_concept(row.mode)],
        "serviceType": [delivered(level, frame.catalogue).json for level in row.package_levels],
        "schedule": _reference("Schedule", row.site),
        "status": "free",
        "start": instant(row.starts_at),
        "end": instant(row.starts_at + timedelta(minutes=row.minutes)),
        "comment": _WEEK.format(week=local_date(row.starts_at).isocalendar().week) if whole_week else None,
    }


def _reference(kind: str, number: int | str, display: str | None = None) -> Resource:
    return {"reference": f"{kind}/{number}", "display": display}
