"""Why an application or a decision was not taken.

ApprovalError
├── ApprovalUnknown, EvidenceUnknown, PractitionerUnknown   → 404
├── DecisionNotPossible, AlreadyApplied, ApprovalsOverlap, ApprovalEnded   → 409
└── PackageUnknown, PeriodBackwards, ReasonMissing, StartMissing, TooMuchEvidence
"""

from typing import ClassVar

from providers.errors import GenvejError
from providers.words import N_


class ApprovalError(GenvejError):
    """Nothing was changed."""


class ApprovalUnknown(ApprovalError):
    code: ClassVar[str] = "approval_unknown"
    message: ClassVar[str] = N_("Godkendelsen findes ikke.")


class EvidenceUnknown(ApprovalError):
    code: ClassVar[str] = "evidence_unknown"
    message: ClassVar[str] = N_("Filen findes ikke.")


class PractitionerUnknown(ApprovalError):
    code: ClassVar[str] = "practitioner_unknown"
    message: ClassVar[str] = N_("Personen findes ikke på stedet.")


class DecisionNotPossible(ApprovalError):
    code: ClassVar[str] = "decision_not_possible"
    message: ClassVar[str] = N_(
        "Det kan ikke gøres mere, for sagen er afgjort på en anden måde. Se, hvordan den står nu."
    )


class AlreadyApplied(ApprovalError):
    code: ClassVar[str] = "already_applied"
    message: ClassVar[str] = N_("Der er allerede en ansøgning om den pakke på det niveau. Svar på den i stedet.")
    constraint = "approval_one_open_application"


class ApprovalsOverlap(ApprovalError):
    code: ClassVar[str] = "approvals_overlap"
    message: ClassVar[str] = N_(
        "Stedet er allerede godkendt til det i nogle af de dage. Vælg dage før eller efter den anden godkendelse."
    )
    constraint = "approval_no_overlap"


class ApprovalEnded(ApprovalError):
    code: ClassVar[str] = "approval_ended"
    message: ClassVar[str] = N_(
        "Godkendelsen er sat i bero eller trukket tilbage. Genoptag den på dens side, eller vælg en anden første dag."
    )


class PackageUnknown(ApprovalError):
    code: ClassVar[str] = "package_unknown"
    message: ClassVar[str] = N_("Vælg en pakke og et niveau.")


class PeriodBackwards(ApprovalError):
    code: ClassVar[str] = "period_backwards"
    message: ClassVar[str] = N_("Den sidste dag ligger før den første.")
    constraint = "approval_period"


class ReasonMissing(ApprovalError):
    code: ClassVar[str] = "reason_missing"
    message: ClassVar[str] = N_("Skriv en begrundelse. Ansøgeren kan læse den.")
    constraint = "site_event_has_reason"


class StartMissing(ApprovalError):
    code: ClassVar[str] = "start_missing"
    message: ClassVar[str] = N_("Skriv, hvilken dag det skal gælde fra.")


class TooMuchEvidence(ApprovalError):
    code: ClassVar[str] = "too_much_evidence"
    message: ClassVar[str] = N_("Der er plads til %(most)s filer på en ansøgning. Slå papirerne sammen i færre filer.")
