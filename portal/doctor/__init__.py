"""`genvej doctor`: is everything as it must be, and if not, what to do about it. Nothing is changed.

Each check is one function and one finding. What needs the database is asked as the user that logs in, who owns the
tables; what is asked of a case says only whether it can be read.
"""

from portal.doctor.examining import examine
from portal.doctor.findings import Finding

__all__ = ["Finding", "examine"]
