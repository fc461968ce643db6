"""The identifiers of the Danish health and business registers: is the text one of them?

Each function reads the stored form only: ASCII figures without spaces, dashes or a country prefix. Whether the person
or the organisation exists is another question, answered by the registers. Source: HL7 Denmark's dk-core profiles.
"""

import re
from collections.abc import Iterator
from datetime import date
from random import Random

from stdnum import ean, verhoeff
from stdnum.dk import cpr, cvr
from stdnum.exceptions import ValidationError

_CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
_AUTHORISATION_LETTERS = "0123456789bcdfghjklmnpqrstvwxyz"


def is_cvr(text: str) -> bool:
    """A business number: 8 digits, weights 2 7 6 5 4 3 2 1, modulus 11."""
    return _figures(text, 8) and cvr.is_valid(text)


def is_gln(text: str) -> bool:
    """A GS1 location number (also called EAN): 13 digits, modulus 10."""
    return _figures(text, 13) and ean.is_valid(text)


def is_sor(text: str) -> bool:
    """An identifier of Sundhedsvæsenets Organisationsregister: at least 11 digits."""
    return re.fullmatch(r"[0-9]{11,}", text) is not None


def is_cpr(text: str) -> bool:
    """A civil registration number: 10 digits whose first six, with the seventh for the century, are a real day.

    Modulus 11 is not asked for: numbers without it have been issued since 2007 (cpr.dk).
    """
    if not _figures(text, 10):
        return False
    try:
        cpr.get_birth_date(text)
    except ValidationError:
        return False
    return True


def is_authorisation_id(text: str) -> bool:
    """A health professional's autorisations-ID: 5 of the consonants, y and the digits, in any case."""
    return re.fullmatch(r"[b-df-hj-np-tv-zB-DF-HJ-NP-TV-Z0-9]{5}", text) is not None


def is_municipality_code(text: str) -> bool:
    """The form of a kommunekode: 4 digits from 0101 to 0899. Which ones exist is in the table of municipalities."""
    return re.fullmatch(r"0[1-8][0-9]{2}", text) is not None and not text.endswith("00")


def demo_cpr(random: Random, born: date) -> str:
    """A CPR number that cannot be real: born in 1900-1999, not on 1 January, and failing modulus 11.

    The days whose serial numbers have run out, so that numbers without modulus 11 are given, are the first of January
    before 2000 (cpr.dk). Raises ValueError for a day of birth that could be real.
    """
    if not 1900 <= born.year < 2000 or (born.month, born.day) == (1, 1):
        raise ValueError("a demo person is born in 1900-1999 and not on 1 January")
    # Serial numbers 0001-3999 belong to the twentieth century.
    while cpr.checksum(number := f"{born:%d%m%y}{random.randrange(1, 4000):04}") == 0:
        pass
    return number


def demo_cvr(random: Random) -> str:
    """A CVR number with a valid check digit from the range starting with 9, which is not in use."""
    while not cvr.is_valid(number := str(random.randrange(90_000_000, 100_000_000))):
        pass
    return number


def demo_cvrs() -> Iterator[str]:
    """Every number that `demo_cvr` may give, in order: 909,090 of them."""
    for number in range(9_000_000, 10_000_000):
        total = sum(weight * int(figure) for weight, figure in zip(_CVR_WEIGHTS, str(number), strict=True))
        if (check := -total % 11) < 10:
            yield f"{number}{check}"


def demo_gln(cvr: str) -> str:
    """A GLN for the demo's organisation with a business number; GS1 sets its prefix 952 aside for demonstrations."""
    number = f"9520{cvr}"
    return number + str(ean.calc_check_digit(number))


def demo_sor(random: Random) -> str:
    """An 18-digit number built as a SOR identifier, but in the namespace 0000000, which nobody can own.

    Real ones are SNOMED identifiers of the Danish namespace 1000016, with a Verhoeff check digit at the end.
    """
    number = f"{random.randrange(10_000_000, 100_000_000)}000000000"
    return number + str(verhoeff.calc_check_digit(number))


def demo_authorisation_id(random: Random) -> str:
    """An autorisations-ID for a demo practitioner, starting with `z`.

    The register sets no range aside for tests, so the demo label on the practitioner is what tells. One in 923,521
    repeats: whoever needs many draws again.
    """
    return "z" + "".join(random.choices(_AUTHORISATION_LETTERS, k=4))


def _figures(text: str, count: int) -> bool:
    return re.fullmatch(rf"[0-9]{{{count}}}", text) is not None
