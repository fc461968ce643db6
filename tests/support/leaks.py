"""A look-out over the whole suite: where people's data must never be, it looks for that of the tests' own citizens.

It learns by listening at the vault, through which every citizen, CPR number and code goes; and it looks at what the
tests leave behind: logs, addresses, error pages, metrics, job arguments, the outbox and other tables that hold no
person. Each process looks at its own; the run fails at its end when any of them has found something.
"""

import functools
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from providers.vault import Vault

_CODE_PURPOSES = {"course_code", "access_code"}
# What could be a CPR number, a telephone number or a code, as people and programs write them.
_LIKELY = re.compile(
    r"(?<![0-9A-Za-z])(?:\d{6}[- ]?\d{4}|(?:\+?45 ?)?\d{2}(?: ?\d{2}){3}"
    r"|[0-9A-Za-z]{4}(?:[- ]?[0-9A-Za-z]{4}){1,2}(?:[- ]?[0-9A-Za-z]{2})?)(?![0-9A-Za-z])"
)
_FULL_NAME = re.compile(r"\w{3,}[ -]\w{3,}.*")
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "+": None})
_EVERYBODY_S = {"00000000", "4500000000"}
"""The demo's telephone number is nobody's and stands on every page."""


class Lookout:
    """What it knows, and what it has found: place, kind and test, each once."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.marks: dict[str, str] = {}
        self.found: set[tuple[str, str, str]] = set()

    def know_mark(self, kind: str, text: str) -> None:
        """A CPR number, a telephone number or a code, in any spelling."""
        plain = _plain(text)
        if plain not in _EVERYBODY_S:
            self.marks[plain] = kind

    def know_sealed(self, plain: bytes) -> None:
        """Whatever somebody seals: only a citizen is of interest."""
        if not plain.startswith(b'{"cpr":'):
            return
        citizen: dict[str, Any] = json.loads(plain)
        self.know_mark("CPR number", citizen["cpr"])
        if citizen.get("phone"):
            self.know_mark("telephone number", citizen["phone"])
        # Names that a property draws at random may be words of any page.
        if _FULL_NAME.fullmatch(citizen["name"]):
            self.names.add(citizen["name"])

    def look(self, place: str, text: str, test: str = "") -> None:
        """Remember where a known value stands, not the value. `test`: whose it is, if not the one that is running."""
        kinds = {"name" for name in self.names if name in text}
        kinds |= {self.marks[plain] for found in _LIKELY.findall(text) if (plain := _plain(found)) in self.marks}
        test = test or os.environ.get("PYTEST_CURRENT_TEST", "between tests").partition(" (")[0]
        self.found |= {(place, kind, test) for kind in kinds}

    @contextmanager
    def trial(self) -> Iterator[set[tuple[str, str]]]:
        """What would be found in the block, as pairs of place and kind; the run is none the worse for it."""
        before, self.found, seen = self.found, set(), set[tuple[str, str]]()
        try:
            yield seen
        finally:
            seen |= {(place, kind) for place, kind, _ in self.found}
            self.found = before


LOOKOUT = Lookout()


def listen() -> None:
    """From now on, everything that is sealed or hashed in this process is known."""
    seal, digests = Vault.seal, Vault.digests

    @functools.wraps(seal)
    def heard_seal(self: Vault, plain: bytes) -> bytes:
        LOOKOUT.know_sealed(plain)
        return seal(self, plain)

    @functools.wraps(digests)
    def heard_digests(self: Vault, purpose: str, text: str) -> list[str]:
        if purpose in _CODE_PURPOSES:
            LOOKOUT.know_mark("code", text)
        return digests(self, purpose, text)

    Vault.seal, Vault.digests = heard_seal, heard_digests  # type: ignore[method-assign]


def _plain(text: str) -> str:
    """Digits and letters as codes are read; a Danish number without its country."""
    plain = text.upper().translate(_READ_AS)
    return plain[2:] if len(plain) == 10 and plain.startswith("45") and text.strip().startswith("+") else plain
