"""The class of an encounter: where or how people met."""

from matching.national_codes import SCREEN_VISIT_CODE, SYSTEM
from matching.reports.formats.fhir import ACT_CODE, Resource, coding
from providers.models import SlotMode


def class_of(mode: SlotMode) -> Resource:
    """`Encounter.class` of a contact in this way."""
    if mode is SlotMode.DIGITAL:
        return coding(SYSTEM, SCREEN_VISIT_CODE.code, SCREEN_VISIT_CODE.display)
    return coding(ACT_CODE, "HH" if mode is SlotMode.HOME else "AMB")
