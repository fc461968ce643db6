"""The first half of signing in: an e-mail address and a password.

Unknown, closed and wrong cannot be told apart, by the answer or by the work done for it. A failure costs its address
and the account that was aimed at, whether or not there is one; both pauses grow. The account's budget stops only
addresses that have failed before, so that nobody can lock a colleague out by guessing.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from providers.accounts.errors import CredentialsWrong, EmailInvalid, SignInBusy, TooManySignIns
from providers.accounts.passwords import hash_password, is_outdated, password_fits
from providers.accounts.people import clean_email
from providers.accounts.policy import AccountPolicy
from providers.accounts.totp import has_totp
from providers.attempts import Budget, refund, spend
from providers.models import Account
from providers.vault import Vault


class SecondFactor(StrEnum):
    """What stands between a right password and being in: a code of the app, or tying an app to the account first."""

    TOTP = "totp"
    ENROL = "enrol"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Halfway in."""

    account_id: int
    needs: SecondFactor


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One try from an address at an account; the budgets know both by keyed hashes only."""

    by_address: Budget
    by_account: Budget

    async def begin(self, now: datetime) -> None:
        """Raises TooManySignIns; then the attempt is not made, and costs neither of the two anything."""
        own = await spend(self.by_address, now)
        if own.wait:
            raise TooManySignIns(wait=own.wait)
        aimed = await spend(self.by_account, now)
        if aimed.wait and own.level > 1:
            await refund(self.by_address)
            raise TooManySignIns(wait=aimed.wait)

    async def was_no_failure(self) -> None:
        await refund(self.by_address)
        await refund(self.by_account)


async def sign_in(
    email: str, password: str, *, address: str, now: datetime, vault: Vault, policy: AccountPolicy
) -> SignIn:
    """Check the password; `address` is where the attempt comes from.

    Raises CredentialsWrong, TooManySignIns or SignInBusy.
    """
    account = await prove_password(email, password, address=address, now=now, vault=vault, policy=policy)
    return SignIn(account.id, SecondFactor.TOTP if account.totp_secret else SecondFactor.ENROL)


async def halfway_in(account_id: int) -> SignIn:
    """For somebody who has shown otherwise who they are: by a link of ours, or by the word of an issuer."""
    return SignIn(account_id, SecondFactor.TOTP if await has_totp(account_id) else SecondFactor.ENROL)


async def prove_password(
    email: str, password: str, *, address: str, now: datetime, vault: Vault, policy: AccountPolicy
) -> Account:
    """The open account whose password this is, its hash brought up to today's parameters. Raises as `sign_in`."""
    aim = _known_form(email)
    attempt = _attempt(address, aim, vault, policy)
    await attempt.begin(now)
    account = await Account.get_or_none(email=aim)
    try:
        right = await password_fits(password, account.password_hash if account else None)
    except SignInBusy:
        await attempt.was_no_failure()
        raise
    if account is None or account.disabled_at is not None or not right:
        raise CredentialsWrong
    await attempt.was_no_failure()
    await _renew_hash(account, password)
    return account


def _attempt(address: str, aim: str, vault: Vault, policy: AccountPolicy) -> _Attempt:
    from_where, at_whom = vault.digest("address", address), vault.digest("sign_in", aim)
    return _Attempt(
        Budget(f"sign_in:{from_where}", policy.address_attempts, policy.address_pause, policy.forget),
        Budget(f"account:{at_whom}", policy.account_attempts, policy.account_pause, policy.forget),
    )


async def _renew_hash(account: Account, password: str) -> None:
    """Only over the hash that was checked: a password changed in the meantime stays changed."""
    before = account.password_hash
    if before is None or not is_outdated(before):
        return
    with suppress(SignInBusy):  # The next sign-in will do.
        account.password_hash = await hash_password(password)
        await Account.filter(id=account.id, password_hash=before).update(password_hash=account.password_hash)


def _known_form(email: str) -> str:
    try:
        return clean_email(email)
    except EmailInvalid:
        return ""  # No account has it, so the attempt fails like any other.
