"""The ways in which a Danish place name is written: "Ålborg", "Aalborg" and, on a foreign keyboard, "Alborg"."""

_DANISH = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe", "é": "e", "ü": "y"})
_FOREIGN = str.maketrans({"å": "a", "æ": "ae", "ø": "o", "ä": "a", "ö": "o", "é": "e", "ü": "u"})


def spellings(text: str) -> frozenset[str]:
    """The text in lower case without the Danish letters, in each way; texts that share one may mean the same."""
    lowered = " ".join(text.lower().split())
    return frozenset({lowered.translate(_DANISH), lowered.replace("aa", "å").translate(_FOREIGN)}) - {""}
