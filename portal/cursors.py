"""Where the next page of a list begins: signed, so that nobody can invent one, and good for one question only."""

import hashlib
from datetime import timedelta
from typing import ClassVar

from itsdangerous import BadData, URLSafeTimedSerializer

from matching.finding import Position
from providers.errors import GenvejError
from providers.words import N_

LIFE = timedelta(days=1)
"""What is free changes all the time; a list from yesterday is better begun anew."""


class CursorInvalid(GenvejError):
    code: ClassVar[str] = "cursor_invalid"
    message: ClassVar[str] = N_("Listen kan ikke fortsættes herfra. Søg igen.")


def query_fingerprint(*parts: object) -> str:
    """A short name for a question; two questions with the same parts in the same order share it."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def encode_cursor(position: Position, query_fingerprint: str, key: str) -> str:
    """The position as text for an address. The distance keeps every bit, so that no row is skipped or repeated."""
    return str(_signer(query_fingerprint, key).dumps([position.distance, position.site_id]))


def decode_cursor(text: str, query_fingerprint: str, key: str) -> Position:
    """The position again; raises CursorInvalid for a cursor that is not ours, too old, or of another question."""
    try:
        distance, site_id = _signer(query_fingerprint, key).loads(text, max_age=int(LIFE.total_seconds()))
    except BadData as error:
        raise CursorInvalid from error
    return Position(float(distance), int(site_id))


def _signer(query_fingerprint: str, key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt=f"cursor:{query_fingerprint}")
