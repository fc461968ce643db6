"""Charts as SVG, drawn on the server: from numbers to marks, without a language and without a style of their own.

What a mark looks like stands in `static/figures.css` by its class, so that paper and forced colours have their say; no
two marks differ by their colour alone. What a chart says is said beside it, in a sentence and a table.
"""

from portal.charts.bars import Bar, Row, bar_chart
from portal.charts.lines import Look, Series, line_chart

__all__ = ["Bar", "Look", "Row", "Series", "bar_chart", "line_chart"]
