"""Times and limits that a municipality or the operator may set; the portal reads them from its settings."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """`notice`: how soon a first contact may be booked. `stale_after`: capacity older than this is not bookable.

    `*_attempts` may fail at once; one is forgotten each `*_pause`. How long a code lives is the municipality's to say.
    `report_patience`: how long a report is tried again before it is given up.
    """

    notice: timedelta = timedelta(hours=12)
    hold: timedelta = timedelta(minutes=15)
    stale_after: timedelta = timedelta(days=60)
    code_life: timedelta = timedelta(days=180)
    address_attempts: int = 10
    address_pause: timedelta = timedelta(minutes=2)
    total_attempts: int = 500
    total_pause: timedelta = timedelta(seconds=2)
    factor_attempts: int = 5
    factor_pause: timedelta = timedelta(minutes=10)
    report_patience: timedelta = timedelta(days=7)
