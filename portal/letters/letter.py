"""A letter as its parts: an address, a heading, sections, and the code that leads to the front page."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from portal.language import Language
from portal.presenting import dates
from portal.rendering import environment


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what stands behind it; `big` for what has to be typed from the letter."""

    label: str
    value: str
    big: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Under its heading come rows, then paragraphs, then points."""

    heading: str
    rows: tuple[Line, ...] = ()
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """`sender` and `recipient` are lines as on an envelope. `front_page` is the address that the QR code holds.

    No code of a citizen's is ever in that address: it would stay in the telephone's history.
    """

    title: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    written_on: date
    reference: str
    sections: tuple[Section, ...]
    front_page: str
    spoken: Language = field(repr=False)


class Facts(Protocol):
    """What every letter is made of: from whom to whom, about which case, and where the front page is."""

    @property
    def sender(self) -> tuple[str, ...]: ...
    @property
    def recipient(self) -> tuple[str, ...]: ...
    @property
    def written_on(self) -> date: ...
    @property
    def reference(self) -> str: ...
    @property
    def public_url(self) -> str: ...


def letter_of(facts: Facts, title: str, sections: tuple[Section, ...], spoken: Language) -> Letter:
    """The letter under that title, with what its facts say for all letters."""
    return Letter(
        title=title,
        sender=facts.sender,
        recipient=facts.recipient,
        written_on=facts.written_on,
        reference=facts.reference,
        sections=sections,
        front_page=facts.public_url,
        spoken=spoken,
    )


def letter_html(letter: Letter, qr: str) -> str:
    """The letter as a page; `qr` is the picture of the code as a data address."""
    spoken = letter.spoken
    values = {
        "letter": letter,
        "language": spoken.code,
        "written": dates.short_date(letter.written_on, spoken),
        "qr": qr,
        "qr_says": spoken.say("QR-kode, der fører til %(url)s", url=letter.front_page),
    }
    return environment(spoken.code).get_template("letters/letter.html").render(values)
