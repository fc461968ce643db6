"""Times and limits around accounts that the operator may set; the portal reads them from its settings."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AccountPolicy:
    """`*_attempts` may fail at once, then each further failure doubles the pause, from `*_pause` up to `forget`.

    One failure is forgotten each `forget`. An address may be a whole town hall, so it may fail more often.
    `leaked_passwords` is a file (`providers.accounts.leaked`).
    """

    invitation_life: timedelta = timedelta(days=7)
    reset_life: timedelta = timedelta(hours=24)
    account_attempts: int = 5
    account_pause: timedelta = timedelta(seconds=30)
    address_attempts: int = 30
    address_pause: timedelta = timedelta(seconds=30)
    factor_attempts: int = 5
    factor_pause: timedelta = timedelta(minutes=1)
    forget: timedelta = timedelta(hours=1)
    leaked_passwords: Path | None = None
