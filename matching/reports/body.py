"""What a report says. It holds no name, no CPR number and no code: the case reference is enough for the recipient."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from matching.cases import facts_of
from matching.course_codes import CannotReceive
from matching.models import CaseEvent, Plan
from matching.national_codes import NO_ACTIVITY_CODES, STOP_REASON_CODES, NoActivityReason, StopReason
from matching.plan_facts import Basis
from matching.rights import guarantee_deadline
from matching.states import CURRENT, BookingState, PlanState
from providers.clock import COPENHAGEN, local_date
from providers.database import fetch_one
from providers.weeks import is_whole_week

_BOOKING = """
SELECT b.id AS booking_id, b.moved_from_id, b.basis, b.state, t.starts_at, t.minutes, t.mode,
       s.name AS site_name, s.street, s.postal_code_id AS postal_code, z.name AS postal_name,
       p.name AS provider_name, p.cvr, p.sor
FROM booking b JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
JOIN postal_code z ON z.code = s.postal_code_id JOIN provider p ON p.id = s.provider_id
WHERE b.id = $1
"""

# The national reason why nothing happened at the municipality within seven days (KL's value set).
_CHOSEN = {
    Basis.EXTENDED: NoActivityReason.FREE_CHOICE,
    Basis.OTHER_MUNICIPALITY: NoActivityReason.OTHER_MUNICIPALITY,
}

CONTACT_HELD = "contact_held"
"""The kind of the event that tells of a contact after the first one."""

_BEGUN = frozenset({PlanState.STARTED, PlanState.COMPLETED, PlanState.STOPPED})


async def report_body(message_id: UUID, event: CaseEvent, plan: Plan) -> bytes:
    """The JSON bytes of one report: a webhook gets exactly these, other formats are made of them."""
    booking = await fetch_one(_BOOKING, event.booking_id) if event.booking_id else None
    replaced = await fetch_one(_BOOKING, booking["moved_from_id"]) if booking and booking["moved_from_id"] else None
    deadline = guarantee_deadline(facts_of(plan, []))
    body: dict[str, Any] = {
        "message_id": str(message_id),
        "case_reference": plan.case_reference,
        "sequence": event.sequence,
        "event": event.kind,
        "event_time": _local(event.at),
        "plan_type": plan.plan_type.value,
        "plan_state": plan.state.value,
        "level": plan.level.value if plan.level else None,
        "package": plan.package_id,
        "received_on": plan.received_on.isoformat(),
        "discharge_date": plan.discharge_date.isoformat(),
        "offer_date": plan.offer_date.isoformat() if plan.offer_date else None,
        "guarantee_date": deadline.isoformat(),
        "status_reason": _coded(no_activity_reason(plan, booking)),
        "stop_reason": _stop_reason(event.reason),
        "clinic_reason": event.reason if event.reason in set(CannotReceive) else None,
        "contact": _held(event) if event.kind == CONTACT_HELD else None,
        "booking": None,
    }
    if booking is not None:
        body["booking"] = {
            **_contact(booking),
            "replaces": str(booking["moved_from_id"]) if booking["moved_from_id"] else None,
            "replaced": _contact(replaced) if replaced else None,
            "days_to_guarantee": (deadline - local_date(booking["starts_at"])).days,
            "status_reason": _coded(_CHOSEN.get(Basis(booking["basis"]))),
            "site": {
                "name": booking["site_name"],
                "address": f"{booking['street']}, {booking['postal_code']} {booking['postal_name']}",
            },
        }
    return orjson.dumps(body)


def no_activity_reason(plan: Plan, booking: dict[str, Any] | None) -> NoActivityReason | None:
    """The national reason why nothing has begun at the municipality; None when something has or nothing explains it."""
    if plan.state is PlanState.ERROR:
        return NoActivityReason.ERROR
    if plan.state in _BEGUN:
        return None
    if booking is not None and BookingState(booking["state"]) in CURRENT:
        return _CHOSEN.get(Basis(booking["basis"]))
    if plan.deferred_on is not None:
        return NoActivityReason.FREE_CHOICE_DECLINED
    later = plan.earliest_start is not None and plan.earliest_start > plan.discharge_date
    return NoActivityReason.POSTPONED if later else None


def _contact(booking: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(booking["booking_id"]),
        "state": booking["state"],
        "basis": booking["basis"],
        "first_contact": _local(booking["starts_at"]),
        "whole_week": is_whole_week(booking["starts_at"]),
        "minutes": booking["minutes"],
        "mode": booking["mode"],
        "provider": {"name": booking["provider_name"], "cvr": booking["cvr"], "sor": booking["sor"]},
    }


def _local(moment: datetime) -> str:
    return moment.astimezone(COPENHAGEN).isoformat(timespec="seconds")


def _held(event: CaseEvent) -> dict[str, Any]:
    """A contact that was carried out: when it began, how long it was, and what was done in what way."""
    told = {name: after for name, (_, after) in (event.changes or {}).items()}
    return {
        "starts_at": _local(datetime.fromisoformat(str(told["starts_at"]))),
        "minutes": int(str(told["minutes"])),
        "mode": told["mode"],
        "intervention": told["intervention"],
    }


def _coded(reason: NoActivityReason | None) -> dict[str, str] | None:
    if reason is None:
        return None
    national = NO_ACTIVITY_CODES[reason]
    return {"code": national.code, "display": national.display}


def _stop_reason(reason: str | None) -> dict[str, str] | None:
    if reason is None or reason in set(CannotReceive):
        return None
    national = STOP_REASON_CODES[StopReason(reason)]
    return {"code": national.code, "display": national.display}
