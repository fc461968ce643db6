"""A day on the command line."""

from datetime import date

import typer


def day(text: str) -> date:
    """`2026-11-21`, in this century."""
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("a day is written like 2026-11-21") from error
    if not 2000 <= found.year <= 2100:
        raise typer.BadParameter("the year must be between 2000 and 2100")
    return found
