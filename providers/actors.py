"""Who does something: every change and every look at a person's data has an actor."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """`person` is a stable name that is not itself personal data of a citizen, `role` what they act as."""

    person: str
    role: str
    organisation: str | None = None

    def __str__(self) -> str:
        return f"{self.role}:{self.person}"


CITIZEN_WITH_CODE = Actor("citizen", "citizen_code")
"""Somebody who typed a valid forløbskode, and is known by nothing more."""

CITIZEN = Actor("citizen", "citizen")
"""The citizen, known by a second factor."""

SYSTEM = Actor("genvej", "system")
