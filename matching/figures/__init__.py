"""The figures of a municipality beside the country's, and what of them anybody may see."""

from matching.figures.measures import Begun, Choice, Measure
from matching.figures.periods import Span
from matching.figures.publishing import NAMES, Published
from matching.figures.reading import Figures, Side, figures_of, published_figures
from matching.figures.running import count_figures
from matching.figures.spread import Spread, spread_of

__all__ = [
    "NAMES",
    "Begun",
    "Choice",
    "Figures",
    "Measure",
    "Published",
    "Side",
    "Span",
    "Spread",
    "count_figures",
    "figures_of",
    "published_figures",
    "spread_of",
]
