"""How the code is written: checked by tools, and small."""

import ast
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCRIPTS = Path(sysconfig.get_path("scripts"))
CODE = sorted(path for floor in ("portal", "matching", "providers") for path in (ROOT / floor).rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 400, 50


def test_ruff_finds_nothing() -> None:
    assert _said("ruff", "check", "--no-cache", ".") == "All checks passed!"


def test_ruff_would_format_nothing() -> None:
    assert _said("ruff", "format", "--no-cache", "--check", ".").endswith("already formatted")


def test_every_type_is_right() -> None:
    # A memory that nobody is going to use costs a quarter more to make.
    without = [] if (ROOT / ".mypy_cache").exists() else ["--cache-dir=/dev/null"]
    assert _said("mypy", *without).startswith("Success:")


def test_no_file_is_long() -> None:
    assert [path.name for path in CODE if len(path.read_text().splitlines()) > LONGEST_FILE] == []


def test_no_function_is_long() -> None:
    assert [name for name, lines in _functions() if lines > LONGEST_FUNCTION] == []


def test_functions_are_short_as_a_rule() -> None:
    lengths = sorted(lines for _, lines in _functions())
    assert lengths[len(lengths) // 2] <= 9


def _functions() -> Iterator[tuple[str, int]]:
    """Each function with its lines, decorators and docstring left out."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                documented = ast.get_docstring(node) is not None and len(node.body) > 1
                last_line = node.end_lineno or node.lineno
                doc = node.body[0].end_lineno - node.body[0].lineno + 1 if documented else 0  # type: ignore[operator]
                yield f"{path.relative_to(ROOT)}: {node.name}", last_line - node.lineno + 1 - doc


def _said(tool: str, *arguments: str) -> str:
    """What a tool of the virtual environment said on the whole project; its complaints when it had any."""
    done = subprocess.run([SCRIPTS / tool, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()
