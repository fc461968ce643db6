"""Length is what counts, nobody's own name will do, and checking one takes turns."""

import asyncio
import threading
from hashlib import sha1
from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from providers.accounts.errors import (
    PasswordGuessable,
    PasswordLeaked,
    PasswordTooLong,
    PasswordTooShort,
    PasswordUnfit,
    SignInBusy,
)
from providers.accounts.guessing import is_guessable
from providers.accounts.leaked import is_leaked
from providers.accounts.passwords import (
    LONGEST_QUEUE,
    SHORTEST,
    check_password,
    hash_password,
    is_outdated,
    password_fits,
)

KNOWN = ("karla.kollega@kommune.example", "Karla Konstance Kollega", "Ålebæk Kommune")
GOOD = "fire ord uden forbindelse"


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("", PasswordTooShort),
        ("elleve tegn", PasswordTooShort),
        ("x" * 201, PasswordTooLong),
        ("karla.kollega@kommune.example", PasswordGuessable),
        ("KarlaKonstanceKollega", PasswordGuessable),
        ("Kollega2026Karla!", PasswordGuessable),
        ("ÅLEBÆK ålebæk 1", PasswordGuessable),
        ("a\u030alebæk-2026-11", PasswordGuessable),
        ("Genvej123456", PasswordGuessable),
        ("Adgangskode1!", PasswordGuessable),
        ("p@ssw0rd1234", PasswordGuessable),
        ("qwertyuiop123", PasswordGuessable),
        ("æøåæøåæøåæøå", PasswordGuessable),
        ("x" * 200, PasswordGuessable),
    ],
)
async def test_unfit_passwords(password: str, error: type[PasswordUnfit]) -> None:
    with pytest.raises(error) as raised:
        await check_password(password, known=KNOWN, leaked=None)
    assert raised.value.details == {}


@pytest.mark.parametrize(
    "password",
    [
        "tolv tegn nu",
        "syv blå heste " * 14,
        "zk7mq2xv9hdw",
        "æblegrøden står på gulvet",
        " mellemrum ude ",
        "\ud800" + GOOD,
    ],
)
async def test_fit_passwords(password: str) -> None:
    await check_password(password, known=KNOWN, leaked=None)


async def test_the_common_ones_of_the_list_are_refused() -> None:
    common = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= SHORTEST]
    assert len(common) > 200
    assert [word for word in common if not is_guessable(word, ())] == []


async def test_a_hash_is_argon2id_with_a_salt_of_its_own() -> None:
    one, other = await hash_password(GOOD), await hash_password(GOOD)
    assert one != other
    assert GOOD not in one
    facts = extract_parameters(one)
    assert (facts.type, facts.memory_cost, facts.time_cost, facts.parallelism) == (Type.ID, 19 * 1024, 2, 1)
    assert await password_fits(GOOD, one)
    assert not await password_fits(GOOD + " ", one)
    assert not await password_fits(GOOD.upper(), one)


async def test_one_password_typed_in_two_unicode_forms_is_one_password() -> None:
    composed, decomposed = "blåbærgrød i 3 skåle", "bla\u030abærgrød i 3 ska\u030ale"
    assert composed != decomposed
    assert await password_fits(decomposed, await hash_password(composed))


@pytest.mark.parametrize("password", ["", "\x00", "\ud800", "x" * 100_000])
async def test_what_cannot_be_a_password_is_a_wrong_one(password: str) -> None:
    assert not await password_fits(password, await hash_password(GOOD))
    assert not await password_fits(password, None)


async def test_a_hash_of_earlier_parameters_fits_and_is_outdated() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(GOOD)
    assert await password_fits(GOOD, old)
    assert is_outdated(old)
    assert not is_outdated(await hash_password(GOOD))


async def test_one_at_a_time_and_the_loop_goes_on_meanwhile() -> None:
    checks = asyncio.gather(*(password_fits(GOOD, None) for _ in range(5)))
    rounds = 0
    while not checks.done():
        rounds += 1
        await asyncio.sleep(0)
    assert await checks == [False] * 5
    assert rounds > 5
    assert len([thread for thread in threading.enumerate() if thread.name.startswith("argon2")]) == 1


async def test_who_comes_when_the_queue_is_full_is_told_to_come_back() -> None:
    answers = await asyncio.gather(
        *(password_fits(GOOD, None) for _ in range(LONGEST_QUEUE + 3)), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [bool] * LONGEST_QUEUE + [SignInBusy] * 3
    assert await password_fits(GOOD, None) is False


async def test_a_password_that_has_leaked_is_refused(tmp_path: Path) -> None:
    """By a file like the one that can be downloaded: each of its lines is found, and nothing else."""
    leaked = [f"fire ord, og her er nummer {number}" for number in range(500)]
    digests = sorted(sha1(password.encode(), usedforsecurity=False).hexdigest().upper() for password in leaked)
    file = tmp_path / "leaked.txt"
    file.write_bytes(b"".join(f"{digest}:{number}\r\n".encode() for number, digest in enumerate(digests)))
    assert all(is_leaked(password, file) for password in leaked)
    assert not any(is_leaked(f"{password}!", file) for password in leaked)
    with pytest.raises(PasswordLeaked):
        await check_password(leaked[7], known=KNOWN, leaked=file)
    await check_password(GOOD, known=KNOWN, leaked=file)
    (tmp_path / "empty.txt").touch()
    assert not is_leaked(GOOD, tmp_path / "empty.txt")
