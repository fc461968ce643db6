"""Ten codes on paper, for the day the telephone is gone; each works once. Only keyed hashes of them are kept."""

import secrets
from datetime import datetime

from providers.accounts.errors import AccountUnknown, SecondFactorWrong
from providers.accounts.factors import begin_factor
from providers.accounts.policy import AccountPolicy
from providers.attempts import refund
from providers.database import transaction
from providers.models import Account, RecoveryCode
from providers.vault import Vault

HOW_MANY = 10
# Crockford's alphabet in lower case, none of whose letters looks like another: 120 bits in 24 of them, so that a keyed
# hash is enough (OWASP ASVS 6.5.2 asks for 112).
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_READ_AS = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None})


async def renew_recovery_codes(account_id: int, *, vault: Vault) -> list[str]:
    """Ten new codes, shown this once; the earlier ones are dead. Raises AccountUnknown."""
    async with transaction():
        if not await Account.filter(id=account_id, disabled_at=None).select_for_update():
            raise AccountUnknown
        return await new_recovery_codes(account_id, vault=vault)


async def new_recovery_codes(account_id: int, *, vault: Vault) -> list[str]:
    """As `renew_recovery_codes`, in the transaction of a caller who holds the account's row."""
    codes = [_new_code() for _ in range(HOW_MANY)]
    await RecoveryCode.filter(account_id=account_id).delete()
    await RecoveryCode.bulk_create(
        RecoveryCode(account_id=account_id, digest=_digests(account_id, code, vault)[0]) for code in codes
    )
    return codes


async def use_recovery_code(account_id: int, code: str, *, now: datetime, vault: Vault, policy: AccountPolicy) -> int:
    """Instead of a code of the app; the answer is how many are left. Raises SecondFactorWrong or TooManySignIns."""
    budget = await begin_factor(account_id, now=now, policy=policy)
    fitting = RecoveryCode.filter(account_id=account_id, digest__in=_digests(account_id, code, vault), used_at=None)
    if not await Account.exists(id=account_id, disabled_at=None) or not await fitting.update(used_at=now):
        raise SecondFactorWrong
    await refund(budget)
    return await RecoveryCode.filter(account_id=account_id, used_at=None).count()


def _new_code() -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(6)) for _ in range(4))


def _digests(account_id: int, code: str, vault: Vault) -> list[str]:
    plain = "".join(code.lower().split()).translate(_READ_AS)
    return vault.digests("recovery_code", f"{account_id}:{plain}")
