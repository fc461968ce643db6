"""What is wrong with a message, or worth knowing of it: a code for programs, and words for people in `words.py`.

A finding never holds a name, a CPR number or the hospital's words: it names the place, and people look there.
"""

from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    """The first group stops a plan from being taken in; the second is only told."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_FORMAT = "unknown_format"
    XML_BROKEN = "xml_broken"
    XML_UNSAFE = "xml_unsafe"
    JSON_BROKEN = "json_broken"
    NOT_A_BUNDLE = "not_a_bundle"
    NO_PLAN = "no_plan"
    PLAN_WITHDRAWN = "plan_withdrawn"
    COLUMN_MISSING = "column_missing"
    ROW_BROKEN = "row_broken"
    MESSAGE_ID_MISSING = "message_id_missing"
    MESSAGE_ID_TOO_LONG = "message_id_too_long"
    CPR_MISSING = "cpr_missing"
    CPR_WRONG = "cpr_wrong"
    PLAN_TYPE_MISSING = "plan_type_missing"
    PLAN_TYPE_UNKNOWN = "plan_type_unknown"
    DISCHARGE_MISSING = "discharge_missing"
    DATE_UNREADABLE = "date_unreadable"
    DISCHARGE_AHEAD = "discharge_ahead"
    DISCHARGE_LONG_AGO = "discharge_long_ago"
    DISCHARGE_BEFORE_LAW = "discharge_before_law"
    MUNICIPALITY_MISSING = "municipality_missing"
    CITIZEN_DIFFERS = "citizen_differs"
    CASE_CLOSED = "case_closed"
    FAULT_OF_OURS = "fault_of_ours"

    ENCODING_CORRECTED = "encoding_corrected"
    MUNICIPALITY_UNKNOWN = "municipality_unknown"
    ADDRESSED_ELSEWHERE = "addressed_elsewhere"
    LIVES_ELSEWHERE = "lives_elsewhere"
    NAME_MISSING = "name_missing"
    REPLACEMENT_NUMBER = "replacement_number"
    BIRTH_DIFFERS = "birth_differs"
    LEVEL_NOT_FOR_TYPE = "level_not_for_type"
    LEVEL_UNKNOWN = "level_unknown"
    PACKAGE_UNKNOWN = "package_unknown"
    DISCHARGE_TO_COME = "discharge_to_come"
    RECEIVED_LONG_AGO = "received_long_ago"
    DATE_LEFT_OUT = "date_left_out"
    START_DEADLINE = "start_deadline"
    REFERENCE_LEFT_OUT = "reference_left_out"
    ATTACHMENT_LEFT_OUT = "attachment_left_out"
    EARLIER_PLAN_UNKNOWN = "earlier_plan_unknown"
    SEVERAL_PLANS = "several_plans"
    DECISION_KEPT = "decision_kept"

    @property
    def stops(self) -> bool:
        """Whether a plan with this problem cannot be taken in."""
        return self in _STOPPING


_STOPPING = frozenset(list(Problem)[: list(Problem).index(Problem.ENCODING_CORRECTED)])


@dataclass(frozen=True, slots=True)
class Finding:
    """`place`: a field, a column, a line, a municipality's code or an organisation's number."""

    problem: Problem
    place: str = ""
