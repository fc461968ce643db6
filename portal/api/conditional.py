"""Answers that a program may keep, and ask about again: an ETag, and 304 when nothing has changed (RFC 9110, 13)."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

KEPT = {"Cache-Control": "public, max-age=3600"}
"""The reference data change only with a new version of the program."""


ASKED_AGAIN = {"Cache-Control": "public, no-cache"}
"""What may change at any moment is kept as well, and asked about each time."""


def kept(
    request: Request, body: bytes, keeping: Mapping[str, str] = KEPT, media_type: str = "application/json"
) -> Response:
    """The JSON, or only that it is still the same.

    The tag is a weak one: the bytes on the way may be packed, and say the same.
    """
    tag = f'W/"{urlsafe_b64encode(sha256(body).digest()[:12]).decode()}"'
    headers = {**keeping, "ETag": tag}
    if _known(",".join(request.headers.getlist("If-None-Match")), tag):
        return Response(None, 304, headers)
    return Response(body, 200, headers, media_type)


def _known(given: str, tag: str) -> bool:
    """Whether the header names the tag, or any; weak and strong ones are compared alike."""
    return given.strip() == "*" or tag.removeprefix("W/") in re.findall(r'"[^"]*"', given)
