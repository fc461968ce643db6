"""The table of ASVS requirements names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_test_that_the_table_names_exists() -> None:
    named = _NAMED.findall((ROOT / "README.md").read_text())
    assert len(named) > 15
    assert [(file, name) for file, name in named if f"def {name}(" not in (ROOT / file).read_text()] == []
