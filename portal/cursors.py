"""Where the next page of a list begins: signed, so that nobody can invent one, and good for one question only."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, ClassVar

import orjson
from itsdangerous import BadData, TimestampSigner
from itsdangerous.encoding import base64_decode, base64_encode
from itsdangerous.signer import SigningAlgorithm

from matching.finding import Position
from providers.errors import GenvejError
from providers.words import N_

LIFE = timedelta(days=1)
"""What is free changes all the time; a list from yesterday is better begun anew."""

_SIGNATURE_BYTES = 20


class CursorInvalid(GenvejError):
    code: ClassVar[str] = "cursor_invalid"
    message: ClassVar[str] = N_("Listen kan ikke fortsættes herfra. Søg igen.")


def query_fingerprint(*parts: object) -> str:
    """A short name for a question; two questions with the same parts in the same order share it."""
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def encode_cursor(position: Position, query_fingerprint: str, key: str) -> str:
    """The position as text for an address. The distance keeps every bit, so that no row is skipped or repeated."""
    values: list[float | str] = [position.distance, position.site_id]
    if position.first_free is not None:
        values.append(position.first_free.astimezone(UTC).isoformat())
    return sign_place(values, query_fingerprint, key)


def decode_cursor(text: str, query_fingerprint: str, key: str) -> Position:
    """The position again; raises CursorInvalid for a cursor that is not ours, too old, or of another question."""
    distance, site_id, *rest = read_place(text, query_fingerprint, key)
    return Position(distance, site_id, datetime.fromisoformat(rest[0]) if rest else None)


def sign_place(values: Sequence[float | str], query_fingerprint: str, key: str) -> str:
    """Where any list stands, as text for an address."""
    return _signer(key).sign(base64_encode(orjson.dumps([query_fingerprint, *values]))).decode()


def read_place(text: str, query_fingerprint: str, key: str) -> list[Any]:
    """The values again; raises CursorInvalid."""
    try:
        payload = _signer(key).unsign(text, max_age=int(LIFE.total_seconds()))
    except BadData as error:
        raise CursorInvalid from error
    signed: list[Any] = orjson.loads(base64_decode(payload))
    if signed[0] != query_fingerprint:
        raise CursorInvalid
    return signed[1:]


class _Keyed(SigningAlgorithm):
    """BLAKE2 takes a key by itself (RFC 7693): one short computation, where HMAC makes several hashes ready."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return blake2b(value, key=key, digest_size=_SIGNATURE_BYTES).digest()


@lru_cache(maxsize=8)
def _signer(key: str) -> TimestampSigner:
    derived = blake2b(key.encode(), person=b"place in a list").digest()
    return TimestampSigner(derived, key_derivation="none", algorithm=_Keyed())
