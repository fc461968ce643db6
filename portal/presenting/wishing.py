"""The part of the search form that few open: what somebody wishes of the site, of the time, and of the order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from matching.finding import PartOfDay, Sort
from portal.language import Language
from portal.presenting import dates
from portal.presenting.forms import Option, Problem
from portal.presenting.words import FACT_WORDS, MODE_WORDS, language_names
from portal.wishing import FACTS, KINDS, MODES, PARTS, SORTS, Wished
from providers.models import ProviderKind
from providers.words import N_

_LANGUAGES = ("en", "de", "ar", "pl", "so", "tr", "uk")
"""Of what sites speak beside Danish; an address may name any other."""

_SORT_WORDS = {Sort.DISTANCE: N_("De nærmeste steder"), Sort.FIRST_FREE: N_("De første ledige tider")}
_KIND_WORDS = {ProviderKind.MUNICIPAL: N_("Kun kommunale steder"), ProviderKind.PRIVATE: N_("Kun private steder")}
_PART_WORDS = {
    PartOfDay.MORNING: N_("Formiddag (før kl. 12)"),
    PartOfDay.AFTERNOON: N_("Eftermiddag (kl. 12 til 16)"),
    PartOfDay.EVENING: N_("Sidst på dagen (fra kl. 16)"),
}


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes to tick under one heading; the value of each is the name of its field."""

    id: str
    legend: str
    boxes: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class WishForm:
    """`summary` says how many are wished, and the list which; `open` when one is wrong.

    `in_time` only where there is a date.
    """

    sorts: tuple[Option, ...]
    summary: str
    open: bool
    kinds: tuple[Option, ...]
    languages: tuple[Option, ...]
    groups: tuple[Ticks, ...]
    in_time: Option | None


def wish_form(wished: Wished, spoken: Language, *, deadline: date | None, problems: list[Problem]) -> WishForm:
    """The fields with what was wished; without a plan there is no guarantee to be within."""
    wrong = {problem.field for problem in problems} & {"slags", "sprog", "frist", "stedet"}
    return _wish_form(wished, spoken, deadline, bool(wrong))


@lru_cache(maxsize=500)
def _wish_form(wished: Wished, spoken: Language, deadline: date | None, wrong: bool) -> WishForm:
    """Most people wish for nothing, and those who do for the same."""
    said, wishes = wished.as_query(), wished.wishes
    chosen = len(said.keys() - {"orden"})
    groups = (
        Ticks("hvordan", spoken.say("Hvordan"), _boxes(MODES, MODE_WORDS, said, spoken)),
        Ticks("hvornaar", spoken.say("Hvornår på dagen"), _boxes(PARTS, _PART_WORDS, said, spoken)),
        Ticks("stedet", spoken.say("Stedet skal have"), _boxes(FACTS, FACT_WORDS, said, spoken)),
    )
    return WishForm(
        sorts=tuple(Option(name, spoken.say(_SORT_WORDS[sort]), sort is wished.sort) for name, sort in SORTS.items()),
        summary=spoken.say_many("Flere ønsker (%(count)s valgt)", "Flere ønsker (%(count)s valgt)", chosen)
        if chosen
        else spoken.say("Flere ønsker"),
        open=wrong,
        kinds=_kinds(wishes.kind, spoken),
        languages=_languages(wishes.language, spoken),
        groups=groups,
        in_time=_in_time(deadline, wished, spoken),
    )


def _boxes(
    names: Mapping[str, StrEnum],
    words: Mapping[Any, str],
    said: Mapping[str, str],
    spoken: Language,
) -> tuple[Option, ...]:
    return tuple(Option(name, spoken.say(words[value]), name in said) for name, value in names.items())


def _kinds(chosen: ProviderKind | None, spoken: Language) -> tuple[Option, ...]:
    named = (Option(name, spoken.say(_KIND_WORDS[kind]), kind is chosen) for name, kind in KINDS.items())
    return (Option("", spoken.say("Alle steder"), chosen is None), *named)


def _languages(chosen: str | None, spoken: Language) -> tuple[Option, ...]:
    """By their names, and the one that was asked for."""
    codes = {*_LANGUAGES} | ({chosen} if chosen else set())
    named = sorted((language_names([code], spoken), code) for code in codes)
    return (
        Option("", spoken.say("Alle sprog"), chosen is None),
        *(Option(code, name, code == chosen) for name, code in named),
    )


def _in_time(deadline: date | None, wished: Wished, spoken: Language) -> Option | None:
    if deadline is None:
        return None
    label = spoken.say("Kun tider inden for din frist, senest den %(date)s", date=dates.short_date(deadline, spoken))
    return Option("frist", label, wished.in_time)
