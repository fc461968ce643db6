"""From a letter to a PDF that a screen reader can read: tagged, with its title and what it speaks (PDF/UA-1)."""

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from portal.assets import file_of
from portal.letters.letter import Letter, letter_html
from portal.letters.parts_spoken import parts_spoken
from portal.presenting.qr import qr_address

_PDF = b"%PDF"
_TAGGED = {"pdf_variant": "pdf/ua-1"}
_SHEET = Path(__file__).with_name("letter.css")
_FONTS = {400: "plex-regular.woff2", 600: "plex-semibold.woff2"}
_FACE = '@font-face {{ font-family: "IBM Plex Sans"; font-weight: {weight}; src: url({address}) format("woff2") }}'


async def render_pdf(letter: Letter) -> bytes:
    """The PDF; it takes some tenths of a second, which are spent beside everything else."""
    return await asyncio.to_thread(to_pdf, letter)


def to_pdf(letter: Letter) -> bytes:
    """The same letter always gives the same bytes."""
    return bind([page_of(letter)])


def page_of(letter: Letter) -> bytes:
    """The letter as it is kept while it waits: a page with all that it shows but fonts and style."""
    return letter_html(letter, qr_address(letter.front_page)).encode()


async def pdf_of(kept: Sequence[bytes]) -> bytes:
    """One PDF of letters that were kept, in their order; of one that was kept as a PDF, that."""
    if len(kept) == 1 and kept[0].startswith(_PDF):
        return kept[0]
    return await asyncio.to_thread(bind, kept)


def bindable(kept: bytes) -> bool:
    """Whether a kept letter can become part of a PDF of many; those of before were kept as PDFs of their own."""
    return not kept.startswith(_PDF)


def bind(pages: Sequence[bytes]) -> bytes:
    """One PDF of letters, each with pages counted from one. Nothing is fetched: all that they show is in the pages."""
    # It takes seconds to load, and most processes never write a letter.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fonts, nowhere = FontConfiguration(), URLFetcher(allowed_protocols={"data"})
    sheet = CSS(string=_sheet(), font_config=fonts, url_fetcher=nowhere)
    letters = [
        HTML(string=page.decode(), url_fetcher=nowhere).render(font_config=fonts, stylesheets=[sheet], **_TAGGED)
        for page in pages
    ]
    together = letters[0].copy([sheet for letter in letters for sheet in letter.pages])
    languages = [letter.metadata.lang for letter in letters for _ in letter.pages]
    number = sha256(b"".join(pages)).digest()
    made = together.write_pdf(finisher=parts_spoken(languages), pdf_identifier=number, **_TAGGED)
    return bytes(made or b"")


@cache
def _sheet() -> str:
    faces = [_FACE.format(weight=weight, address=_font(name)) for weight, name in _FONTS.items()]
    return "\n".join([*faces, _SHEET.read_text(encoding="utf-8")])


def _font(name: str) -> str:
    return f"data:font/woff2;base64,{b64encode(file_of(name).read_bytes()).decode()}"
