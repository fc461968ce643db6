"""A second factor as somebody types it, whichever of the two it is."""

from datetime import datetime

from providers.accounts.errors import FactorCodeMissing
from providers.accounts.policy import AccountPolicy
from providers.accounts.recovery import use_recovery_code
from providers.accounts.totp import check_totp
from providers.vault import Vault

_APP_DIGITS = 6


async def prove_factor(
    account_id: int, typed: str, *, now: datetime, vault: Vault, policy: AccountPolicy
) -> int | None:
    """Six digits are the app's, anything else is of paper; then the answer is how many of those are left.

    Raises FactorCodeMissing, SecondFactorWrong or TooManySignIns.
    """
    plain = "".join(typed.split())
    if not plain:
        raise FactorCodeMissing
    if plain.isdigit() and len(plain) == _APP_DIGITS:
        await check_totp(account_id, plain, now=now, vault=vault, policy=policy)
        return None
    return await use_recovery_code(account_id, plain, now=now, vault=vault, policy=policy)
