"""The days of a message, held against each other: a clock that starts on a wrong day takes a right away."""

from dataclasses import dataclass
from datetime import date, timedelta

from matching.intake.draft import Draft
from matching.intake.findings import Finding, Problem
from providers.written import parse_day

LAW_BEGINS = date(2018, 7, 1)
"""The free choice of a private provider holds for discharges from this day on (Sundhedsloven § 140)."""

# Our own measures of what cannot be meant; no source sets any.
_PLANNED = timedelta(days=60)
_OLD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Days:
    """The local days of a plan that make sense together."""

    discharge: date
    received: date
    earliest_start: date | None
    offer: date | None
    offered: date | None


def days_of(draft: Draft, today: date) -> Days | None:
    """The days, None when the clock cannot be started; `draft.findings` then says why."""
    received = min(_day(draft, draft.received, "modtaget") or today, today)
    discharge = _day(draft, draft.discharge, "udskrivningsdato")
    if fault := _fault(discharge, received, today, draft):
        draft.findings.append(fault)
    if discharge is None or fault:
        return None
    if discharge > today:
        draft.findings.append(Finding(Problem.DISCHARGE_TO_COME))
    if today - received > _OLD:
        draft.findings.append(Finding(Problem.RECEIVED_LONG_AGO))
    offer = _later(draft, draft.offer, "tilbudt dato", discharge)
    offered = min(_day(draft, draft.offered, "tilbud givet") or today, today) if offer else None
    return Days(discharge, received, _later(draft, draft.earliest_start, "tidligste start", discharge), offer, offered)


def _fault(discharge: date | None, received: date, today: date, draft: Draft) -> Finding | None:
    """Why the plan cannot have been discharged on that day."""
    if discharge is None:
        # A day that is there and cannot be read has been named already.
        return None if draft.discharge else Finding(Problem.DISCHARGE_MISSING)
    if discharge < LAW_BEGINS:
        return Finding(Problem.DISCHARGE_BEFORE_LAW)
    if discharge - today > _PLANNED:
        return Finding(Problem.DISCHARGE_AHEAD)
    return Finding(Problem.DISCHARGE_LONG_AGO) if received - discharge > _OLD else None


def _later(draft: Draft, text: str, place: str, discharge: date) -> date | None:
    """A day that only makes sense between the discharge and a year after it; any other is left out."""
    day = _day(draft, text, place)
    if day is None or discharge <= day <= discharge + _OLD:
        return day
    draft.findings.append(Finding(Problem.DATE_LEFT_OUT, place))
    return None


def _day(draft: Draft, text: str, place: str) -> date | None:
    """The day that stands there; one that cannot be read stops the plan, for nobody knows what was meant."""
    if not text.strip():
        return None
    try:
        return parse_day(text)
    except (ValueError, OverflowError):
        draft.findings.append(Finding(Problem.DATE_UNREADABLE, place))
        return None
