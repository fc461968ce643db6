"""Codes on paper: ten, once each, and no better to guess than the app's."""

from datetime import timedelta

import pytest

from providers.accounts import check_totp, disable_account, renew_recovery_codes, use_recovery_code
from providers.accounts.errors import AccountUnknown, SecondFactorWrong, TooManySignIns
from providers.actors import SYSTEM
from tests.support.refusals import refused
from tests.support.staff import ACCOUNT_POLICY, Colleague, a_colleague
from tests.support.worlds import NOW, VAULT

pytestmark = pytest.mark.usefixtures("clean_world")


async def use(colleague: Colleague, code: str) -> int:
    return await use_recovery_code(colleague.account_id, code, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)


async def test_a_code_has_more_than_112_bits() -> None:
    codes = (await a_colleague()).recovery_codes
    letters = {letter for code in codes for letter in code if letter != "-"}
    assert {len(code.replace("-", "")) for code in codes} == {24}
    # 240 letters of an alphabet of 32; with five bits each, 24 are 120 bits.
    assert len(letters) > 24


async def test_each_of_ten_works_once() -> None:
    colleague = await a_colleague()
    assert [await use(colleague, code) for code in colleague.recovery_codes] == list(range(9, -1, -1))
    with pytest.raises(SecondFactorWrong):
        await use(colleague, colleague.recovery_codes[0])


async def test_a_code_is_read_as_people_write_it() -> None:
    colleague = await a_colleague()
    first, second, third, *_ = colleague.recovery_codes
    await use(colleague, first.upper())
    await use(colleague, f" {second.replace('-', ' ')} ")
    await use(colleague, third.replace("0", "O").replace("1", "l"))


async def test_another_account_s_code_is_worth_nothing() -> None:
    mine, theirs = await a_colleague(), await a_colleague()
    with pytest.raises(SecondFactorWrong):
        await use(mine, theirs.recovery_codes[0])
    assert await use(theirs, theirs.recovery_codes[0]) == 9


async def test_new_codes_kill_the_earlier_ones() -> None:
    colleague = await a_colleague()
    await use(colleague, colleague.recovery_codes[0])
    codes = await renew_recovery_codes(colleague.account_id, vault=VAULT)
    assert not set(codes) & set(colleague.recovery_codes)
    with pytest.raises(SecondFactorWrong):
        await use(colleague, colleague.recovery_codes[1])
    assert await use(colleague, codes[0]) == 9


async def test_wrong_codes_and_wrong_codes_of_the_app_share_one_budget() -> None:
    colleague = await a_colleague()
    for junk in ("", "\ud800", "x" * 100_000):
        with pytest.raises(SecondFactorWrong):
            await use(colleague, junk)
    for _ in range(2):
        with pytest.raises(SecondFactorWrong):
            await check_totp(colleague.account_id, "nej", now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)
    with pytest.raises(TooManySignIns) as raised:
        await use(colleague, colleague.recovery_codes[0])
    assert raised.value.details == {"wait": timedelta(minutes=1)}


async def test_a_closed_or_unknown_account_has_no_codes() -> None:
    colleague = await a_colleague()
    await disable_account(colleague.account_id, actor=SYSTEM, now=NOW)
    with pytest.raises(SecondFactorWrong):
        await use(colleague, colleague.recovery_codes[0])
    for account_id in (colleague.account_id, 999_999):
        async with refused(AccountUnknown):
            await renew_recovery_codes(account_id, vault=VAULT)
