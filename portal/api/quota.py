"""What a program's address has left of the requests that may come from it."""

from math import ceil

from starlette.types import Scope

from portal.programs import is_for_programs
from portal.traffic import LEFT


def what_is_left(scope: Scope) -> list[tuple[bytes, bytes]]:
    """Headers that tell a program how many more requests may come at once, and in how many seconds all of them may
    again; none for people.

    Names and form of draft-ietf-httpapi-ratelimit-headers.
    """
    if LEFT not in scope or not is_for_programs(scope["path"]):
        return []
    limit, level = scope[LEFT]
    left, seconds = int(limit - level), ceil(level * 60 / limit)
    return [
        (b"ratelimit-policy", b'"address";q=%d;w=60' % limit),
        (b"ratelimit", b'"address";r=%d;t=%d' % (left, seconds)),
    ]
