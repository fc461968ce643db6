"""From a letter to a PDF that a screen reader can read: tagged, with its language and title (PDF/UA-1, ISO 14289-1)."""

import asyncio
from base64 import b64encode
from functools import cache
from pathlib import Path

from portal.assets import file_of
from portal.letters.letter import Letter, letter_html
from portal.presenting.qr import qr_address

_SHEET = Path(__file__).with_name("letter.css")
_FONTS = {400: "plex-regular.woff2", 600: "plex-semibold.woff2"}
_FACE = '@font-face {{ font-family: "IBM Plex Sans"; font-weight: {weight}; src: url({address}) format("woff2") }}'


async def render_pdf(letter: Letter) -> bytes:
    """The PDF; it takes some tenths of a second, which are spent beside everything else."""
    return await asyncio.to_thread(to_pdf, letter)


def to_pdf(letter: Letter) -> bytes:
    """The same letter always gives the same bytes. Nothing is fetched: fonts and picture are put into the page."""
    # It takes seconds to load, and most processes never write a letter.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fonts, nowhere = FontConfiguration(), URLFetcher(allowed_protocols={"data"})
    sheet = CSS(string=_sheet(), font_config=fonts, url_fetcher=nowhere)
    page = HTML(string=letter_html(letter, qr_address(letter.front_page)), url_fetcher=nowhere)
    made = page.write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", pdf_identifier=letter.title.encode()
    )
    return bytes(made or b"")


@cache
def _sheet() -> str:
    faces = [_FACE.format(weight=weight, address=_font(name)) for weight, name in _FONTS.items()]
    return "\n".join([*faces, _SHEET.read_text(encoding="utf-8")])


def _font(name: str) -> str:
    return f"data:font/woff2;base64,{b64encode(file_of(name).read_bytes()).decode()}"
