"""What is left out of the design system's style sheet, and what is not."""

import re
from collections import Counter
from collections.abc import Iterator

import tinycss2

from portal.assets import _PACKAGES
from portal.trimming import trimmed


def test_only_selectors_that_no_page_can_match_are_left_out() -> None:
    sheet = (
        "@charset 'utf-8';/* a note */body,.nobody-has-this p{margin:0}.button:not(.nobody,.else){color:red}"
        ".form-error .form-input,.form-error .nobody-has-this{border:0}.nobody-has-this{color:blue}"
        "@media print{.nobody-has-this{display:none}}@media print{.nobody-has-this{a:b}.button,:is(h1, h2){c:d}}"
        "@keyframes turn{0%{top:0}to{top:1px}}"
    )
    assert trimmed(sheet) == (
        "@charset 'utf-8';body{margin:0}"
        ".form-error .form-input{border:0}"
        "@media print{.button,:is(h1, h2){c:d}}"
        "@keyframes turn{0%{top:0}to{top:1px}}"
    )


def test_the_design_system_keeps_all_that_our_pages_use() -> None:
    """Another parser finds every selector of bare elements, and of classes that stand in templates, as often."""
    whole = (_PACKAGES / "dkfds/dist/css/dkfds.min.css").read_text()
    left = trimmed(whole)
    ours = {"button", "button-primary", "form-input", "form-error", "alert-success", "details-summary", "skipnav"}
    found, kept = Counter(_selectors(whole)), Counter(_selectors(left))
    wanted = {name: times for name, times in found.items() if set(re.findall(r"\.([\w-]+)", name)) <= ours}
    assert len(wanted) > 100
    assert {name: kept[name] for name in wanted} == wanted
    assert len(left) < len(whole) / 5


def _selectors(sheet: str) -> Iterator[str]:
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            yield from re.split(r",(?![^(]*\))", tinycss2.serialize(rule.prelude))
        elif rule.type == "at-rule" and rule.at_keyword in {"media", "supports"}:
            yield from _selectors(tinycss2.serialize(rule.content))
