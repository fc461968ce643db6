"""The password: nothing tells a guesser what was wrong, and guessing gets slower and slower."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters

from providers.accounts import SecondFactor, SignIn, change_password, disable_account, passwords, sign_in
from providers.accounts.errors import CredentialsWrong, PasswordGuessable, PasswordTooShort, TooManySignIns
from providers.actors import SYSTEM
from providers.models import Account
from tests.support.staff import ACCOUNT_POLICY, ADDRESS, PASSWORD, Colleague, a_colleague
from tests.support.statements import statements
from tests.support.worlds import NOW, VAULT

pytestmark = pytest.mark.usefixtures("clean_world")

# As the real one, with an address that is stopped sooner: every try costs the work of a hash.
POLICY = replace(ACCOUNT_POLICY, address_attempts=12)
WRONG = "fire ord uden mening"
NEW = "fire nye ord uden forbindelse"
ELSEWHERE = "198.51.100.9"


async def try_in(email: str, password: str = PASSWORD, *, address: str = ADDRESS, now: datetime = NOW) -> SignIn:
    return await sign_in(email, password, address=address, now=now, vault=VAULT, policy=POLICY)


async def fail(email: str, times: int, *, address: str = ADDRESS, now: datetime = NOW) -> None:
    for _ in range(times):
        with pytest.raises(CredentialsWrong):
            await try_in(email, WRONG, address=address, now=now)


async def wait_told(email: str, *, address: str = ADDRESS, now: datetime = NOW) -> timedelta:
    """What even the right password is told."""
    with pytest.raises(TooManySignIns) as raised:
        await try_in(email, address=address, now=now)
    assert list(raised.value.details) == ["wait"]
    wait = raised.value.details["wait"]
    assert isinstance(wait, timedelta)
    return wait


async def test_halfway_in_and_what_is_missing() -> None:
    with_app, without = await a_colleague(), await a_colleague(with_app=False)
    assert await try_in(with_app.email) == SignIn(with_app.account_id, SecondFactor.TOTP)
    assert await try_in(without.email) == SignIn(without.account_id, SecondFactor.ENROL)


async def test_an_address_is_read_in_any_case_and_a_password_is_not() -> None:
    colleague = await a_colleague()
    assert (await try_in(f"  {colleague.email.upper()} ")).account_id == colleague.account_id
    with pytest.raises(CredentialsWrong):
        await try_in(colleague.email, PASSWORD.upper())


async def nobodies() -> dict[str, tuple[str, str]]:
    """Every way to be refused: an address and a password each."""
    wrong, closed, outsider = await a_colleague(), await a_colleague(), await a_colleague()
    await disable_account(closed.account_id, actor=SYSTEM, now=NOW)
    await Account.filter(id=outsider.account_id).update(password_hash=None)
    return {
        "wrong password": (wrong.email, WRONG),
        "closed": (closed.email, PASSWORD),
        "no password": (outsider.email, PASSWORD),
        "unknown": ("ingen@kommune.example", PASSWORD),
        "no address": ("ingen\x00", PASSWORD),
        "empty": ("", ""),
        "oversized": ("a" * 100_000, "b" * 100_000),
        "surrogate": ("\ud800@kommune.example", "\ud800"),
    }


async def test_unknown_closed_and_wrong_cost_the_same_and_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[Parameters] = []
    fits = passwords._fits

    def noted(plain: bytes, encoded: str) -> bool:
        work.append(extract_parameters(encoded))
        return fits(plain, encoded)

    cases = await nobodies()
    monkeypatch.setattr(passwords, "_fits", noted)
    seen = set()
    for number, (email, password) in enumerate(cases.values()):
        with statements() as sent, pytest.raises(CredentialsWrong) as raised:
            await try_in(email, password, address=f"192.0.2.{number + 10}")
        seen.add((tuple(sent), raised.value.code, str(raised.value), repr(raised.value.details)))
    assert len(seen) == 1
    assert len(work) == len(cases)
    assert all(parameters == work[0] for parameters in work)


async def test_unknown_addresses_run_into_the_same_pause() -> None:
    known = await a_colleague()
    for email in (known.email, "ingen@kommune.example"):
        await fail(email, POLICY.account_attempts, address=f"home of {email}")
        assert await wait_told(email, address=f"home of {email}") == POLICY.account_pause


async def test_the_pauses_of_an_account_grow() -> None:
    colleague, now, waits = await a_colleague(), NOW, []
    await fail(colleague.email, POLICY.account_attempts)
    for _ in range(4):
        waits.append(await wait_told(colleague.email, now=now))
        now += waits[-1]
        await fail(colleague.email, 1, now=now)
    assert waits[0] == timedelta(seconds=30)
    assert all(later > 1.8 * earlier for earlier, later in pairwise(waits))


async def test_the_pauses_of_an_address_hold_for_every_account() -> None:
    for number in range(POLICY.address_attempts):
        await fail(f"gaet-{number}@kommune.example", 1)
    colleague = await a_colleague()
    assert await wait_told(colleague.email) == POLICY.address_pause
    assert (await try_in(colleague.email, address=ELSEWHERE)).account_id == colleague.account_id


async def test_an_attempt_that_is_not_made_counts_against_nobody() -> None:
    colleague = await a_colleague()
    for number in range(POLICY.address_attempts):
        await fail(f"gaet-{number}@kommune.example", 1)
    for _ in range(10):
        await wait_told(colleague.email)
    await fail(colleague.email, POLICY.account_attempts, address=ELSEWHERE)
    before = await wait_told(colleague.email, address=ELSEWHERE)
    for _ in range(POLICY.address_attempts):
        assert await wait_told(colleague.email, address=ELSEWHERE) == before
    other = await a_colleague()
    assert (await try_in(other.email, address=ELSEWHERE)).account_id == other.account_id


async def test_guessing_does_not_lock_the_owner_out() -> None:
    colleague = await a_colleague()
    for number in range(20):
        await _guess(colleague, f"203.0.113.{number}")
    assert (await try_in(colleague.email, address=ELSEWHERE)).account_id == colleague.account_id


async def test_a_right_password_costs_nothing() -> None:
    colleague = await a_colleague()
    for _ in range(POLICY.address_attempts + 3):
        await try_in(colleague.email)


async def test_an_outdated_hash_is_renewed_by_the_right_password_only() -> None:
    colleague = await a_colleague()
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    mine = Account.filter(id=colleague.account_id)
    await mine.update(password_hash=old)
    await fail(colleague.email, 1)
    assert (await mine.get()).password_hash == old
    await try_in(colleague.email)
    renewed = (await mine.get()).password_hash
    assert renewed is not None
    assert not passwords.is_outdated(renewed)
    await try_in(colleague.email)


async def change(colleague: Colleague, old: str, new: str) -> None:
    await change_password(
        colleague.account_id, old, new, keep=None, address=ADDRESS, now=NOW, vault=VAULT, policy=POLICY
    )


async def test_a_new_password_replaces_the_old_one() -> None:
    colleague = await a_colleague()
    await change(colleague, PASSWORD, NEW)
    await try_in(colleague.email, NEW)
    await fail(colleague.email, 0)
    with pytest.raises(CredentialsWrong):
        await try_in(colleague.email, PASSWORD)


async def test_a_password_is_changed_even_while_its_hash_is_outdated() -> None:
    colleague = await a_colleague()
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    await Account.filter(id=colleague.account_id).update(password_hash=old)
    await change(colleague, PASSWORD, NEW)
    await try_in(colleague.email, NEW)


async def test_nobody_changes_a_password_without_the_old_one_or_to_an_unfit_one() -> None:
    colleague = await a_colleague()
    for old, new, error in (
        (WRONG, NEW, CredentialsWrong),
        (PASSWORD, "for kort", PasswordTooShort),
        (PASSWORD, colleague.email, PasswordGuessable),
        (PASSWORD, "Karla Kollega", PasswordGuessable),
        (PASSWORD, "Københavns 2026", PasswordGuessable),
    ):
        with pytest.raises(error):
            await change(colleague, old, new)
    await try_in(colleague.email, PASSWORD)


async def test_guessing_the_old_password_runs_into_the_same_pauses() -> None:
    colleague = await a_colleague()
    for _ in range(POLICY.account_attempts):
        with pytest.raises(CredentialsWrong):
            await change(colleague, WRONG, NEW)
    with pytest.raises(TooManySignIns):
        await change(colleague, PASSWORD, NEW)


async def test_a_closed_or_unknown_account_changes_nothing() -> None:
    colleague = await a_colleague()
    await disable_account(colleague.account_id, actor=SYSTEM, now=NOW)
    for stranger in (colleague, Colleague(999_999, "")):
        with pytest.raises(CredentialsWrong):
            await change(stranger, PASSWORD, NEW)


async def _guess(colleague: Colleague, address: str) -> None:
    with pytest.raises(CredentialsWrong):
        await try_in(colleague.email, WRONG, address=address)
