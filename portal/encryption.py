"""What a proxy says has come unencrypted, where people are to come over https.

A page is asked for once more, encrypted. A program and a form are refused: led on silently, they would go on sending
what they send where others can read it (OWASP ASVS 5, 4.1.2). A proxy that says nothing of it is taken to see to it.
"""

from typing import ClassVar

from starlette.exceptions import HTTPException
from starlette.types import Scope

from portal.access import SAFE
from portal.heads import header_of
from portal.operations import WATCHED
from portal.programs import is_for_programs
from providers.errors import GenvejError
from providers.words import N_

PERMANENTLY = 308


class EncryptionNeeded(GenvejError):
    code: ClassVar[str] = "encryption_needed"
    message: ClassVar[str] = N_(
        "Det blev sendt uden kryptering og er afvist. Brug https, og skift de koder, du sendte."
    )


def unencrypted(public_url: str, scope: Scope) -> HTTPException | EncryptionNeeded | None:
    """Why a request goes no further: it is led to the same address under `public_url`, or refused."""
    if not public_url.startswith("https://") or scope["path"] in WATCHED:
        return None
    if (header_of(scope, b"x-forwarded-proto") or b"").lower() != b"http":
        return None
    if scope["method"] not in SAFE or is_for_programs(scope["path"]):
        return EncryptionNeeded()
    query = scope["query_string"].decode("latin-1")
    address = f"{public_url}{scope['raw_path'].decode('latin-1')}{'?' if query else ''}{query}"
    return HTTPException(PERMANENTLY, headers={"Location": address})
