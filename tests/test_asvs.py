"""The table of ASVS requirements is whole, and the tests that it names exist."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "README.md").read_text().partition("## OWASP ASVS")[2].partition("\n## ")[0]
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")

LEVELS_ONE_AND_TWO = """
4.1.1 4.1.2 4.1.3 4.2.1 4.3.1 4.3.2 4.4.1 4.4.2 4.4.3 4.4.4
6.1.1 6.1.2 6.1.3
6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.2.10 6.2.11 6.2.12
6.3.1 6.3.2 6.3.3 6.3.4 6.4.1 6.4.2 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3 6.8.1 6.8.2 6.8.3 6.8.4
7.1.1 7.1.2 7.1.3 7.2.1 7.2.2 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2
8.1.1 8.1.2 8.2.1 8.2.2 8.2.3 8.3.1 8.4.1
14.1.1 14.1.2 14.2.1 14.2.2 14.2.3 14.2.4 14.3.1 14.3.2 14.3.3
"""
"""Numbers of OWASP ASVS 5.0.0, chapters V4, V6, V7, V8 and V14."""


def test_each_requirement_stands_in_the_table_once() -> None:
    first = [line.split("|")[1] for line in TABLE.splitlines() if line.startswith("|")]
    assert Counter(re.findall(r"\d+\.\d+\.\d+", " ".join(first))) == Counter(LEVELS_ONE_AND_TWO.split())


def test_every_line_names_a_test_or_says_why_there_is_none() -> None:
    lines = [line for line in TABLE.splitlines() if re.match(r"\| \d", line)]
    excused = ("not yet", "not applicable", "documented here")
    assert [line for line in lines if not _NAMED.search(line) and not any(word in line for word in excused)] == []


def test_every_test_that_the_table_names_exists() -> None:
    named = _NAMED.findall(TABLE)
    assert len(named) > 40
    assert [(file, name) for file, name in named if f"def {name}(" not in (ROOT / file).read_text()] == []
