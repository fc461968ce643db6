"""The look-up log after it was written: sealed, checked, searched, and in time without its personal part.

`matching/audit.py` writes the entries. Seals form a chain over hashes: `hashing` says what is hashed, `sealing` makes
the seals, `verifying` finds what was tampered with, `blanking` removes what retention asks for.
"""

from matching.auditing.blanking import blank_entries
from matching.auditing.faults import Fault
from matching.auditing.sealing import seal_entries
from matching.auditing.searching import Look, export_audit, search_audit
from matching.auditing.verifying import Verdict, verify

__all__ = ["Fault", "Look", "Verdict", "blank_entries", "export_audit", "seal_entries", "search_audit", "verify"]
