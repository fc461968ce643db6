"""A package typed as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.package_text import parse_package_choice
from matching.rights import Level

PACKAGES = ["01-kirurgisk", "01-medicinsk", "02-kirurgisk", "06-medicinsk", "11-medicinsk"]


@pytest.mark.parametrize(
    ("text", "package", "level"),
    [
        ("01 kirurgisk basal", "01-kirurgisk", Level.BASIC),
        ("06 medicinsk avanceret", "06-medicinsk", Level.ADVANCED),
        ("1 kir. basal", "01-kirurgisk", Level.BASIC),
        ("6 MED. AVANC.", "06-medicinsk", Level.ADVANCED),
        ("Basalt: 01-Kirurgisk", "01-kirurgisk", Level.BASIC),
        ("02 Overekstremitet (ikke hånd), kirurgisk, basal", "02-kirurgisk", Level.BASIC),
        ("11 Almen svækkelse, medicinsk – avanceret niveau", "11-medicinsk", Level.ADVANCED),
        ("01kirurgisk basal", "01-kirurgisk", Level.BASIC),
        ("01 surgical basic", "01-kirurgisk", Level.BASIC),
        ("11 medical advanced", "11-medicinsk", Level.ADVANCED),
    ],
)
def test_what_is_understood(text: str, package: str, level: Level) -> None:
    assert parse_package_choice(text, PACKAGES) == (package, level)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "01 kirurgisk",
        "01 basal",
        "kirurgisk basal",
        "01 06 medicinsk basal",
        "01 kirurgisk medicinsk basal",
        "01 kirurgisk basal avanceret",
        "99 kirurgisk basal",
        "06 kirurgisk basal",
        "001 kirurgisk basal",
        "01 k basal",
        "01 kirurgiskx basal",
        "٠١ kirurgisk basal",
        "7K3M-9QXP-2BHT-94",
        "\0\U0001f600",
        "01 kirurgisk basal" + " " * 103,
    ],
)
def test_what_is_not_guessed(text: str) -> None:
    assert parse_package_choice(text, PACKAGES) is None


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    found = parse_package_choice(text, PACKAGES)
    assert found is None or found[0] in PACKAGES
