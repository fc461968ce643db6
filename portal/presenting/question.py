"""What was asked of the list, in one line: what stands on a narrow screen in the place of the form."""

from collections.abc import Iterator

from matching.finding import Sort
from portal.language import Language
from portal.presenting.forms import Option
from portal.presenting.results import SearchForm
from portal.wishing import SORTS


def question_words(form: SearchForm, place: str, spoken: Language) -> str:
    """`25 km fra 2300 København S · nærmeste først`; without a code the package and the level stand before it."""
    return " · ".join(_words(form, place, spoken))


def _words(form: SearchForm, place: str, spoken: Language) -> Iterator[str]:
    yield from _chosen(form.packages)
    yield from _chosen(form.levels)
    for option in form.radii:
        if option.chosen:
            within = spoken.say("%(radius)s fra %(place)s", radius=option.label, place=place)
            yield within if option.value.isdigit() else spoken.say("Hele landet")
    by_time = any(option.chosen and SORTS[option.value] is Sort.FIRST_FREE for option in form.wishes.sorts)
    yield spoken.say("første tider først") if by_time else spoken.say("nærmeste først")


def _chosen(options: tuple[Option, ...]) -> Iterator[str]:
    return (option.label for option in options if option.chosen)
