"""Changing by what one is known, for somebody who shows again who they are."""

from datetime import datetime

from providers.accounts.errors import CredentialsWrong
from providers.accounts.members import known_of
from providers.accounts.passwords import check_password, hash_password
from providers.accounts.policy import AccountPolicy
from providers.accounts.proving import prove_factor
from providers.accounts.signing_in import prove_password
from providers.accounts.visits import end_all_sessions
from providers.database import transaction
from providers.models import Account
from providers.vault import Vault


async def prove_both(
    account_id: int, password: str, code: str, *, address: str, now: datetime, vault: Vault, policy: AccountPolicy
) -> None:
    """Once more, by somebody who is signed in and wants to change by what they are known: the password, and a code of
    the app or one on paper. Raises what `sign_in` raises, or SecondFactorWrong.
    """
    owner = await Account.get_or_none(id=account_id)
    await prove_password((owner and owner.email) or "", password, address=address, now=now, vault=vault, policy=policy)
    await prove_factor(account_id, code, now=now, vault=vault, policy=policy)


async def change_password(
    account_id: int,
    old: str,
    new: str,
    *,
    keep: str | None,
    address: str,
    now: datetime,
    vault: Vault,
    policy: AccountPolicy,
) -> None:
    """Set the new password and end every visit of the account but `keep`, the session id of the one it is done in.

    Raises what `sign_in` raises for a wrong old password, or a PasswordUnfit.
    """
    owner = await Account.get_or_none(id=account_id)
    account = await prove_password(
        (owner and owner.email) or "", old, address=address, now=now, vault=vault, policy=policy
    )
    await check_password(new, known=await known_of(account, now), leaked=policy.leaked_passwords)
    hashed = await hash_password(new)
    async with transaction():
        # Of two changes at once, both proved with the old password, the second finds it gone.
        changed = Account.filter(id=account_id, password_hash=account.password_hash, disabled_at=None)
        if not await changed.update(password_hash=hashed):
            raise CredentialsWrong
        await end_all_sessions(account_id, keep=keep)
