"""The look-up log after it was written: sealed, checked, searched, and in time without its personal part.

`matching/audit.py` writes the entries. Seals form a chain over hashes: `hashing` says what is hashed, `sealing` makes
the seals, `verifying` finds what was tampered with, `blanking` removes what retention asks for.
"""

from matching.auditing.blanking import blank_entries
from matching.auditing.faults import Fault
from matching.auditing.sealing import seal_entries
from matching.auditing.searching import PURPOSE, Look, Question, export_looks, search_looks
from matching.auditing.verifying import Verdict, verify

__all__ = [
    "PURPOSE",
    "Fault",
    "Look",
    "Question",
    "Verdict",
    "blank_entries",
    "export_looks",
    "seal_entries",
    "search_looks",
    "verify",
]
