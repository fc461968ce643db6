"""`python -m portal.commands`, which is what `python3 -m portal` becomes once everything is set up."""

from portal.commands import app

app()
