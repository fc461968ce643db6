"""Who does something: every change and every look at a person's data has an actor."""

from dataclasses import dataclass

from providers.scope import NOBODY, Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """`person` is a stable name that is not itself personal data of a citizen, `role` what they act as. Only
    somebody who helps a citizen is known by nothing but the name that they give.

    `scope` is whom they may see: their municipality's or their clinic's citizens.
    """

    person: str
    role: str
    organisation: str | None = None
    scope: Scope = NOBODY

    def __str__(self) -> str:
        return f"{self.role}:{self.person}"


CITIZEN_WITH_CODE = Actor("citizen", "citizen_code")
"""Somebody who typed a valid forløbskode, and is known by nothing more."""

CITIZEN = Actor("citizen", "citizen")
"""The citizen, known by a second factor."""

CITIZEN_WITH_MITID = Actor("citizen", "citizen_mitid")
"""The citizen, known by an issuer's word."""

HELPER = "citizen_helper"


def helping_citizen(name: str) -> Actor:
    """Somebody who helps the citizen and has shown the letter's codes, by the name that they have given."""
    return Actor(name, HELPER)


SYSTEM = Actor("genvej", "system")
