"""Passwords: what makes one good enough, and argon2id, which takes its time and must not take everybody's.

NIST SP 800-63B and OWASP ASVS 5 chapter 6: length counts, composition rules do not help, what is easily guessed is
refused; text is compared in one Unicode form (NFKC). OWASP's first choice for argon2id is 19 MiB of memory and two
passes, about 30 ms.
"""

import asyncio
import threading
import unicodedata
from base64 import b64encode
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from providers.accounts.errors import PasswordGuessable, PasswordLeaked, PasswordTooLong, PasswordTooShort, SignInBusy
from providers.accounts.guessing import is_guessable
from providers.accounts.leaked import is_leaked

SHORTEST, LONGEST = 12, 200
LONGEST_QUEUE = 40
"""So many wait for their turn, a good second at most; who comes then is asked to try again."""

_Answer = TypeVar("_Answer")

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# One at a time in each process, so that sign-ins never take more than one core from everything else.
_TURNS = ThreadPoolExecutor(max_workers=1, thread_name_prefix="argon2")
_PLACES = threading.Semaphore(LONGEST_QUEUE)


async def check_password(password: str, *, known: Iterable[str], leaked: Path | None) -> None:
    """Refuse what is too short, too long, easily guessed by somebody who has the texts about its owner, or `leaked`.

    Raises a PasswordUnfit, or SignInBusy.
    """
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise PasswordTooShort
    if len(plain) > LONGEST:
        raise PasswordTooLong
    if await _in_turn(lambda: is_guessable(plain, [_normal(text) for text in known])):
        raise PasswordGuessable
    # As it was typed and as it is kept: others may have kept it in either form.
    if leaked is not None and await _in_turn(lambda: any(is_leaked(text, leaked) for text in {password, plain})):
        raise PasswordLeaked


async def hash_password(password: str) -> str:
    """The encoded hash, with salt and parameters; raises SignInBusy."""
    return await _in_turn(lambda: _HASHER.hash(_bytes(_normal(password))))


async def password_fits(password: str, encoded: str | None) -> bool:
    """Whether it is the hash's password; the same work is done when there is no hash. Raises SignInBusy."""
    plain = _normal(password)
    if len(plain) > LONGEST:
        plain, encoded = "", None
    return await _in_turn(lambda: _fits(_bytes(plain), encoded or _nobodys_hash()))


def is_outdated(encoded: str) -> bool:
    """Whether the hash was made with other parameters than are used today."""
    return _HASHER.check_needs_rehash(encoded)


def _fits(plain: bytes, encoded: str) -> bool:
    try:
        return _HASHER.verify(encoded, plain)
    except VerifyMismatchError:
        return False


async def _in_turn(work: Callable[[], _Answer]) -> _Answer:
    if not _PLACES.acquire(blocking=False):
        raise SignInBusy
    try:
        return await asyncio.get_running_loop().run_in_executor(_TURNS, work)
    finally:
        _PLACES.release()


def _nobodys_hash() -> str:
    """A hash of today's parameters whose password nobody knows: all its bytes are zero."""
    salt, digest = (b64encode(bytes(size)).decode().rstrip("=") for size in (_HASHER.salt_len, _HASHER.hash_len))
    costs = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${digest}"


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _bytes(plain: str) -> bytes:
    # A lone surrogate cannot be typed, but it can be sent; it is a wrong password, not a crash.
    return plain.encode("utf-8", "surrogatepass")
