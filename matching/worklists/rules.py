"""Which case is on which list: one table, and nothing else decides it.

Each rule is SQL about a plan `p`. `day` is the day by which its list is ordered, and `due` lies `days` after it; the
plans of `which` stand in an index of their own (migration 0029), in that order, so that a page costs the same however
many there are. `$2` is today. What other tables know of trouble comes from `genvej_troubled_plans` as `t`.

The order of the tasks is how urgent they are: first where a right has arisen that the citizen cannot use or does not
know of (Sundhedsloven § 140 stk. 4), then where it is about to arise, then the duty to inform, then cases that have
come back, and at last what binds nobody to a day.
"""

from dataclasses import dataclass
from enum import StrEnum


class Task(StrEnum):
    """In the order of urgency."""

    ASSESS_LATE = "assess_late"
    TELL_CHOICE = "tell_choice"
    OFFER_NOW = "offer_now"
    OFFER_LATE = "offer_late"
    INFORM = "inform"
    HANDED_ON = "handed_on"
    REFUSED = "refused"
    CANNOT_RECEIVE = "cannot_receive"
    CANCELLED = "cancelled_by_provider"
    SUSPENDED = "suspended"
    CALL_OVERDUE = "call_overdue"
    ASSESS = "assess"
    CODE_IDLE = "code_idle"
    REPORT_FAILED = "report_failed"
    BESIDE_ANOTHER = "beside_another"
    FROM_ELSEWHERE = "from_elsewhere"


URGENT = (Task.ASSESS_LATE, Task.TELL_CHOICE, Task.OFFER_NOW)
"""Those in which somebody's right is at stake today."""

LEGAL = (*URGENT, Task.OFFER_LATE, Task.INFORM, Task.ASSESS)
"""Those whose day is a deadline of the law; the others' is when it began."""

_START = "greatest(p.discharge_date, p.earliest_start)"
_ASSESSED = "p.state = 'assessed' AND p.plan_type = 'general'"
_UNASSESSED = "p.state IN ('received', 'handed_back') AND p.plan_type = 'general'"
_NOTHING_SAID = "p.offer_date IS NULL AND p.cannot_offer_recorded_on IS NULL"
_BY_US = f"(p.offer_date > {_START} + 7 OR (p.offer_date IS NULL AND p.cannot_offer_recorded_on IS NOT NULL))"
_UNINFORMED = (
    "p.informed_at IS NULL AND p.state IN ('received', 'assessed', 'handed_back', 'booked') AND p.plan_type = 'general'"
)
_UNUSED = (
    f"{_ASSESSED} AND p.code_issued_on IS NOT NULL AND NOT EXISTS (SELECT FROM audit_entry e WHERE e.plan_id = p.id"
    " AND e.action = 'code_entered' AND e.result = 'ok'"
    " AND e.at >= p.code_issued_on::timestamp AT TIME ZONE 'Europe/Copenhagen')"
)
_PASSED, _AHEAD = f"{_START} < $2::date - 7", f"{_START} >= $2::date - 7"


@dataclass(frozen=True, slots=True)
class Rule:
    """`when` bounds the day. A rule without `day` is about trouble."""

    task: Task
    which: str = "true"
    when: str = "true"
    day: str = "t.since"
    days: int = 0

    @property
    def rank(self) -> int:
        return list(Task).index(self.task)

    @property
    def is_trouble(self) -> bool:
        return self.day == "t.since"


RULES = (
    Rule(Task.ASSESS_LATE, _UNASSESSED, _PASSED, _START, 7),
    Rule(Task.TELL_CHOICE, f"{_ASSESSED} AND p.choice_told_on IS NULL AND {_NOTHING_SAID}", _PASSED, _START, 7),
    Rule(Task.TELL_CHOICE, f"{_ASSESSED} AND p.choice_told_on IS NULL AND {_BY_US}", "true", _START, 7),
    Rule(
        Task.OFFER_NOW,
        f"{_ASSESSED} AND {_NOTHING_SAID} AND p.deferred_on IS NULL",
        f"{_AHEAD} AND {_START} <= $2::date - 6",
        _START,
        7,
    ),
    Rule(Task.OFFER_LATE, f"{_ASSESSED} AND {_NOTHING_SAID} AND p.deferred_on IS NULL", _PASSED, _START, 7),
    Rule(Task.INFORM, _UNINFORMED, "true", "p.received_on", 4),
    Rule(
        Task.HANDED_ON,
        "p.link = 'handed_on' AND p.caseworker_id IS NULL AND p.state IN ('received', 'assessed', 'booked')",
        "true",
        "p.received_on",
    ),
    Rule(Task.REFUSED),
    Rule(Task.CANNOT_RECEIVE),
    Rule(Task.CANCELLED),
    Rule(Task.SUSPENDED),
    Rule(Task.CALL_OVERDUE),
    Rule(Task.ASSESS, _UNASSESSED, _AHEAD, _START, 7),
    Rule(Task.CODE_IDLE, _UNUSED, "p.code_issued_on <= $2::date - 7", "p.code_issued_on", 7),
    Rule(Task.REPORT_FAILED),
    Rule(
        Task.BESIDE_ANOTHER,
        "p.state = 'received' AND p.link IS NOT NULL AND p.link <> 'handed_on'",
        "true",
        "p.received_on",
    ),
    Rule(Task.FROM_ELSEWHERE, "p.state = 'received' AND p.residence_id <> p.municipality_id", "true", "p.received_on"),
)
