"""What is kept about people, by kinds that go at a time of their own."""

from enum import StrEnum


class RetentionKind(StrEnum):
    """Each kind's clock begins where its comment says."""

    # The last day on which anything happened in a case that was completed, stopped or sent in error.
    CASE = "case"
    # The same day of a case that nobody has closed.
    SILENT_CASE = "silent_case"
    # When a pair of codes expired or was revoked.
    CODE = "code"
    # When a report was delivered or nobody tried any more: what it said goes, its row stays.
    REPORT = "report"
    # When a program sent a request with a key of its own.
    REQUEST_KEY = "request_key"
    # When somebody looked: person, case and criterion go, the entry of the look-up log stays.
    LOOK = "look"
    # When a plan arrived: the message as it came goes.
    ARRIVAL = "arrival"
    # When a municipality's system answered a report: its words go, with what became of them.
    ANSWER = "answer"
    # When something was sent to somebody, or given up: the line in the outbox goes.
    MESSAGE = "message"
    # The end of a visit.
    SESSION = "session"
    # When an invitation to the staff was taken, or could no longer be.
    INVITATION = "invitation"
    # When an account of the staff was closed.
    ACCOUNT = "account"
    # When an application was rejected, or its approval withdrawn: the papers go, the decision stays.
    EVIDENCE = "evidence"


CASES = frozenset({RetentionKind.CASE, RetentionKind.SILENT_CASE})
"""Whole cases, with everything that belongs to them."""

OF_A_MUNICIPALITY = frozenset(
    {
        RetentionKind.CASE,
        RetentionKind.SILENT_CASE,
        RetentionKind.CODE,
        RetentionKind.REPORT,
        RetentionKind.REQUEST_KEY,
        RetentionKind.LOOK,
        RetentionKind.ARRIVAL,
        RetentionKind.ANSWER,
        RetentionKind.MESSAGE,
    }
)
"""The kinds whose controller is the case's municipality; of everything else it is the portal."""
