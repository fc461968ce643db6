"""Packages as the figures name them."""

from matching.plan_facts import Level
from portal.language import Language
from portal.presenting.words import LEVEL_WORDS, package_words
from providers.reference import Catalogue
from providers.words import N_


def package_part(part: str, catalogue: Catalogue, spoken: Language) -> str:
    """`01 Underekstremitet, kirurgisk, basal` of a part such as `01-kirurgisk basic`; either may be undecided."""
    package, _, level = part.partition(" ")
    if package not in catalogue.packages:
        return spoken.say("Ikke visiteret")
    words = LEVEL_WORDS[Level(level)] if level in set(Level) else N_("uden niveau")
    return f"{package_words(catalogue.packages[package], spoken)}, {spoken.say(words).lower()}"
