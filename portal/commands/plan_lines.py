"""A plan that came in, on one line."""

from collections.abc import Sequence
from datetime import date

from matching.intake.directory import Directory
from matching.intake.findings import Finding
from matching.intake.incoming import IncomingPlan, Reading
from matching.intake.texts import without_cpr
from matching.rights import guarantee_deadline, offer_kept
from portal.language import language
from portal.presenting.findings import say_faults, say_notes

_KEPT = {None: "no offer", True: "kept", False: "not kept"}
ENGLISH = language("en")


def plan_line(
    file: str, reading: Reading, findings: Sequence[Finding], state: str, municipality: str | None, directory: Directory
) -> str:
    """Message id, municipality, type and level, discharge, offer, guarantee date, kept or not, state; or why not."""
    name = without_cpr(reading.message_id or file)
    if faults := say_faults(findings, ENGLISH):
        place = f" ({without_cpr(file)})" if reading.message_id else ""
        return f"✗ {name}{place}: {' '.join(faults)}"
    assert reading.plan is not None  # noqa: S101 - a plan without faults is there # nosec B101
    parts = [f"✓ {name}", _place(municipality, directory), *_facts(reading.plan), state]
    return "  ".join(parts) + "".join(f"  · {note}" for note in say_notes(findings, ENGLISH))


def _place(code: str | None, directory: Directory) -> str:
    return f"{code} {directory.names[code]}" if code else "municipality ?"


def _facts(plan: IncomingPlan) -> list[str]:
    level = f", {plan.level.value}" if plan.level else ""
    return [
        plan.plan_type.value + level,
        f"discharge {plan.discharge_date}",
        f"offer {_day(plan.offer_date)}",
        f"guarantee {guarantee_deadline(plan.facts)}",
        _KEPT[offer_kept(plan.facts)],
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else "–"
