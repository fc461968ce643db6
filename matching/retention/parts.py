"""Which rows of a kind are due, and the statement that makes them forget."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType

from matching.retention.figures import LAST_DAY
from matching.retention.kinds import RetentionKind
from matching.states import PlanState

_CLOSED = frozenset({PlanState.COMPLETED, PlanState.STOPPED, PlanState.ERROR})


@dataclass(frozen=True, slots=True)
class Part:
    """`due`: SQL for the ids of the municipality $1 that are older than the instant $2. `forget`: of those in $1.

    Without `forget` it takes more than a statement (`matching.retention.forgetting`).
    """

    due: str
    forget: str = ""


def _cases(states: Set[PlanState]) -> Part:
    words = ", ".join(f"'{state.value}'" for state in sorted(states))
    day = "($2::timestamptz AT TIME ZONE 'Europe/Copenhagen')::date"
    return Part(
        "SELECT p.id FROM plan p"
        f" WHERE p.municipality_id = $1 AND p.received_on < {day} AND p.state IN ({words}) AND {LAST_DAY} < {day}"
    )


def _rows(table: str, condition: str, forget: str = "DELETE FROM {table} WHERE id = ANY ($1::{type}[])") -> Part:
    """Of a municipality's cases."""
    id_type = "uuid" if table in {"message", "report"} else "bigint"
    return Part(
        f"SELECT x.id FROM {table} x JOIN plan p ON p.id = x.plan_id WHERE p.municipality_id = $1 AND {condition}",
        forget.format(table=table, type=id_type),
    )


_OVER = "x.state <> 'queued' AND coalesce(x.sent_at, x.next_at) < $2"
_FORGET_ARRIVALS = """
WITH unlinked AS (DELETE FROM arrival WHERE raw_message_id = ANY ($1::bigint[]))
DELETE FROM raw_message WHERE id = ANY ($1::bigint[])
"""

OF_MUNICIPALITIES: Mapping[RetentionKind, Part] = MappingProxyType(
    {
        RetentionKind.CASE: _cases(_CLOSED),
        RetentionKind.SILENT_CASE: _cases(frozenset(PlanState) - _CLOSED),
        RetentionKind.CODE: _rows("course_code", "least(x.expires_at, x.revoked_at) < $2"),
        RetentionKind.REPORT: _rows(
            "report",
            "x.state NOT IN ('queued', 'sent') AND octet_length(x.body) > 0"
            " AND coalesce(x.delivered_at, x.next_at) < $2",
            "",
        ),
        RetentionKind.REQUEST_KEY: _rows("idempotency_key", "x.created_at < $2"),
        RetentionKind.MESSAGE: _rows("message", _OVER),
        RetentionKind.ARRIVAL: Part(
            "SELECT x.id FROM raw_message x WHERE x.municipality_id = $1 AND x.received_at < $2", _FORGET_ARRIVALS
        ),
        RetentionKind.ANSWER: Part(
            "SELECT x.id FROM inbound_message x WHERE x.municipality_id = $1 AND x.received_at < $2",
            "DELETE FROM inbound_message WHERE id = ANY ($1::bigint[])",
        ),
        # One line for each entry, as every entry counts; they are blanked case by case.
        RetentionKind.LOOK: Part(
            "SELECT x.plan_id AS id FROM audit_entry x JOIN plan p ON p.id = x.plan_id"
            " WHERE p.municipality_id = $1 AND x.salt IS NOT NULL AND x.at < $2"
        ),
    }
)
"""Of a municipality's own cases, and seen in its scope. Cases go first, with everything that belongs to them."""

# Here $1 is no municipality, and is only named so that all of them are asked alike.
_NOBODY = "$1::text IS NULL"

OF_THE_PORTAL: Mapping[RetentionKind, Part] = MappingProxyType(
    {
        RetentionKind.MESSAGE: Part(
            f"SELECT x.id FROM message x WHERE x.plan_id IS NULL AND {_OVER} AND {_NOBODY}",
            "DELETE FROM message WHERE id = ANY ($1::uuid[])",
        ),
        RetentionKind.ARRIVAL: Part(
            f"SELECT x.id FROM raw_message x WHERE x.municipality_id IS NULL AND x.received_at < $2 AND {_NOBODY}",
            _FORGET_ARRIVALS,
        ),
        RetentionKind.SESSION: Part(
            f"SELECT x.digest AS id FROM session x WHERE x.expires_at < $2 AND {_NOBODY}",
            "DELETE FROM session WHERE digest = ANY ($1::text[])",
        ),
        RetentionKind.INVITATION: Part(
            f"SELECT x.id FROM invitation x WHERE coalesce(x.used_at, x.expires_at) < $2 AND {_NOBODY}",
            "DELETE FROM invitation WHERE id = ANY ($1::bigint[])",
        ),
        RetentionKind.ACCOUNT: Part(
            "SELECT x.id FROM account x WHERE x.disabled_at < $2"
            f" AND x.email IS DISTINCT FROM forgotten_email(x.id) AND {_NOBODY}"
        ),
        RetentionKind.EVIDENCE: Part(
            "SELECT x.id FROM evidence x JOIN approval a ON a.id = x.approval_id"
            f" WHERE a.state IN ('rejected', 'withdrawn') AND coalesce(a.decided_at, a.applied_at) < $2 AND {_NOBODY}",
            "DELETE FROM evidence WHERE id = ANY ($1::bigint[])",
        ),
        # Entries about no case can be seen by nobody but the function that blanks them.
        RetentionKind.LOOK: Part(f"SELECT 0 AS id WHERE false AND $2::timestamptz IS NULL AND {_NOBODY}"),
    }
)
"""What belongs to no case."""
