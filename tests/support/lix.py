"""LIX, the readability index of Danish texts (Björnsson, 1968): words per sentence + the percentage of long words.

Up to 34 a text is easy, from 45 on it is hard. A heading, an entry of a list and a cell of a table end a sentence, as
a full stop, a colon, a question mark or an exclamation mark do.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

_BLOCKS = {"p", "li", "h1", "h2", "h3", "dt", "dd", "th", "td", "caption", "label", "legend"}
_NO_TEXT = {"option"}
"""Names to choose from are no sentences."""
_LONG = 7
_SENTENCE_END = re.compile(r"[.:?!]+(?=\s|$)")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def lix(sentences: list[str]) -> float:
    """The index of sentences that are separated already."""
    words = [_WORD.findall(sentence) for sentence in sentences]
    counted = [found for found in words if found]
    every = [word for found in counted for word in found]
    return len(every) / len(counted) + 100 * sum(len(word) >= _LONG for word in every) / len(every)


def sentences_of(element: Element) -> list[str]:
    """Every sentence below an element of a page, links and buttons among them."""
    return [part for text in _blocks(element) for part in _SENTENCE_END.split(text) if part.strip()]


def _blocks(element: Element) -> Iterator[str]:
    """The text of each block, without the blocks in it, which speak for themselves."""
    yield "".join(_own_text(element))
    for child in element.iter():
        if child is not element and child.tag in _BLOCKS:
            yield "".join(_own_text(child))


def _own_text(element: Element) -> Iterator[str]:
    yield "" if element.tag in _NO_TEXT else element.text or ""
    for child in element:
        if child.tag not in _BLOCKS:
            yield from _own_text(child)
        else:
            yield " "
        yield child.tail or ""
