"""Letters: what they say in both languages, and that everybody can read the PDF."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from portal.language import language
from portal.letters.citizen import CitizenLetter, Offer, citizen_letter
from portal.letters.letter import Letter, letter_html
from portal.letters.pdf import render_pdf
from portal.letters.provider import ProviderLetter, provider_letter
from portal.letters.receipt import Receipt, receipt_letter
from portal.presenting.qr import qr_address
from tests.support.pages import parse, text
from tests.support.worlds import NOW, TODAY

URL, CODE, ACCESS = "https://genvej.example", "ABCD-EFGH-JKMN-PQ", "K7QM-2F9X"
CITIZEN = CitizenLetter(
    sender=("Eksempel Kommune", "1050 København K"),
    municipality_phone="00 00 00 00",
    recipient=("Prøve <b>Prøvesen</b>", "Prøvevej 2"),
    reference="SAG-1",
    written_on=TODAY,
    code=CODE,
    access_code=ACCESS,
    expires_on=date(2027, 5, 15),
    package="01 Underekstremitet, kirurgisk",
    level="",
    discharged_on=TODAY,
    deadline=TODAY + timedelta(days=7),
    offer=Offer(NOW, "Centrum", "Prøvevej 1"),
    private_open=False,
    complaint="Ring først til os.",
    public_url=URL,
)
PROVIDER = ProviderLetter(
    sender=("Eksempel Kommune",),
    municipality_phone="00 00 00 00",
    municipality_gln="5790000000000",
    recipient=("Klinikken",),
    reference="SAG-1",
    written_on=TODAY,
    name="Prøve Prøvesen",
    person_number="140351-0000",
    package="01 Underekstremitet, kirurgisk",
    level="Basal",
    discharged_on=TODAY,
    starts_at=NOW,
    form="individuel, 30 minutter",
    public_url=URL,
)
RECEIPT = Receipt(
    title="Din tid er bestilt",
    number="3F2A-91BC",
    when="Mandag kl. 10.00",
    form="Individuel",
    place="Centrum",
    address="Prøvevej 1",
    facts=(),
    phone="00 00 00 00",
    changeable_until="søndag kl. 10.00",
    written_on=TODAY,
    public_url=URL,
    help_phone="00 00 00 00",
)


def letters(code: str = "da") -> dict[str, Letter]:
    spoken = language(code)
    return {
        "citizen": citizen_letter(CITIZEN, spoken),
        "provider": provider_letter(PROVIDER, spoken),
        "receipt": receipt_letter(RECEIPT, spoken),
    }


@pytest.mark.parametrize("kind", ["citizen", "provider", "receipt"])
def test_a_letter_is_a_page_with_one_heading_and_a_picture_that_says_what_it_is(kind: str) -> None:
    letter = letters()[kind]
    page = parse(letter_html(letter, qr_address(letter.front_page)))
    (heading,) = page.iter("h1")
    (title,) = page.iter("title")
    (picture,) = page.iter("img")
    assert text(heading) == text(title) == letter.title
    assert picture.get("alt") == "QR-kode, der fører til https://genvej.example"
    assert len(list(page.iter("h2"))) == len(letter.sections)


def test_the_citizens_letter_says_all_that_the_law_wants_told() -> None:
    page = parse(letter_html(letters()["citizen"], ""))
    said = " ".join(page.itertext())
    for wanted in (
        CODE, ACCESS, "15. maj 2027", "mandag den 23. november 2026", "Centrum, Prøvevej 1", "kommunens egne steder",
        "en anden kommunes sted", "også vælge et privat sted", "Transport", "Ring først til os.", "00 00 00 00",
        "Kommunen har ikke besluttet det endnu.", "Prøve <b>Prøvesen</b>",
    ):  # fmt: skip
        assert wanted in re.sub(r"\s+", " ", said), wanted


def test_a_name_written_from_right_to_left_turns_nothing_around_it() -> None:
    hebrew, arabic = "מרכז השיקום", "مركز التأهيل"
    letter = replace(CITIZEN, recipient=(arabic,), offer=Offer(NOW, hebrew, "Prøvevej 1"))
    html = letter_html(citizen_letter(letter, language("da")), "")
    assert f"\u2068{hebrew}\u2069, Prøvevej 1" in html
    assert arabic in html


def test_no_code_is_in_the_address_that_the_qr_code_holds() -> None:
    for letter in letters().values():
        assert letter.front_page == URL


def test_an_english_letter_is_english() -> None:
    for kind, letter in letters("en").items():
        html = letter_html(letter, "")
        assert '<html lang="en">' in html
        assert "Find everything at" in html, kind
        same = [section.heading for section in letter.sections if section in letters()[kind].sections]
        assert same == []


async def test_the_pdf_is_tagged_named_and_spoken_in_its_language() -> None:
    made = PdfReader(BytesIO(await render_pdf(letters("en")["citizen"])))
    root: Any = made.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        "en",
        True,
        True,
    )
    assert made.metadata is not None
    assert made.metadata.title == "Your rehabilitation: choose a place and a time"
    assert made.xmp_metadata is not None
    assert b'pdfuaid:part="1"' in made.xmp_metadata.stream.get_data()
    tags = list(structure(root["/StructTreeRoot"]))
    assert [name for name, _ in tags if name in {"/H1", "/H2"}] == ["/H1"] + ["/H2"] * 7
    assert {"/TH", "/TD", "/LI", "/P"} <= {name for name, _ in tags}
    assert [alt for name, alt in tags if name == "/Figure"] == ["QR code that leads to https://genvej.example"]
    words = " ".join(page.extract_text() for page in made.pages)
    assert CODE in words
    assert all(font["/FontDescriptor"] for font in fonts(made))


def structure(node: Any) -> Any:
    """Each tag of the document with its alternative text, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from structure(node["/K"])


def fonts(made: PdfReader) -> list[Any]:
    """Every font's own description; a font that is not embedded has none."""
    named = [page["/Resources"]["/Font"] for page in made.pages]  # type: ignore[index]
    return [font.get_object()["/DescendantFonts"][0].get_object() for each in named for font in each.values()]
