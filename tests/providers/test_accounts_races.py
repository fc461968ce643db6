"""Two at once: what counts once counts once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from dataclasses import replace

import pytest
from pyotp import TOTP

from providers.accounts import (
    add_membership,
    begin_totp,
    change_password,
    check_totp,
    confirm_totp,
    join,
    renew_recovery_codes,
    sign_in,
    use_recovery_code,
)
from providers.accounts.errors import (
    CredentialsWrong,
    EmailTaken,
    InvitationInvalid,
    MembershipExists,
    SecondFactorWrong,
    TotpNotBegun,
)
from providers.actors import SYSTEM
from providers.models import Account, Membership, RecoveryCode
from tests.support.staff import (
    ACCOUNT_POLICY,
    ADDRESS,
    OPERATOR,
    PASSWORD,
    a_colleague,
    accept,
    an_invitation,
)
from tests.support.worlds import NOW, VAULT

pytestmark = pytest.mark.usefixtures("app_database")

# Enough for ten at once, so that it is not the budget that keeps the others out.
GENEROUS = replace(ACCOUNT_POLICY, factor_attempts=100, account_attempts=100)


async def at_once(*attempts: Awaitable[object]) -> Counter[str]:
    """How often each outcome came: the name of an error, or `done`."""
    answers = await asyncio.gather(*attempts, return_exceptions=True)
    return Counter(type(answer).__name__ if isinstance(answer, BaseException) else "done" for answer in answers)


async def test_an_invitation_is_accepted_once() -> None:
    token = await an_invitation()
    outcome = await at_once(*(accept(token, name=f"Nummer {number}") for number in range(8)))
    assert outcome["done"] == 1
    assert set(outcome) <= {"done", InvitationInvalid.__name__, CredentialsWrong.__name__}
    assert (await Account.all().count(), await Membership.all().count()) == (1, 1)


async def test_an_invitation_is_joined_once() -> None:
    token, people = await an_invitation(OPERATOR), [await a_colleague() for _ in range(4)]
    outcome = await at_once(*(join(token, person.account_id, now=NOW, vault=VAULT) for person in people))
    assert outcome == {"done": 1, InvitationInvalid.__name__: 3}


async def test_two_invitations_to_one_newcomer_make_one_account() -> None:
    email = "en@kommune.example"
    tokens = [await an_invitation(email=email), await an_invitation(OPERATOR, email=email)]
    outcome = await at_once(*(accept(token) for token in tokens))
    assert set(outcome) <= {"done", EmailTaken.__name__}
    assert await Account.all().count() == 1
    assert await Membership.all().count() == outcome["done"]


async def test_a_code_of_the_app_counts_once() -> None:
    colleague = await a_colleague()
    code = colleague.code(NOW)
    outcome = await at_once(
        *(check_totp(colleague.account_id, code, now=NOW, vault=VAULT, policy=GENEROUS) for _ in range(8))
    )
    assert outcome == {"done": 1, SecondFactorWrong.__name__: 7}


async def test_a_recovery_code_counts_once() -> None:
    colleague = await a_colleague()
    code = colleague.recovery_codes[0]
    outcome = await at_once(
        *(use_recovery_code(colleague.account_id, code, now=NOW, vault=VAULT, policy=GENEROUS) for _ in range(8))
    )
    assert outcome == {"done": 1, SecondFactorWrong.__name__: 7}


async def test_an_app_is_tied_once_and_gives_ten_codes() -> None:
    colleague = await a_colleague(with_app=False)
    code = TOTP((await begin_totp(colleague.account_id, vault=VAULT)).secret).at(NOW)
    outcome = await at_once(*(confirm_totp(colleague.account_id, code, now=NOW, vault=VAULT) for _ in range(4)))
    assert outcome == {"done": 1, TotpNotBegun.__name__: 3}
    assert await RecoveryCode.all().count() == 10


async def test_recovery_codes_renewed_twice_are_still_ten() -> None:
    colleague = await a_colleague()
    outcome = await at_once(*(renew_recovery_codes(colleague.account_id, vault=VAULT) for _ in range(4)))
    assert outcome == {"done": 4}
    assert await RecoveryCode.filter(account_id=colleague.account_id).count() == 10


async def test_a_post_is_given_once() -> None:
    colleague = await a_colleague()
    outcome = await at_once(*(add_membership(colleague.account_id, OPERATOR, actor=SYSTEM, now=NOW) for _ in range(4)))
    assert outcome == {"done": 1, MembershipExists.__name__: 3}


async def test_of_two_new_passwords_one_holds() -> None:
    colleague = await a_colleague()
    passwords = [f"fire nye ord nummer {number}" for number in range(4)]

    def change(new: str) -> Awaitable[None]:
        return change_password(
            colleague.account_id, PASSWORD, new, keep=None, address=ADDRESS, now=NOW, vault=VAULT, policy=GENEROUS
        )

    outcome = await at_once(*(change(new) for new in passwords))
    assert outcome == {"done": 1, CredentialsWrong.__name__: 3}
    entered = await at_once(
        *(
            sign_in(colleague.email, password, address=ADDRESS, now=NOW, vault=VAULT, policy=GENEROUS)
            for password in passwords
        )
    )
    assert entered == {"done": 1, CredentialsWrong.__name__: 3}
