"""The same as a file that a program can read (GDPR article 20): English names, instants by Danish clocks."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import orjson

from matching.own_data import OwnData, Row
from providers.clock import COPENHAGEN

_PLAN_FIELDS = (
    "case_reference",
    "plan_type",
    "level",
    "package_id",
    "discharge_date",
    "earliest_start",
    "received_on",
    "offer_date",
    "offer_recorded_on",
    "cannot_offer_recorded_on",
    "informed_at",
    "deferred_on",
    "state",
)


def own_data_file(data: OwnData, now: datetime) -> bytes:
    """A JSON document, indented, in UTF-8."""
    plan = {name: getattr(data.plan, name) for name in _PLAN_FIELDS}
    document = {
        "made_at": now,
        "controller": data.plan.municipality.official_name,
        "person": asdict(data.person),
        "contact": asdict(data.contact),
        "plan": plan | {"contents": asdict(data.contents) if data.contents else None},
        "codes": data.codes,
        "bookings": data.bookings,
        "events": data.events,
        "reports": [_with_body(report) for report in data.reports],
        "messages": data.messages,
        "asked_for": data.asked,
        "looks": [asdict(look) for look in data.looks],
        "kept_for": asdict(data.kept_for),
    }
    return orjson.dumps(_local(document), default=str, option=orjson.OPT_INDENT_2)


def _with_body(report: Row) -> dict[str, Any]:
    """What was sent, as the document that it is, where it is one."""
    try:
        body = orjson.loads(report["body"])
    except orjson.JSONDecodeError:
        body = report["body"] or None
    return {**report, "body": body}


def _local(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(COPENHAGEN).isoformat(timespec="seconds")
    if isinstance(value, dict):
        return {name: _local(inner) for name, inner in value.items()}
    return [_local(inner) for inner in value] if isinstance(value, list) else value
