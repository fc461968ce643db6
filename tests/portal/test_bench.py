"""The benchmarks: what they say and in which form, and that a budget can be missed."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from portal.bench.drawing import curves, drawing
from portal.bench.figures import Figure, Pair, Point, Side, Turn, at_least, at_most, ours_at_most
from portal.bench.measuring import Effort, measure, worst
from portal.bench.pgbench import literal
from portal.bench.readme import with_figures
from portal.bench.running import FAMILIES, Results
from portal.commands import app
from portal.commands import bench as command

QUICK = Effort(rounds=1, seconds=0.1)
MACHINE = {
    "date": "2026-11-21",
    "processor": "P",
    "cores": 2,
    "memory_gb": 24,
    "load": 0.5,
    "load_at_the_end": 1.5,
    "postgresql": "15.18 (Debian 15.18-0+deb12u1)",
    "postgis": "3.3.2",
    "python": "3.11.7",
}
SIZES = {"site": 5000, "slot": 50000, "offer": 10000}


def side(*values: float, told: Callable[[float], None] = lambda value: None) -> Side:
    """Gives these values, one each turn."""
    coming = iter(values)

    async def turn() -> Turn:
        value = next(coming)
        told(value)
        return Turn(value, [value, value * 10])

    return turn


def figure(name: str = "a match", *, ours: float = 9.0, holds: bool = True) -> Figure:
    return Figure(
        name, ours, 10.0, "requests/s", 0.9, 0.02, at_least(0.9 if holds else 0.95), "a bare handler", 1, 2, None
    )


def results(*figures: Figure) -> Results:
    return Results(figures, MACHINE, SIZES, [])


async def test_the_sides_take_turns_and_the_first_turn_of_each_is_not_counted() -> None:
    order: list[float] = []
    pair = Pair("x", "ms", side(1, 2, 4, 6, told=order.append), side(100, 20, 20, 20, told=order.append))

    found = await measure(pair, Effort(rounds=3, seconds=1))

    assert order == [1, 100, 2, 20, 4, 20, 6, 20]
    assert (found.ours, found.reference, found.ratio, found.spread) == (4, 20, 0.2, pytest.approx(0.2))
    assert (found.p50, found.holds) == (13.0, None)


@pytest.mark.parametrize(
    ("budget", "holds"),
    [
        (at_least(0.2), True),
        (at_least(0.21), False),
        (at_most(0.2), True),
        (at_most(0.19), False),
        (ours_at_most(4), True),
        (ours_at_most(3.9), False),
    ],
)
async def test_a_budget_is_kept_or_missed(budget: object, holds: bool) -> None:
    pair = Pair("x", "ms", side(4, 4), side(20, 20), budget=budget)  # type: ignore[arg-type]
    assert (await measure(pair, QUICK)).holds is holds


async def test_what_has_no_reference_has_no_ratio_and_keeps_no_budget_for_one() -> None:
    found = await measure(Pair("x", "s", side(1, 2), budget=at_least(0.1)), QUICK)
    assert (found.reference, found.ratio, found.spread, found.holds) == (None, None, None, False)


async def test_the_worst_side_is_measured_by_its_slow_pieces() -> None:
    assert (await worst(side(2))()).value == pytest.approx(19.82)


@pytest.mark.parametrize(("holds", "code"), [(True, 0), (False, 1)])
def test_json_is_all_that_is_printed_and_a_missed_budget_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, holds: bool, code: int
) -> None:
    async def measured(*_: object) -> Results:
        return results(figure(holds=holds))

    monkeypatch.setattr(command, "_run", measured)
    answer = CliRunner().invoke(app, ["bench", "match", "--json"])
    said = json.loads(answer.stdout)
    assert answer.exit_code == code
    assert list(said) == ["figures", "machine", "sizes"]
    assert said["figures"] == [
        {
            "name": "a match",
            "ours": 9.0,
            "reference": 10.0,
            "unit": "requests/s",
            "ratio": 0.9,
            "spread": 0.02,
            "budget": "ratio >= 0.90" if holds else "ratio >= 0.95",
            "holds": holds,
        }
    ]


def test_a_family_that_does_not_exist_is_refused_with_those_that_do() -> None:
    answer = CliRunner().invoke(app, ["bench", "everything"])
    assert answer.exit_code == 2
    assert all(name in answer.output for name in [*FAMILIES, "all"])


def test_the_readme_gets_a_row_for_each_figure_and_keeps_the_others() -> None:
    before = (
        "# G\n\n## What we measured\n\n![a curve](x.svg)\n\nOld.\n\n| what | ours | reference | budget | measured |\n"
        "|---|---|---|---|---|\n| a match | 1 s | | | 2025-01-01, `genvej bench all` |\n"
        "| tests | 4 min | | | by hand |\n"
        "| gone | 2 s | | | 2025-01-01, `genvej bench all` |\n\n## Changes\n"
    )
    one = with_figures(before, results(figure()), "genvej bench match")
    row = (
        "| a match | 9 requests/s | 0.90 × a bare handler (spread 0.02) | ratio >= 0.90: kept"
        " | 2026-11-21, `genvej bench match` |"
    )
    assert re.findall(r"^\| (?!what).*", one, re.MULTILINE)[0] == row
    assert re.findall(r"^\| (a match|tests|gone) ", one, re.MULTILINE) == ["a match", "tests", "gone"]
    assert "![a curve](x.svg)" in one
    assert "Old." not in one
    assert one.endswith("|\n\n## Changes\n")
    everything = with_figures(before, results(figure()), "genvej bench all")
    assert re.findall(r"^\| (a match|tests|gone) ", everything, re.MULTILINE) == ["a match", "tests"]


def test_the_drawing_has_words_for_those_who_do_not_see_it() -> None:
    points = [
        Figure("x", 1, None, "ms", None, None, None, "", p50, p50 * 3, Point("nearest first", sites))
        for sites, p50 in ((500_000, 0.9), (5_000, 0.5), (50_000, 0.7))
    ]
    drawn = curves(points)
    svg = ElementTree.fromstring(drawing(drawn, budget=5.0))  # noqa: S314 - our own text
    names = {element.attrib["id"]: element.text for element in svg if "id" in element.attrib}
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-labelledby"].split() == list(names)
    assert "Nearest first: 5,000 sites: 0.5 ms" in (names["desc"] or "")
    assert [at.sites for at in drawn["nearest first"]] == [5_000, 50_000, 500_000]
    assert len(svg.findall("{*}circle")) == 6
    assert "prefers-color-scheme: dark" in (svg.findtext("{*}style") or "")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "NULL"),
        (True, "E'true'"),
        (7, "E'7'"),
        ("it's 8:30\\", "E'it''s 8\\07230\\\\'"),
        (b"\x01\xff", "E'\\\\x01ff'"),
        (timedelta(minutes=2), "E'120.0 seconds'"),
        (UUID(int=5), "E'00000000-0000-0000-0000-000000000005'"),
        (["own", None, 'a "b"'], 'E\'{"own",NULL,"a \\\\"b\\\\""}\''),
    ],
)
def test_values_are_quoted_for_pgbench(value: object, written: str) -> None:
    assert literal(value) == written
