"""The form of a site's facts: its fields, and what can be ticked."""

from portal.language import Language
from portal.presenting.forms import Option
from portal.presenting.words import FACT_WORDS, MODE_WORDS, language_names
from providers.models import Site, SlotMode
from providers.sites.facts import LANGUAGES, YES_OR_NO, Typed

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


def typed_of(site: Site) -> Typed:
    """The form of a site as it is known."""
    latitude, longitude = (f"{number:.6f}".rstrip("0").replace(".", ",") for number in (site.latitude, site.longitude))
    texts = {
        "navn": site.name,
        "vej": site.street,
        "postnummer": site.postal_code_id,
        "bredde": latitude,
        "laengde": longitude,
        "telefon": site.phone or "",
        "telefontid": site.phone_hours or "",
        "web": site.web or "",
        "email": site.notice_email or "",
        "doer": str(site.door_width_cm or ""),
    }
    ticked = frozenset(name for name in YES_OR_NO if getattr(site, name))
    return Typed(texts, ticked, site.languages, site.modes or [])


def fact_options(typed: Typed, spoken: Language) -> list[Option]:
    return [Option(name, spoken.say(words), name in typed.ticked) for name, words in FACT_WORDS.items()]


def language_options(typed: Typed, spoken: Language) -> list[Option]:
    """The languages that can be ticked, by their names in the reader's own."""
    return [Option(code, language_names([code], spoken), code in typed.languages) for code in LANGUAGES]


def mode_options(typed: Typed, spoken: Language) -> list[Option]:
    return [Option(mode.value, spoken.say(MODE_WORDS[mode]), mode.value in typed.modes) for mode in SlotMode]
