"""The second factor: codes of six digits from an app, new every 30 seconds (RFC 6238).

A code counts in its own step and the one before and after it, for clocks that are off, and once only.
"""

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from pyotp import TOTP, random_base32

from providers.accounts.errors import AccountUnknown, SecondFactorWrong, TotpNotBegun
from providers.accounts.factors import begin_factor
from providers.accounts.policy import AccountPolicy
from providers.accounts.recovery import new_recovery_codes
from providers.attempts import refund
from providers.database import transaction
from providers.models import Account
from providers.vault import Vault

ISSUER = "Genvej"
_STEP = 30


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the app needs: the secret in base32 for typing, and the otpauth address for a QR code."""

    secret: str
    uri: str


async def has_totp(account_id: int) -> bool:
    """Whether an app is tied to the account."""
    return not await Account.exists(id=account_id, totp_secret=None)


async def begin_totp(account_id: int, *, vault: Vault, first: bool = False) -> Enrolment:
    """A new secret, waiting for its first code; until then the account's earlier app goes on.

    `first` is for somebody who has shown a password only: they cannot replace an app. Raises AccountUnknown, or
    TotpNotBegun when there is an app already.
    """
    account = await Account.get_or_none(id=account_id, disabled_at=None)
    if account is None:
        raise AccountUnknown
    secret = random_base32()
    account_row = Account.filter(id=account_id)
    # One statement looks and writes, so that an app tied meanwhile stands.
    fitting = account_row.filter(totp_secret__isnull=True) if first else account_row
    if not await fitting.update(totp_pending=vault.seal(secret.encode())):
        raise TotpNotBegun
    uri = TOTP(secret).provisioning_uri(name=account.email or account.name, issuer_name=ISSUER)
    return Enrolment(secret, uri)


async def confirm_totp(account_id: int, code: str, *, now: datetime, vault: Vault) -> list[str]:
    """The waiting secret becomes the account's second factor; the answer is its recovery codes, never shown again.

    Raises TotpNotBegun or SecondFactorWrong.
    """
    account = await Account.get_or_none(id=account_id, disabled_at=None)
    if account is None or account.totp_pending is None:
        raise TotpNotBegun
    step = _step_of(code, account.totp_pending, now, vault)
    if step is None:
        raise SecondFactorWrong
    async with transaction():
        waiting = Account.filter(id=account_id, disabled_at=None, totp_pending=account.totp_pending)
        if not await waiting.update(totp_secret=account.totp_pending, totp_pending=None, totp_last_step=step):
            raise TotpNotBegun
        return await new_recovery_codes(account_id, vault=vault)


async def check_totp(account_id: int, code: str, *, now: datetime, vault: Vault, policy: AccountPolicy) -> None:
    """The second half of signing in; raises SecondFactorWrong or TooManySignIns."""
    budget = await begin_factor(account_id, now=now, policy=policy)
    account = await Account.get_or_none(id=account_id, disabled_at=None)
    step = _step_of(code, account.totp_secret, now, vault) if account and account.totp_secret else None
    # The newest step used is raised in one statement, so of two at once with the same code one comes too late.
    unused = Account.filter(id=account_id, disabled_at=None, totp_last_step__lt=step or 0)
    if step is None or not await unused.update(totp_last_step=step):
        raise SecondFactorWrong
    await refund(budget)


def _step_of(code: str, sealed: bytes, now: datetime, vault: Vault) -> int | None:
    """The newest of the three steps whose code this is."""
    typed, totp = "".join(code.split()), TOTP(vault.open(sealed).decode())
    current = int(now.timestamp()) // _STEP
    steps = (current + 1, current, current - 1)
    fitting = [
        step for step in steps if compare_digest(totp.generate_otp(step).encode(), typed.encode("utf-8", "replace"))
    ]
    return fitting[0] if fitting else None
