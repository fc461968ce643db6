"""Every template compiles in every language, is used by somebody, and reads like the others."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import StrictUndefined

from portal.language import LANGUAGES
from portal.rendering import environment

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "portal/templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
SCRIPTS = sorted((ROOT / "static").glob("*.js"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_compile_and_none_forgives_a_missing_value(code: str) -> None:
    made = environment(code)
    assert made.undefined is StrictUndefined
    assert sorted(made.list_templates()) == NAMES
    for name in NAMES:
        made.get_template(name)


def test_none_is_unused() -> None:
    python = "".join(path.read_text() for path in (ROOT / "portal").rglob("*.py"))
    html = "".join((TEMPLATES / name).read_text() for name in NAMES)
    used = set(re.findall(r'"([\w/]+\.html)"', python + html))
    assert set(NAMES) - used == set()


def test_a_list_that_does_not_come_is_not_waited_for_nor_replaced_by_a_strangers_error() -> None:
    (config,) = re.findall(r"content='({.*})'", (TEMPLATES / "layout.html").read_text())
    read = json.loads(config)
    fault = next(rule for rule in read["responseHandling"] if re.fullmatch(rule["code"], "502"))
    assert (fault["swap"], fault["error"]) == (False, True)
    assert 0 < read["timeout"] <= 30_000


def test_djlint_has_nothing_to_say() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "djlint", "--check", "--lint", str(TEMPLATES)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert checked.returncode == 0, checked.stdout


def test_templates_hold_no_style_and_no_script_of_their_own() -> None:
    for name in NAMES:
        written = (TEMPLATES / name).read_text()
        assert not re.search(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|\|\s*safe", written), name


def test_a_password_is_masked_and_may_be_filled_in_by_a_manager_or_pasted() -> None:
    asked = re.compile(r'parts\.input\("(?:adgangskode|nuvaerende|ny)".*')
    fields = [field for name in NAMES for field in asked.findall((TEMPLATES / name).read_text())]
    assert len(fields) >= 6
    assert [field for field in fields if not re.search(r'type="password", autocomplete="(new|current)-p', field)] == []
    assert [path.name for path in SCRIPTS if "paste" in path.read_text()] == []


def test_nothing_of_a_page_is_kept_in_the_browser() -> None:
    """But for the address of the page that "back" leads to; htmx keeps no pages."""
    stored = [line for path in SCRIPTS for line in re.findall(r"setItem\((.*)\)", path.read_text())]
    assert stored == ['"back", window.location.href']
    assert not [
        path.name for path in SCRIPTS if re.search(r"localStorage|indexedDB|document\.cookie", path.read_text())
    ]
    assert '"historyCacheSize": 0' in (TEMPLATES / "layout.html").read_text()


def test_parts_and_plain_sentences_are_in_place_before_a_template_is_compiled() -> None:
    made = environment("en")
    assert made.loader is not None
    source, _, _ = made.loader.get_source(made, "results.html")
    assert '<article class="place">' in source
    assert "First free time" in source
    assert "{% include" not in source
    assert _VALUELESS.search(source) is None


_VALUELESS = re.compile(r"""\{\{ _\(["'][^"']*["']\) \}\}""")
