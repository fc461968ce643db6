"""Danish that is left on an English page."""

import re
from functools import cache

from babel.dates import get_day_names, get_month_names
from babel.messages.catalog import Message
from playwright.async_api import Page

from portal.translating import english

_PLACE = re.compile(r"%\(\w+\)s")
_OFFICIAL = re.compile(r"\b[A-ZÆØÅ][\w-]+s Kommune\b")
"""A municipality's official name is the same in every language."""
_LETTERS = re.compile(r"\w*[æøåÆØÅ]\w*")
_NAMES = {"København", "Københavns", "Prøvevej", "forløbskode"}
"""Words of names and addresses, and the one by which the Danish letter calls the code."""

# Everything a person sees or hears; what says of itself that it is Danish may be, and so may names of places.
_SAID = """
() => {
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const said = [document.title];
  while (walker.nextNode()) {
    const may = walker.currentNode.parentElement.closest("[lang=da], script, datalist, .map");
    if (!may) said.push(walker.currentNode.data);
  }
  for (const name of ["aria-label", "alt", "title", "placeholder", "content", "data-soon", "data-over"]) {
    document.querySelectorAll(`[${name}]`).forEach((element) => said.push(element.getAttribute(name)));
  }
  return said.map((words) => words.trim().replace(/\\s+/g, " ")).filter(Boolean);
}
"""


async def speaks_english_only(page: Page) -> None:
    """No sentence of ours is left untranslated, no weekday or month, and no word with a Danish letter but names."""
    assert await page.evaluate("document.documentElement.lang") == "en", page.url
    said: list[str] = [_OFFICIAL.sub("", words) for words in await page.evaluate(_SAID)]
    assert len(said) > 10
    whole = "\n".join(said)
    near = [found for piece, found in _danish() if piece in whole]
    left = [(words, found.pattern) for words in said for found in near if found.search(words)]
    assert not left, (page.url, left)
    letters = {word for words in said for word in _LETTERS.findall(words)} - _NAMES
    assert not letters, (page.url, letters)


@cache
def _danish() -> list[tuple[str, re.Pattern[str]]]:
    """Every Danish sentence whose English is another one, with anything in its places; and the names of days.

    Before each its longest piece: where that is not said, the sentence is not either.
    """
    sentences = {form for message in english() for form in _untranslated(message)}
    days = [*get_day_names(locale="da").values(), *get_month_names(locale="da").values()]
    same = {*get_day_names(locale="en").values(), *get_month_names(locale="en").values()}
    return [
        (max(_PLACE.split(words), key=len), _pattern(words))
        for words in [*sentences, *(set(days) - {name.lower() for name in same})]
    ]


def _untranslated(message: Message) -> list[str]:
    forms = [message.id] if isinstance(message.id, str) else list(message.id)
    written = {message.string} if isinstance(message.string, str) else set(message.string or ())
    return [form for form in forms if form and form not in written and re.search(r"[^\W\d_]", _PLACE.sub("", form))]


def _pattern(words: str) -> re.Pattern[str]:
    anything = ".+?".join(map(re.escape, _PLACE.split(words)))
    return re.compile(rf"(?<!\w){anything}(?!\w)")
