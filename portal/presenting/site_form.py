"""The form of a site's facts: its fields, and what can be ticked."""

from portal.language import Language
from portal.presenting.forms import Option
from portal.presenting.words import FACT_WORDS, MODE_WORDS, language_names
from providers.models import SlotMode
from providers.sites.facts import LANGUAGES, Typed

TEXTS = (
    "navn",
    "vej",
    "postnummer",
    "bredde",
    "laengde",
    "telefon",
    "telefontid",
    "web",
    "email",
    "doer",
)
"""The fields in which something is typed."""


def fact_options(typed: Typed, spoken: Language) -> list[Option]:
    return [Option(name, spoken.say(words), name in typed.ticked) for name, words in FACT_WORDS.items()]


def language_options(typed: Typed, spoken: Language) -> list[Option]:
    """The languages that can be ticked, by their names in the reader's own."""
    return [Option(code, language_names([code], spoken), code in typed.languages) for code in LANGUAGES]


def mode_options(typed: Typed, spoken: Language) -> list[Option]:
    return [Option(mode.value, spoken.say(MODE_WORDS[mode]), mode.value in typed.modes) for mode in SlotMode]
