"""Who may deliver what where: sites apply, the approver decides, and every step is history.

No citizen is seen from here. A decision rebuilds the site's offers in its own transaction, so that matching obeys
with the commit; who has a time ahead there is a task of their municipality (`matching/worklists/`).
"""

from providers.approving.applying import EvidenceFile, answer, apply
from providers.approving.deciding import Decision, Period, check_authorisation, decide, remark
from providers.approving.reading import (
    Application,
    Happened,
    Kept,
    approvals_of_provider,
    approvals_of_site,
    ending_approvals,
    evidence_of,
    last_word,
    open_applications,
    read_approval,
    read_evidence,
    returned_to,
    site_history,
)

__all__ = [
    "Application",
    "Decision",
    "EvidenceFile",
    "Happened",
    "Kept",
    "Period",
    "answer",
    "apply",
    "approvals_of_provider",
    "approvals_of_site",
    "check_authorisation",
    "decide",
    "ending_approvals",
    "evidence_of",
    "last_word",
    "open_applications",
    "read_approval",
    "read_evidence",
    "remark",
    "returned_to",
    "site_history",
]
