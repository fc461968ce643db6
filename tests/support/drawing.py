"""Weighted choices for hypothesis: without them nearly every random world is one in which nothing is found."""

from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


def mostly(usual: T, *others: T) -> st.SearchStrategy[T]:
    """The usual value nine times out of ten: many things must be right at once for a site to deliver."""
    return st.sampled_from((usual,) * 9 * len(others) + others)


def usually(usual: st.SearchStrategy[T], rare: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """The usual strategy three times out of four. (`one_of` would take equal branches for one.)"""
    return st.sampled_from((usual, usual, usual, rare)).flatmap(lambda chosen: chosen)


def many(one: st.SearchStrategy[T], least: int, most: int) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(one, min_size=least, max_size=most).map(tuple)
