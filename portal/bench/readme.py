"""The figures in the README: a row for each, replaced when it is measured again."""

import re
from collections.abc import Mapping
from pathlib import Path

from portal.bench.drawing import curves, drawing
from portal.bench.figures import Figure
from portal.bench.running import Results

ROOT = Path(__file__).resolve().parents[2]
DRAWING = Path("static/images/latency.svg")
BUDGET_MS = 5.0

_SECTION = re.compile(r"(\n## What we measured\n)(.*?)(?=\n## )", re.DOTALL)
_HEAD = ("| what | ours | reference | budget | measured |", "|---|---|---|---|---|")
_OURS, _APART = "`genvej bench", "`genvej bench reports"


def record(results: Results, command: str, root: Path = ROOT) -> None:
    """Write the figures into the README, and the drawing beside it where there is one."""
    readme = root / "README.md"
    readme.write_text(with_figures(readme.read_text(encoding="utf-8"), results, command), encoding="utf-8")
    if drawn := curves(results.figures):
        (root / DRAWING).write_text(drawing(drawn, budget=BUDGET_MS), encoding="utf-8")


def with_figures(text: str, results: Results, command: str) -> str:
    """The README's text with these figures: rows of the same name give way, all others stay."""
    found = _SECTION.search(text)
    if found is None:
        raise LookupError('the README has no section "What we measured"')
    measured = f"{results.machine['date']}, `{command}`"
    new = {figure.name: _row(figure, measured) for figure in results.figures}
    lines = found[2].splitlines()
    pictures = [line for line in lines if line.startswith("![")]
    kept = [line for line in lines if line.startswith("| ") and line not in _HEAD]
    rows = [*new.values(), *(line for line in kept if _cell(line) not in new and not _gone(line, command))]
    return _SECTION.sub(lambda _: "\n".join([found[1], *pictures, "", _about(results), "", *_HEAD, *rows, ""]), text)


def _gone(line: str, command: str) -> bool:
    """Of everything measured together, a figure that is not among it any more; the long test never was."""
    return " all" in command and _OURS in line and _APART not in line


def _row(figure: Figure, measured: str) -> str:
    number = f"{figure.ours:,.0f}" if figure.ours >= 100 else f"{figure.ours:.3g}"
    times = "" if figure.ratio is None else f"{figure.ratio:.2f} × {figure.against} (spread {figure.spread or 0:.2f})"
    budget = f"{figure.budget}: {'kept' if figure.holds else 'missed'}" if figure.budget else ""
    return f"| {figure.name} | {number} {figure.unit} | {times} | {budget} | {measured} |"


def _cell(line: str) -> str:
    return line.split("|")[1].strip()


def _about(results: Results) -> str:
    machine, sizes = results.machine, results.sizes
    return (
        f"On {machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, {_debian(machine)}PostgreSQL"
        f" {str(machine['postgresql']).split()[0]}, PostGIS {machine['postgis']}, Python {machine['python']};"
        f" {sizes['site']:,} sites with {sizes['slot']:,} times and {sizes['offer']:,} offers. The load was"
        f" {machine['load']} before and {machine['load_at_the_end']} after. A ratio is ours to the reference, in turns"
        " on the same data; its spread is the largest minus the smallest. Milliseconds at the database are those of"
        " its processor."
    )


def _debian(machine: Mapping[str, object]) -> str:
    """The system's version, by the version of PostgreSQL's package: `15.18 (Debian 15.18-0+deb12u1)`."""
    found = re.search(r"\+deb(\d+)", str(machine["postgresql"]))
    return f"Debian {found[1]}, " if found else ""
