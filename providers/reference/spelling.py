"""The ways in which a Danish place name is written: "Ålborg", "Aalborg" and, on a foreign keyboard, "Alborg"."""

_DANISH = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe", "é": "e", "ü": "y"})
_FOREIGN = str.maketrans({"å": "a", "æ": "ae", "ø": "o", "ä": "a", "ö": "o", "é": "e", "ü": "u"})


def spelled_out(text: str) -> str:
    """The text in lower case, with the Danish letters as Danish spells them without having them."""
    return " ".join(text.lower().split()).translate(_DANISH)


def spellings(text: str) -> frozenset[str]:
    """The text in lower case without the Danish letters, in each way; texts that share one may mean the same."""
    foreign = " ".join(text.lower().split()).replace("aa", "å").translate(_FOREIGN)
    return frozenset({spelled_out(text), foreign}) - {""}
