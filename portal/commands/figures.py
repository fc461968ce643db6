"""Figures for people."""

from portal.bench.figures import Figure
from portal.bench.running import Results
from portal.commands.showing import console, table

_COLUMNS = ("What", "Ours", "Reference", "Ratio", "Spread", "Budget", "p50 ms", "p99 ms")


def line(figure: Figure) -> str:
    """One figure in one line, as soon as it is measured."""
    sign = {True: "[green]✓[/]", False: "[red]✗[/]", None: " "}[figure.holds]
    ratio = "" if figure.ratio is None else f", ratio {figure.ratio:.2f} ± {(figure.spread or 0) / 2:.2f}"
    return f"{sign} {figure.name}: {number(figure.ours)} {figure.unit}{ratio}"


def shown(results: Results) -> None:
    """All figures as a table, with what they were measured on."""
    table("What we measured", _COLUMNS, [_row(figure) for figure in results.figures])
    for note in results.notes:
        console.print(note, soft_wrap=True)
    for what in (results.sizes, results.machine):
        console.print(", ".join(f"{name} {value}" for name, value in what.items()), soft_wrap=True)


def _row(figure: Figure) -> tuple[str, ...]:
    budget = f"{figure.budget} {'✓' if figure.holds else '✗'}" if figure.budget else ""
    reference = "" if figure.reference is None else number(figure.reference)
    measured = (figure.ratio, figure.spread)
    return (
        f"{figure.name}\nagainst {figure.against}" if figure.against else figure.name,
        f"{number(figure.ours)} {figure.unit}",
        reference,
        *("" if value is None else f"{value:.2f}" for value in measured),
        budget,
        *("" if value is None else f"{value:.2f}" for value in (figure.p50, figure.p99)),
    )


def number(value: float) -> str:
    """Three figures are as many as repeat themselves."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
