"""Files: recognised by what is in them, and refused when they are too large, of another kind, or dangerous."""

import zlib
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.access import LARGEST_BODY, Audience, page
from portal.downloads import attachment
from portal.uploads import (
    MEGABYTE,
    Kind,
    UploadKindWrong,
    UploadTooLarge,
    UploadUnsafe,
    checked,
    recognised,
    uploads_of,
)
from portal.uploads.documents import LARGEST_UNPACKED
from portal.uploads.errors import UploadRefused
from portal.uploads.names import file_name
from portal.uploads.pictures import MOST_PIXELS
from tests.support.apps import Clock, client_of, running_app
from tests.support.files import CSV, JSON, XML, a_jpeg, a_pdf, a_png, a_zip_bomb

GOOD = {
    Kind.PDF: a_pdf(),
    Kind.PNG: a_png(),
    Kind.JPEG: a_jpeg(),
    Kind.XML: XML,
    Kind.JSON: JSON,
    Kind.CSV: CSV,
}
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


def take(content: bytes, *kinds: Kind, name: str = "fil.pdf", largest: int = MEGABYTE) -> str:
    return checked(name, content, kinds=kinds or tuple(Kind), largest=largest).full_name


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_known_by_its_content_whatever_it_is_called(kind: Kind) -> None:
    assert recognised(GOOD[kind]) is kind
    ending = "jpg" if kind is Kind.JPEG else kind.value
    assert take(GOOD[kind], name="Mit bevis.exe") == f"Mit bevis.{ending}"
    with pytest.raises(UploadKindWrong):
        take(GOOD[kind], *(other for other in Kind if other is not kind), name=f"x.{kind}")


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"  \n", b"MZ\x90\0", b"\x7fELF", b"#!/bin/sh\n\0", b"GIF89a\x01\0\x01\0", b"\xd0\xcf\x11\xe0", b"a\0b"),
        *(
            a_zip_bomb(),
            zlib.compress(b"x" * 1000),
            b"\x1f\x8b\x08\0\0\0\0\0",
            b"\xff\xfea\0;\0b\0",
            b"RIFF\0\0\0\0WEBP",
        ),
    ],
)
def test_nothing_else_is_taken(content: bytes) -> None:
    with pytest.raises(UploadKindWrong):
        take(content)


@pytest.mark.parametrize(
    "content",
    [
        *(ENTITY, LAUGHS, b"<x>", b"<x/><y/>", '<?xml version="1.0"?><!DOCTYPE x><x/>'.encode("utf-16")),
        *(b"<x>" * 200 + b"</x>" * 200, b'<?xml version="1.0" encoding="nothing"?><x/>', b"<html><br></html>"),
        *(b"{", b"[" * 100_000, b'{"a": NaN}', b"[1] [2]"),
        *(a_png(MOST_PIXELS, 2), a_png()[:-4], a_png() + b"<script>", a_png().replace(b"IDAT", b"JDAT"), a_png(0, 2)),
        *(a_jpeg(0xFFFF, 0xFFFF), a_jpeg()[:-2], a_jpeg() + b"PK\3\4", b"\xff\xd8\xff\xda\0\0\xff\xd9", a_jpeg()[:12]),
        *(a_pdf(b"/OpenAction << /S /JavaScript >>"), a_pdf(b"/AA << /S /J#61vaScript >>"), a_pdf(b"/Encrypt 3 0 R")),
        *(a_pdf(packed=b"<< /S /Launch >>"), a_pdf(packed=b"/EmbeddedFile "), a_pdf()[:-8], b"%PDF-1.7"),
        *(a_pdf(packed=b" " * (MEGABYTE - 6) + b"/J#61vaScript "), a_pdf(packed=b" " * (MEGABYTE + 60) + b"/JS ")),
        *(a_pdf(packed=b"/#41" * 20_000), a_pdf(packed=b"\0" * (LARGEST_UNPACKED + 1))),
        a_pdf(packed=b"a part that ends before its end")[:130] + b"endstream %%EOF",
    ],
)
def test_what_is_broken_locked_active_or_without_end_is_refused(content: bytes) -> None:
    with pytest.raises(UploadUnsafe):
        take(content)


