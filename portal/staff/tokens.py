"""The token of a link that led a visit here: to an invitation, or to a new password.

It stays sealed in the visit, so that no address of a page holds it. Keeping it uses nothing up: mail is scanned.
"""

from starlette.requests import Request

from portal.request_facts import settings_of
from portal.visits import visit_of

_LONGEST = 100


def keep_token(request: Request, link: str) -> None:
    """Keep the token of the address that was asked for, by the kind of link; one longer than any of ours is left."""
    token = request.path_params["token"]
    if len(token) <= _LONGEST:
        visit_of(request).data[link] = settings_of(request).vault().seal(token.encode()).decode()


def token_kept(request: Request, link: str) -> str | None:
    """None for a visit that came without one."""
    sealed = visit_of(request).data.get(link)
    return settings_of(request).vault().open(sealed.encode()).decode() if sealed is not None else None
