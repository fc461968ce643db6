"""The budget that an account's second factors share: a wrong code of the app costs as much as a wrong recovery code."""

from datetime import datetime

from providers.accounts.errors import TooManySignIns
from providers.accounts.policy import AccountPolicy
from providers.attempts import Budget, spend


async def begin_factor(account_id: int, *, now: datetime, policy: AccountPolicy) -> Budget:
    """Take one attempt; it is refunded when the code was right. Raises TooManySignIns.

    Only somebody who knows the password comes this far, so the account may be closed to everybody for a while.
    """
    budget = Budget(f"factor:account:{account_id}", policy.factor_attempts, policy.factor_pause, policy.forget)
    if wait := (await spend(budget, now)).wait:
        raise TooManySignIns(wait=wait)
    return budget
