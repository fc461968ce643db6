"""What a report says. It holds no name, no CPR number and no code: the case reference is enough for the recipient."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from matching.cases import facts_of
from matching.models import CaseEvent, Plan
from matching.national_codes import NO_ACTIVITY_CODES, STOP_REASON_CODES, NoActivityReason, StopReason
from matching.plan_facts import Basis
from matching.rights import guarantee_deadline
from providers.clock import COPENHAGEN, local_date
from providers.database import fetch_one

_BOOKING = """
SELECT b.id AS booking_id, b.moved_from_id, b.basis, b.state, t.starts_at, t.minutes, t.mode,
       s.name AS site_name, s.street, s.postal_code_id AS postal_code, z.name AS postal_name,
       p.name AS provider_name, p.cvr, p.sor
FROM booking b JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
JOIN postal_code z ON z.code = s.postal_code_id JOIN provider p ON p.id = s.provider_id
WHERE b.id = $1
"""

# The national reason why nothing happened at the municipality within seven days (KL's value set).
_STATUS_REASON = {
    Basis.EXTENDED: NoActivityReason.FREE_CHOICE,
    Basis.OTHER_MUNICIPALITY: NoActivityReason.OTHER_MUNICIPALITY,
}


async def report_body(message_id: UUID, event: CaseEvent, plan: Plan) -> bytes:
    """The JSON bytes of one report; they are stored and sent exactly so, at every attempt."""
    booking = await fetch_one(_BOOKING, event.booking_id) if event.booking_id else None
    deadline = guarantee_deadline(facts_of(plan, []))
    body: dict[str, Any] = {
        "message_id": str(message_id),
        "case_reference": plan.case_reference,
        "sequence": event.sequence,
        "event": event.kind,
        "event_time": _local(event.at),
        "plan_type": plan.plan_type.value,
        "level": plan.level.value if plan.level else None,
        "package": plan.package_id,
        "guarantee_date": deadline.isoformat(),
        "booking": None,
        "stop_reason": _stop_reason(event.reason),
    }
    if booking is not None:
        body["booking"] = {
            "id": str(booking["booking_id"]),
            "replaces": str(booking["moved_from_id"]) if booking["moved_from_id"] else None,
            "state": booking["state"],
            "basis": booking["basis"],
            "first_contact": _local(booking["starts_at"]),
            "minutes": booking["minutes"],
            "mode": booking["mode"],
            "days_to_guarantee": (deadline - local_date(booking["starts_at"])).days,
            "status_reason": _status_reason(Basis(booking["basis"])),
            "provider": {"name": booking["provider_name"], "cvr": booking["cvr"], "sor": booking["sor"]},
            "site": {
                "name": booking["site_name"],
                "address": f"{booking['street']}, {booking['postal_code']} {booking['postal_name']}",
            },
        }
    return orjson.dumps(body)


def _local(moment: datetime) -> str:
    return moment.astimezone(COPENHAGEN).isoformat(timespec="seconds")


def _status_reason(basis: Basis) -> dict[str, str] | None:
    reason = _STATUS_REASON.get(basis)
    if reason is None:
        return None
    national = NO_ACTIVITY_CODES[reason]
    return {"code": national.code, "display": national.display}


def _stop_reason(reason: str | None) -> dict[str, str] | None:
    if reason is None:
        return None
    national = STOP_REASON_CODES[StopReason(reason)]
    return {"code": national.code, "display": national.display}
