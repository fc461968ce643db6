"""What follows from the demo's secret seed: codes and identifiers that can be computed again and need not be kept."""

import hashlib
import hmac
from collections.abc import Callable
from itertools import count
from uuid import UUID

from matching.codes import issue_access_code, issue_code


def numbers(seed: bytes, purpose: str) -> Callable[[int], int]:
    """A source for `matching.codes`: `numbers(...)(n)` gives the next number from 0 to n - 1.

    Each is an HMAC of the purpose and a running number, 256 bits wide, so that the remainder favours nobody.
    """
    turns = count()

    def draw(below: int) -> int:
        digest = hmac.digest(seed, f"{purpose}:{next(turns)}".encode(), hashlib.sha256)
        return int.from_bytes(digest, "big") % below

    return draw


def course_code(seed: bytes, number: int, issue: int) -> str:
    """The forløbskode of a demo plan; `issue` counts how often the plan has been given codes, from 0."""
    return issue_code(numbers(seed, f"code:{number}:{issue}"))


def access_code(seed: bytes, number: int, issue: int) -> str:
    """The kontrolkode that stands in the same letter."""
    return issue_access_code(numbers(seed, f"access code:{number}:{issue}"))


def identifier(seed: bytes, purpose: str) -> UUID:
    """A random-looking identifier (version 4) that is the same in every build."""
    return UUID(bytes=hmac.digest(seed, purpose.encode(), hashlib.sha256)[:16], version=4)
