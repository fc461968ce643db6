"""What the commands print: steps with their time, progress of long work, and the demo's tables."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)

ProgressHook = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is done and, afterwards, how long it took."""
    began = monotonic()
    with console.status(name):
        yield
    console.print(f"[green]✓[/] {name} [dim]{monotonic() - began:.1f} s[/]")


@contextmanager
def progress_bars(where: Console = console, *, disable: bool = False) -> Iterator[ProgressHook]:
    """A bar for every piece of long work that reports to the hook."""
    columns = (TextColumn("{task.description:<40}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=where, disable=disable) as bars:
        tasks: dict[str, TaskID] = {}

        def hook(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=total)
            bars.update(tasks[name], completed=done, total=total)

        yield hook


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table that stays readable when the output is a file."""
    made = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*(str(cell) for cell in row))
    console.print(made)


def document(title: str, value: Any) -> None:
    """A JSON document, indented."""
    console.print(f"\n[bold]{title}[/]")
    console.print_json(data=value)
