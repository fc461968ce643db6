"""Codes of an app: in their step or next to it, once, and with few tries."""

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from pyotp import TOTP

from providers.accounts import SecondFactor, begin_totp, check_totp, confirm_totp, disable_account, sign_in
from providers.accounts.errors import AccountUnknown, SecondFactorWrong, TooManySignIns, TotpNotBegun
from providers.actors import SYSTEM
from providers.models import Account, RecoveryCode
from tests.support.refusals import refused
from tests.support.staff import ACCOUNT_POLICY, ADDRESS, PASSWORD, STEP, Colleague, a_colleague
from tests.support.worlds import NOW, VAULT

pytestmark = pytest.mark.usefixtures("clean_world")

# NOW is the very beginning of a step.
INSTANT = timedelta(microseconds=1)
PATIENT = replace(ACCOUNT_POLICY, factor_attempts=100)


async def check(colleague: Colleague, code: str, now: datetime = NOW) -> None:
    await check_totp(colleague.account_id, code, now=now, vault=VAULT, policy=ACCOUNT_POLICY)


async def test_what_the_app_is_given() -> None:
    colleague = await a_colleague(with_app=False)
    enrolment = await begin_totp(colleague.account_id, vault=VAULT)
    address = urlsplit(enrolment.uri)
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert unquote(address.path) == f"/Genvej:{colleague.email}"
    assert parse_qs(address.query) == {"secret": [enrolment.secret], "issuer": ["Genvej"]}
    assert len(enrolment.secret) == 32


async def test_an_app_counts_once_it_has_shown_a_code() -> None:
    colleague = await a_colleague(with_app=False)
    enrolment = await begin_totp(colleague.account_id, vault=VAULT)
    code = TOTP(enrolment.secret).at(NOW)
    async with refused(SecondFactorWrong):
        await confirm_totp(colleague.account_id, _other(code), now=NOW, vault=VAULT)
    with pytest.raises(SecondFactorWrong):
        await check(colleague, code)
    codes = await confirm_totp(colleague.account_id, code, now=NOW, vault=VAULT)
    assert len(set(codes)) == 10
    done = await sign_in(colleague.email, PASSWORD, address=ADDRESS, now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)
    assert done.needs is SecondFactor.TOTP
    with pytest.raises(SecondFactorWrong):
        await check(colleague, code)
    await check(colleague, TOTP(enrolment.secret).at(NOW + STEP), NOW + STEP)


async def test_nothing_to_confirm() -> None:
    colleague = await a_colleague()
    for account_id in (colleague.account_id, 999_999):
        async with refused(TotpNotBegun):
            await confirm_totp(account_id, colleague.code(NOW), now=NOW, vault=VAULT)


async def test_a_new_app_takes_over_only_when_it_has_shown_a_code() -> None:
    colleague = await a_colleague()
    enrolment = await begin_totp(colleague.account_id, vault=VAULT)
    await check(colleague, colleague.code(NOW))
    await confirm_totp(colleague.account_id, TOTP(enrolment.secret).at(NOW), now=NOW, vault=VAULT)
    later = NOW + 5 * STEP
    with pytest.raises(SecondFactorWrong):
        await check(colleague, colleague.code(later), later)
    await check(colleague, TOTP(enrolment.secret).at(later), later)
    assert await RecoveryCode.filter(account_id=colleague.account_id).count() == 10


@pytest.mark.parametrize("off", [-STEP, timedelta(), STEP])
async def test_a_clock_may_be_one_step_off(off: timedelta) -> None:
    colleague = await a_colleague()
    await check(colleague, colleague.code(NOW + off))


@pytest.mark.parametrize(("shown_at", "typed_at"), [(NOW - INSTANT, NOW + STEP), (NOW + STEP, NOW - INSTANT)])
async def test_and_not_two(shown_at: datetime, typed_at: datetime) -> None:
    colleague = await a_colleague()
    with pytest.raises(SecondFactorWrong):
        await check(colleague, colleague.code(shown_at), typed_at)
    await check(colleague, colleague.code(typed_at), typed_at)


async def test_a_code_counts_once_and_so_does_every_earlier_one() -> None:
    colleague = await a_colleague()
    await check(colleague, colleague.code(NOW))
    for stale in (colleague.code(NOW), colleague.code(NOW - STEP)):
        with pytest.raises(SecondFactorWrong):
            await check(colleague, stale)
    await check(colleague, colleague.code(NOW + STEP))


async def test_spaces_are_read_over_and_nothing_else_is() -> None:
    colleague = await a_colleague()
    code = colleague.code(NOW)
    for junk in ("", code[:5], code + "0", "\ud800", "\x00", "١٢٣٤٥٦", "1" * 100_000):
        with pytest.raises(SecondFactorWrong):
            await check_totp(colleague.account_id, junk, now=NOW, vault=VAULT, policy=PATIENT)
    await check_totp(colleague.account_id, f" {code[:3]} {code[3:]} ", now=NOW, vault=VAULT, policy=PATIENT)


async def test_five_wrong_codes_and_then_growing_pauses_for_everybody() -> None:
    colleague = await a_colleague()
    wrong = _other(colleague.code(NOW))
    for _ in range(ACCOUNT_POLICY.factor_attempts):
        with pytest.raises(SecondFactorWrong):
            await check(colleague, wrong)
    with pytest.raises(TooManySignIns) as raised:
        await check(colleague, colleague.code(NOW))
    assert raised.value.details == {"wait": ACCOUNT_POLICY.factor_pause}
    later = NOW + ACCOUNT_POLICY.factor_pause
    with pytest.raises(SecondFactorWrong):
        await check(colleague, "000000" if colleague.code(later) != "000000" else "111111", later)
    with pytest.raises(TooManySignIns) as raised:
        await check(colleague, colleague.code(later), later)
    assert raised.value.details["wait"] > 1.9 * ACCOUNT_POLICY.factor_pause  # type: ignore[operator]


async def test_a_right_code_costs_nothing() -> None:
    colleague = await a_colleague()
    for number in range(12):
        now = NOW + number * STEP
        await check(colleague, colleague.code(now), now)


async def test_a_closed_account_has_no_second_factor() -> None:
    colleague = await a_colleague()
    await begin_totp(colleague.account_id, vault=VAULT)
    await disable_account(colleague.account_id, actor=SYSTEM, now=NOW)
    with pytest.raises(SecondFactorWrong):
        await check(colleague, colleague.code(NOW))
    async with refused(AccountUnknown):
        await begin_totp(colleague.account_id, vault=VAULT)
    async with refused(TotpNotBegun):
        await confirm_totp(colleague.account_id, "000000", now=NOW, vault=VAULT)


async def test_an_account_without_an_app_has_no_code() -> None:
    colleague = await a_colleague(with_app=False)
    with pytest.raises(SecondFactorWrong):
        await check(colleague, "000000")


async def test_the_secret_is_sealed() -> None:
    colleague = await a_colleague()
    account = await Account.get(id=colleague.account_id)
    assert account.totp_secret is not None
    assert colleague.secret.encode() not in account.totp_secret
    assert VAULT.open(account.totp_secret).decode() == colleague.secret


def _other(code: str) -> str:
    """Six digits that no step near has."""
    return f"{(int(code) + 500_000) % 1_000_000:06}"
