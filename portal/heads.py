"""The head of a request as it came. Every request is asked for several headers before it is anybody's."""

from starlette.types import Scope


def header_of(scope: Scope, name: bytes) -> bytes | None:
    """The first value of a header, by its name in small letters; None where nobody sent it."""
    for given, value in scope["headers"]:
        if given == name:
            return bytes(value)
    return None
