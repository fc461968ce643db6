"""Handing out a file that somebody sent: saved and never shown, so that nothing in it runs in the name of this site."""

from urllib.parse import quote

from starlette.responses import Response

from portal.uploads.kinds import Kind

_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.XML: "application/xml",
    Kind.JSON: "application/json",
    Kind.CSV: "text/csv; charset=utf-8",
}


def attachment(content: bytes, kind: Kind, name: str) -> Response:
    """The file under its name, whatever letters that has (RFC 6266, RFC 8187)."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in " ._-") else "_" for letter in name)
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    }
    return Response(content, media_type=_TYPES[kind], headers=headers)
