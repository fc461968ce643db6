"""Passwords that somebody who guesses tries early: the common ones, and those made of what is known of the owner.

`zxcvbn` counts how many tries a password needs, from its lists of common passwords, words and names and from patterns
of the keyboard. What is known of the owner is taken out first, so that a name and a year are no better than a year.
"""

import re
from collections.abc import Iterable

CONTEXT = (
    "genvej",
    "genoptræning",
    "genoptraening",
    "kommune",
    "klinik",
    "adgangskode",
    "kodeord",
    "velkommen",
    "sommer",
    "vinter",
    "danmark",
)
"""Words that belong to this place; the README has the list too, as OWASP ASVS 6.1.2 asks."""

ENOUGH = 3
"""Of zxcvbn's scores 0 to 4: more than 10⁸ tries, safe from somebody who must guess at a slow hash."""

LOOKED_AT = 24
"""Letters. The work grows steeply with the length: a tenth of a second here, four seconds with seventy letters. What
is good in its first part is good as a whole."""


def is_guessable(plain: str, known: Iterable[str]) -> bool:
    """Whether too few tries find it; `known` are texts about the owner: the address, the name, the places of work.

    Takes up to a tenth of a second, and as long again the first time, when the lists are read.
    """
    from zxcvbn import zxcvbn

    words = {word for text in (*known, *CONTEXT) for word in re.findall(r"[^\W_]{3,}", text)}
    longest_first = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    rest = re.sub(longest_first, "", plain, flags=re.IGNORECASE)
    return not rest or bool(zxcvbn(rest[:LOOKED_AT])["score"] < ENOUGH)
