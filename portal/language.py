"""Danish first, English complete. Danish sentences are the msgids; the English ones stand in `locale/en.po`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import HTTPConnection

from portal.isolating import isolated

LANGUAGES = ("da", "en")
COOKIE = "genvej_lang"
_LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages. `locale` is Babel's name for its dates and numbers."""

    code: str
    locale: str
    translations: NullTranslations

    def say(self, message: str, **details: object) -> str:
        """A Danish sentence in this language, with its `%(name)s` places filled."""
        sentence = self.translations.gettext(message) if message else ""
        return sentence % _isolated(details) if details else sentence

    def say_many(self, one: str, many: str, count: int, **details: object) -> str:
        """A sentence about `count` things; `%(count)s` is the number, and `details` fill its other places."""
        return self.translations.ngettext(one, many, count) % {"count": count, **_isolated(details)}


@cache
def language(code: str) -> Language:
    """A language by its code; Danish for every code we do not have."""
    if code == "en":
        # Dates and times are written the Danish way in English too: day before month, 24 hours.
        return Language("en", "en_GB", _translations("en"))
    return Language("da", "da_DK", NullTranslations())


def language_of(connection: HTTPConnection) -> Language:
    """The language the visitor has chosen, or else Danish: the letter that brought them here is Danish."""
    return language(connection.cookies.get(COOKIE, "da"))


def language_accepted(header: str) -> Language:
    """The language that a program asks for in `Accept-Language` (RFC 9110, section 12.5.4); Danish when in doubt."""
    wanted = {tag: weight for tag, weight in map(_range, header.split(",")) if weight > 0}
    ours = [code for code in LANGUAGES if code in wanted]
    return language(max(ours, key=wanted.__getitem__, default="da"))


def _isolated(details: Mapping[str, object]) -> dict[str, object]:
    """What fills the places of a sentence may be a name that is written the other way."""
    return {name: isolated(detail) for name, detail in details.items()}


def _range(text: str) -> tuple[str, float]:
    """One range of the header, `en-GB;q=0.8`, as the language without its country, and its weight."""
    tag, _, quality = text.partition(";")
    weight = quality.strip().removeprefix("q=")
    known = not quality or re.fullmatch(r"[01](\.[0-9]{0,3})?", weight)
    return tag.strip().partition("-")[0].lower(), (float(weight or 1) if known else 0.0)


def _translations(code: str) -> GNUTranslations:
    with (_LOCALE / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
