"""The tables of the citizens' cases. The ORM finds every model through this package."""

from matching.models.booking import Booking, Hold, IdempotencyKey
from matching.models.message import Channel, Contact, Message, MessageState, Recipient
from matching.models.plan import CourseCode, Plan
from matching.models.trail import AuditEntry, CaseEvent, Report, ReportChannel, ReportState

__all__ = [
    "AuditEntry",
    "Booking",
    "CaseEvent",
    "Channel",
    "Contact",
    "CourseCode",
    "Hold",
    "IdempotencyKey",
    "Message",
    "MessageState",
    "Plan",
    "Recipient",
    "Report",
    "ReportChannel",
    "ReportState",
]