def test_a_few_names_with_escaped_letters_are_no_harm() -> None:
    assert take(a_pdf(b"/F#c3#b8nt /JSON /Soundless", packed=b"/A#42 " * 500)) == "fil.pdf"


def test_the_limit_is_of_bytes() -> None:
    assert take(b"a" * 100, Kind.CSV, largest=100) == "fil.csv"
    with pytest.raises(UploadTooLarge) as error:
        take(b"a" * 101, Kind.CSV, largest=100)
    assert error.value.details == {"megabytes": "0,00", "name": "fil"}


@settings(max_examples=150)
@given(st.binary(max_size=200), st.sampled_from(sorted(GOOD.values())), st.integers(0, 200))
def test_whatever_is_sent_is_taken_or_refused_in_words(noise: bytes, good: bytes, place: int) -> None:
    for content in (noise, good[:place] + noise + good[place:], good[:5] + noise):
        with suppress(UploadRefused):
            assert take(content).startswith("fil.")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        *(("bevis.pdf", "bevis"), ("Mit bevis 2026.pdf.exe", "Mit bevis 2026.pdf"), ("../../etc/passwd", "passwd")),
        *(("C:\\x\\Åse.png", "Åse"), ("a\r\nX: y.pdf", "aX y"), ("\u202efdp.exe", "fdp"), ('"><b>.pdf', "b")),
        *(
            ("", "fil"),
            (".htaccess", "htaccess"),
            ("...", "fil"),
            ("\0.pdf", "fil"),
            ("x" * 300, "x" * 80),
            ("..", "fil"),
        ),
    ],
)
def test_of_a_name_only_what_can_be_read_is_kept(given: str, kept: str) -> None:
    assert file_name(given) == kept


def test_what_is_handed_out_is_saved_and_never_run() -> None:
    answer = attachment(b"<svg/>", Kind.XML, 'Åses "bevis"\r\nX: y.xml')
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"_ses _bevis___X_ y.xml\"; filename*=UTF-8''%C3%85ses%20%22bevis%22%0D%0AX%3A%20y.xml"
    )
    assert "sandbox" in answer.headers["content-security-policy"]


async def take_two(request: Request) -> Response:
    uploads = await uploads_of(await request.form(), "fil", kinds={Kind.CSV}, largest=MEGABYTE, most=2)
    return PlainTextResponse(", ".join(f"{upload.full_name} {len(upload.content)}" for upload in uploads))


@pytest_asyncio.fixture
async def app(database_url: str) -> AsyncIterator[Starlette]:
    """The portal with one page that takes files, of all its forms the only one that may be so long."""
    async with running_app(database_url, Clock()) as app:
        routes = {"audience": Audience.PUBLIC, "methods": ["POST"], "changes_nothing": True}
        app.router.routes[:0] = [page("/tag", take_two, name="take", largest_body=3 * MEGABYTE, **routes)]
        yield app


async def test_only_where_files_are_taken_a_long_body_is_read(app: Starlette) -> None:
    long, headers = b"a;b\r\n" * (LARGEST_BODY // 2), {"Sec-Fetch-Site": "same-origin"}
    async with client_of(app) as client:

        async def send(path: str, *files: bytes) -> tuple[int, str]:
            sent = [("fil", (f"{number}.csv", content)) for number, content in enumerate(files)]
            answer = await client.post(path, files=sent, headers=headers)
            return answer.status_code, answer.text

        assert await send("/tag", long, b"c") == (200, f"0.csv {len(long)}, 1.csv 1")
        for files in ((b"a" * (MEGABYTE + 1),), (b"a" * (3 * MEGABYTE),)):
            assert (await send("/tag", *files))[0] == 413
        assert [(await send("/tag", *files))[0] for files in ((), (b"c",) * 3, (a_zip_bomb(),))] == [400] * 3
        assert (await send("/ind", long))[0] == 413
        answer = await client.post("/tag", content=zlib.compress(b"x"), headers=headers | {"Content-Encoding": "gzip"})
        assert answer.status_code == 400
