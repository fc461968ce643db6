"""The design system's style sheet without what no page of ours uses: it knows two hundred components, we a dozen."""

import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_EMPTY_BLOCK = re.compile(r"@(?:media|supports)[^{}]*\{\s*\}")
# A comma within brackets, as in `:is(h1, h2)`, does not part two selectors.
_SELECTOR = re.compile(r"(?:[^,(]|\([^)]*\))+")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_WORD = re.compile(r"[\w-]+")


def trimmed(sheet: str) -> str:
    """The sheet without selectors that name a class which stands in no template and no script of ours."""
    kept = _RULE.sub(_kept, _COMMENT.sub("", sheet))
    return _EMPTY_BLOCK.sub("", kept)


def _kept(rule: re.Match[str]) -> str:
    if rule[1].lstrip().startswith("@"):
        return rule[0]
    selectors = [
        selector for selector in _SELECTOR.findall(rule[1]) if _used_words().issuperset(_CLASS.findall(selector))
    ]
    return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""


@cache
def _used_words() -> frozenset[str]:
    """Every word that could be the name of a class."""
    files = [*(_HERE / "templates").rglob("*.html"), *(_HERE.parent / "static").glob("*.js")]
    return frozenset(word for file in files for word in _WORD.findall(file.read_text(encoding="utf-8")))
