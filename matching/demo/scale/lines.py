"""The rows of one case, each a line for COPY."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

import orjson

from matching.citizens import cpr_digest, seal_citizen
from matching.codes import parse_access_code, parse_code
from matching.demo.draft import CASEWORKER
from matching.demo.people import living_at, person
from matching.demo.plans import MESSAGE_PREFIX
from matching.demo.scale.drawn import DrawnCase, Happening
from matching.demo.secret import access_code, course_code, identifier
from matching.models import ReportState
from matching.plan_facts import Basis, PlanType
from matching.policy import Policy
from providers.clock import COPENHAGEN, start_of_day
from providers.reference.catalogue import PostalCodeEntry
from providers.vault import Vault

PLAN = (
    *("id", "message_id", "municipality_id", "case_reference", "plan_type", "level", "package_id", "discharge_date"),
    *("received_on", "cannot_offer_recorded_on", "informed_at", "code_issued_on", "state", "citizen", "cpr_digest"),
)
COURSE_CODE = ("plan_id", "digest", "access_digest", "issued_at", "expires_at")
BOOKING = ("id", "plan_id", "slot_id", "basis", "state", "created_at")
CASE_EVENT = ("id", "plan_id", "sequence", "kind", "at", "actor", "booking_id", "reason")
REPORT = (
    *("id", "event_id", "plan_id", "sequence", "body", "state"),
    *("attempts", "next_at", "answer", "created_at", "delivered_at"),
)

_NONE = r"\N"
_LIFE = Policy().code_life
_NOON = time(12)
_BASES = {"municipal": Basis.OWN, "contract": Basis.CONTRACT, "extended": Basis.EXTENDED}


@dataclass(frozen=True, slots=True)
class Writer:
    """`places`: the postal code from which each municipality's citizens come; `levels`: package and level by number."""

    seed: bytes
    vault: Vault
    now: datetime
    places: Mapping[str, PostalCodeEntry]
    levels: Mapping[int, tuple[str, str]]

    def plan(self, plan_id: int, case: DrawnCase) -> str:
        citizen = living_at(person(self.seed, case.number), self.places[case.municipality], case.number)
        package, level = self.levels[case.package_level_id] if case.package_level_id else (_NONE, _NONE)
        informed = self._at(case.discharged) if case.events else _NONE
        # What is sealed is plain ASCII without a backslash, which COPY and bytea both take as it is.
        sealed = seal_citizen(citizen, self.vault).decode("ascii")
        return (
            f"{plan_id}\t{MESSAGE_PREFIX}{case.number:04}\t{case.municipality}\tDEMO-{case.number:04}"
            f"\t{PlanType.GENERAL.value}\t{level}\t{package}\t{case.discharged}\t{case.discharged}"
            f"\t{case.cannot_offer_on or _NONE}\t{informed}\t{case.discharged if case.events else _NONE}"
            f"\t{case.state.value}\t{sealed}\t{cpr_digest(citizen.cpr, self.vault)}"
        )

    def code(self, plan_id: int, case: DrawnCase) -> str:
        """The same codes as a demo's plan of that number has."""
        code = self.vault.digest("course_code", parse_code(course_code(self.seed, case.number, 0)))
        access = self.vault.digest("access_code", parse_access_code(access_code(self.seed, case.number, 0)))
        issued = start_of_day(case.discharged)
        return f"{plan_id}\t{code}\t{access}\t{issued}\t{issued + _LIFE}"

    def booking(self, plan_id: int, case: DrawnCase) -> Iterator[str]:
        """One line, or none for a case without a booking."""
        if case.seat and case.booking:
            basis = _BASES[case.seat.kind]
            made = self._at(next(event.day for event in case.events if event.of_booking))
            yield f"{self._booking_id(case)}\t{plan_id}\t{case.seat.slot_id}\t{basis}\t{case.booking.value}\t{made}"

    def event(self, event_id: int, plan_id: int, sequence: int, case: DrawnCase) -> str:
        event = case.events[sequence - 1]
        booking = self._booking_id(case) if event.of_booking else _NONE
        reason = event.reason.value if event.reason else _NONE
        at = self._at(event.day)
        return f"{event_id}\t{plan_id}\t{sequence}\t{event.kind}\t{at}\t{CASEWORKER}\t{booking}\t{reason}"

    def report(self, event_id: int, plan_id: int, sequence: int, case: DrawnCase) -> str:
        """Delivered long ago, and shorter than a real one."""
        event, message_id = case.events[sequence - 1], identifier(self.seed, f"report:{case.number}:{sequence}")
        body, at = _body(message_id, sequence, case, event), self._at(event.day)
        delivered = ReportState.DELIVERED.value
        return f"{message_id}\t{event_id}\t{plan_id}\t{sequence}\t{body}\t{delivered}\t1\t{at}\tdemo\t{at}\t{at}"

    def _booking_id(self, case: DrawnCase) -> UUID:
        return identifier(self.seed, f"booking:{case.number}:0")

    def _at(self, day: date) -> datetime:
        """Noon of the day, but never after now."""
        return min(datetime.combine(day, _NOON, COPENHAGEN), self.now)


def _body(message_id: UUID, sequence: int, case: DrawnCase, event: Happening) -> str:
    body = {
        "message_id": message_id,
        "case_reference": f"DEMO-{case.number:04}",
        "sequence": sequence,
        "event": event.kind,
        "event_time": event.day,
    }
    return orjson.dumps(body).decode()
