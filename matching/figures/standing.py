"""What has been published stands for a month, until the year that it is about moves on.

Tables of the same cases from one night and the next could be held against each other, and what lies between them would
be the few courses that began that day, each with its municipality and its package.
"""

from datetime import date

from matching.figures.periods import Span, stretches
from matching.figures.publishing import Published
from matching.figures.reading import published_figures

_NOTHING: Published = {}


async def what_stands(as_of: date) -> Published | None:
    """The newest tables, if they are of the same year; None as well where nothing was to be seen in them."""
    _, published = await published_figures() or (None, _NOTHING)
    same = published.get("first") == stretches(as_of)[Span.YEAR].first.isoformat()
    return published if same and any(table["rows"] for table in published["tables"]) else None
