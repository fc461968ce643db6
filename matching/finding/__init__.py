"""The finder: authorised sites in range that deliver exactly one package and level, with their first free time."""

from matching.finding.finder import find
from matching.finding.search import Match, Origin, Page, Position, Search

__all__ = ["Match", "Origin", "Page", "Position", "Search", "find"]
