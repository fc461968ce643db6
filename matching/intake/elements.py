"""XML elements by their local names, and nothing that reaches outside the file."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError  # nosec B405

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from matching.intake.findings import Problem
from matching.intake.texts import clean, paragraphs

_BREAKS = frozenset({"Break", "br", "p", "Paragraph", "li"})


class Unreadable(ValueError):
    """A file that no plan can be found in; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def parse(text: str) -> Element:
    """The root of elements known by their local names. A DTD, which is where entities would be, is refused.

    Raises Unreadable.
    """
    try:
        root: Element = fromstring(text.strip(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable(Problem.XML_UNSAFE) from error
    except (ParseError, ValueError) as error:
        raise Unreadable(Problem.XML_BROKEN) from error
    return _strip(root)


def _strip(root: Element) -> Element:
    """Leave every element its local name only: versions of the standard differ in their namespaces."""
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root


def descendants(element: Element | None, *names: str) -> Iterator[Element]:
    """Every element below with one of the names: those with the first name first, each in the order of the file."""
    if element is not None:
        for name in names:
            yield from (found for found in element.iter(name) if found is not element)


def first(element: Element | None, *names: str) -> Element | None:
    """The first element below with the first of the names that is there at all."""
    return next(descendants(element, *names), None)


def line(element: Element | None, *names: str) -> str:
    """The text of the first such element, on one line; empty when there is none."""
    found = first(element, *names) if names else element
    return "" if found is None else clean("".join(found.itertext()))


def words(element: Element | None, *names: str) -> str | None:
    """The formatted text of the first such element, with its line breaks; None when there is none."""
    found = first(element, *names)
    return None if found is None else paragraphs("".join(_pieces(found)))


def _pieces(element: Element) -> Iterator[str]:
    """Texts in their order, and a line break where the sender set one; without recursion, however deep it is."""
    ends: list[tuple[Element, bool]] = [(element, False)]
    while ends:
        here, done = ends.pop()
        if done:
            yield here.tail or ""
            continue
        if here.tag in _BREAKS:
            yield "\n"
        yield here.text or ""
        if here is not element:
            ends.append((here, True))
        ends.extend((below, False) for below in reversed(here))
