"""The two codes of the citizen's letter: the forløbskode and the kontrolkode (access code).

Both use Crockford's base32 alphabet, which leaves out I, L, O and U, and are read as people type them: in any case,
with any spaces and dashes, and with the letter for the figure it looks like (https://www.crockford.com/base32.html).

The forløbskode carries Crockford's check symbol, the number modulo 37. As 37 is a prime that divides neither 31
(= 32 - 1) nor any difference of two symbols, every single wrong character and every swap of neighbours changes the
remainder; and a swap of the last symbol `d` with the check symbol `c` needs 2(c - d) = 0 modulo 37. Codes whose
remainder is above 31 are drawn anew, for nobody can say `*~$=` on the telephone. The thirteenth symbol makes up for
the fifth of a bit that this costs: log2(32 ** 13 * 32 / 37) = 64.8 bits.
"""

import secrets
from collections.abc import Callable

from providers.errors import GenvejError
from providers.words import N_

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DATA_SYMBOLS = 13
CODE_SYMBOLS = DATA_SYMBOLS + 1
ACCESS_SYMBOLS = 8
LONGEST_INPUT = 64
"""Characters. Longer input is refused before any work; a code with every symbol spaced out is well below."""

_MODULUS = 37
_GROUP = 4
# Spaces, dashes, and the invisible characters that come along when a code is copied out of a letter.
_SEPARATORS = (
    " \t\r\n-_.\u00a0\u00ad\u2007\u2009\u200b\u2010\u2011\u2012\u2013\u2014\u2015\u202f\u2060\u2212\ufe63\uff0d"
)
_READ_AS = {
    **{letter: letter for letter in ALPHABET},
    **{letter.lower(): letter for letter in ALPHABET},
    **dict.fromkeys("Oo", "0"),
    **dict.fromkeys("IiLl", "1"),
    **dict.fromkeys(_SEPARATORS, ""),
}


class CodeMistyped(GenvejError):
    """The text cannot be a forløbskode. The text itself is not among the details: it could be nearly one."""

    code = "code_mistyped"
    message = N_("Forløbskoden er ikke skrevet rigtigt. Se i brevet, og skriv alle 14 tegn.")


class AccessCodeMistyped(CodeMistyped):
    """The text cannot be a kontrolkode."""

    code = "access_code_mistyped"
    message = N_("Kontrolkoden er ikke skrevet rigtigt. Se i brevet, og skriv alle 8 tegn.")


def issue_code(random: Callable[[int], int] = secrets.randbelow) -> str:
    """A new forløbskode, grouped for print: `7K3M-9QXP-2BHT-94`. `random(n)` gives a number from 0 to n - 1."""
    while (number := random(32**DATA_SYMBOLS)) % _MODULUS >= len(ALPHABET):
        pass
    return format_code(_symbols(number, DATA_SYMBOLS) + ALPHABET[number % _MODULUS])


def parse_code(text: str) -> str:
    """The canonical forløbskode (14 symbols, upper case, no separators) of what a person typed.

    Raises CodeMistyped for anything else, a wrong check symbol included.
    """
    canonical = _read(text)
    if canonical is None or len(canonical) != CODE_SYMBOLS or not _checks(canonical):
        raise CodeMistyped
    return canonical


def format_code(canonical: str) -> str:
    """A canonical code in groups of four, as it stands in the letter."""
    return "-".join(canonical[at : at + _GROUP] for at in range(0, len(canonical), _GROUP))


def issue_access_code(random: Callable[[int], int] = secrets.randbelow) -> str:
    """A new kontrolkode of 40 bits: `4KTM-92XQ`. It has no check symbol, as it is never used alone."""
    return format_access_code(_symbols(random(32**ACCESS_SYMBOLS), ACCESS_SYMBOLS))


def parse_access_code(text: str) -> str:
    """The canonical kontrolkode (8 symbols) of what a person typed; raises AccessCodeMistyped."""
    canonical = _read(text)
    if canonical is None or len(canonical) != ACCESS_SYMBOLS:
        raise AccessCodeMistyped
    return canonical


def format_access_code(canonical: str) -> str:
    """A canonical kontrolkode in two groups of four."""
    return format_code(canonical)


def _read(text: str) -> str | None:
    """The symbols of the text without separators; None when it is too long or holds anything else."""
    if len(text) > LONGEST_INPUT:
        return None
    symbols = [_READ_AS.get(character) for character in text]
    return None if None in symbols else "".join(filter(None, symbols))


def _checks(canonical: str) -> bool:
    """Whether the last symbol is the remainder of the number before it."""
    number = 0
    for symbol in canonical[:-1]:
        number = number * len(ALPHABET) + ALPHABET.index(symbol)
    return number % _MODULUS == ALPHABET.index(canonical[-1])


def _symbols(number: int, count: int) -> str:
    """The number in base 32, `count` symbols long."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))
