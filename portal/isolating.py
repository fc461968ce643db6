"""Names that are written from right to left, in sentences that are not: neither may turn the other's words around.

A name in Hebrew or Arabic is put between the signs that Unicode has for it (UAX #9: first strong isolate, U+2068, and
its end, U+2069), which nobody sees, and which do the same in a page, a letter and a mail. Signs in a name that would
turn the text around it are taken out. What is written from left to right stays as it is, sign for sign.
"""

import re

_FIRST, _END = "\u2068", "\u2069"
_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_TURNS = re.compile(f"[{_LETTERS}\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_STEERS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]")
_ISOLATES = re.compile(f"[{_FIRST}{_END}]")


def isolated(said: object) -> object:
    """A text that may be turned, isolated; every other value as it is."""
    if not isinstance(said, str) or said.isascii() or hasattr(said, "__html__") or not _TURNS.search(said):
        return said
    text = _STEERS.sub("", said)
    return _FIRST + (text if _is_balanced(text) else _ISOLATES.sub("", text)) + _END


def _is_balanced(text: str) -> bool:
    """Whether it is isolated in parts already; an end too many would end ours."""
    depth = 0
    for sign in _ISOLATES.findall(text):
        depth += 1 if sign == _FIRST else -1
        if depth < 0:
            return False
    return depth == 0
