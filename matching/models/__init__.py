"""The tables of the citizens' cases. The ORM finds every model through this package."""

from matching.models.asking import CallBack, CallOutcome, Watch
from matching.models.booking import Booking, Hold, IdempotencyKey
from matching.models.course import CourseNote
from matching.models.exchange import DifferenceKind, InboundKind, InboundMessage, ReportAttempt, ReportDifference
from matching.models.figures import FigureCount, FigureRun
from matching.models.intake import Arrival, ArrivalState, MessageSource, RawMessage
from matching.models.message import Channel, Contact, Message, MessageState, Recipient
from matching.models.plan import CourseCode, Plan
from matching.models.retention import CaseFigure, RetentionCount, RetentionRule, RetentionRun
from matching.models.trail import AuditEntry, CaseEvent, ChannelKind, Report, ReportChannel, ReportState

__all__ = [
    "Arrival",
    "ArrivalState",
    "AuditEntry",
    "Booking",
    "CallBack",
    "CallOutcome",
    "CaseEvent",
    "CaseFigure",
    "Channel",
    "ChannelKind",
    "Contact",
    "CourseCode",
    "CourseNote",
    "DifferenceKind",
    "FigureCount",
    "FigureRun",
    "Hold",
    "IdempotencyKey",
    "InboundKind",
    "InboundMessage",
    "Message",
    "MessageSource",
    "MessageState",
    "Plan",
    "RawMessage",
    "Recipient",
    "Report",
    "ReportAttempt",
    "ReportChannel",
    "ReportDifference",
    "ReportState",
    "RetentionCount",
    "RetentionRule",
    "RetentionRun",
    "Watch",
]
