"""Many new plans in a few statements, inside one transaction: plans, links, events, log, reports, arrivals."""

from collections.abc import Sequence

from matching.intake.items import Item
from matching.models import ArrivalState, Plan
from matching.states import PlanState
from providers.database import fetch

COLUMNS = {
    "id": "bigint",
    "message_id": "text",
    "municipality_id": "text",
    "case_reference": "text",
    "plan_type": "text",
    "level": "text",
    "package_id": "text",
    "discharge_date": "date",
    "earliest_start": "date",
    "received_on": "date",
    "offer_date": "date",
    "offer_recorded_on": "date",
    "state": "text",
    "citizen": "bytea",
    "cpr_digest": "text",
    "contents": "bytea",
    "residence_id": "text",
}
_ADD = f"""
INSERT INTO plan ({", ".join(COLUMNS)})
SELECT {", ".join(COLUMNS)}
FROM unnest({", ".join(f"${number}::{kind}[]" for number, kind in enumerate(COLUMNS.values(), 1))})
    AS w({", ".join(COLUMNS)})
ORDER BY w.municipality_id, w.message_id ON CONFLICT DO NOTHING RETURNING id
"""
_IDS = "SELECT nextval('plan_id_seq') AS id FROM generate_series(1, $1)"


async def add_plans(items: Sequence[Item]) -> list[Plan]:
    """Write the plans that are not there yet; their items are then `taken`. Equal messages make one plan.

    The order of the rows is the same for everybody, so that two who bring the same messages wait for each other and
    never stand in each other's way. Who comes second adds nothing.
    """
    numbers = await fetch(_IDS, len(items))
    plans = {record["id"]: _plan(item, record["id"]) for item, record in zip(items, numbers, strict=True)}
    values = [[getattr(plan, column) for plan in plans.values()] for column in COLUMNS]
    added = {record["id"] for record in await fetch(_ADD, *values)}
    for item, plan_id in zip(items, plans, strict=True):
        if plan_id in added:
            item.become(ArrivalState.TAKEN, plan_id)
    return [plan for plan_id, plan in plans.items() if plan_id in added]


def _plan(item: Item, plan_id: int) -> Plan:
    incoming, sealed = item.plan, item.sealed
    assert sealed is not None  # noqa: S101 - only readable items come here # nosec B101
    return Plan(
        id=plan_id,
        message_id=incoming.message_id,
        municipality_id=item.municipality,
        # Reports and invoices name the case by this, so it says nothing of the citizen.
        case_reference=incoming.case_reference or f"GOP-{plan_id}",
        plan_type=incoming.plan_type,
        level=incoming.level,
        package_id=incoming.package,
        discharge_date=incoming.discharge_date,
        earliest_start=incoming.earliest_start,
        received_on=incoming.received_on,
        offer_date=incoming.offer_date,
        offer_recorded_on=incoming.offered_on,
        state=PlanState.RECEIVED,
        citizen=sealed.citizen,
        cpr_digest=sealed.digest,
        contents=sealed.contents,
        residence_id=item.residence,
    )
