"""The finder: authorised sites in range that deliver exactly one package and level, with their first free time."""

from matching.finding.finder import find
from matching.finding.search import Match, Origin, Page, Position, Search, Sort
from matching.finding.wishes import Fact, PartOfDay, Wishes

__all__ = ["Fact", "Match", "Origin", "Page", "PartOfDay", "Position", "Search", "Sort", "Wishes", "find"]
