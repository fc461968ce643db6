"""The addresses of this folder. None of them touches a case, so they work in read-only mode too."""

from collections.abc import Sequence

from portal.access import Audience, GuardedRoute, page
from portal.identity import coming

ROUTES: Sequence[GuardedRoute] = [
    page("/log-ind/{issuer}", coming.back, audience=Audience.VISITOR, name="back_from_issuer"),
    page(
        "/log-ind/{issuer}",
        coming.send,
        audience=Audience.VISITOR,
        name="send_to_issuer",
        methods=["POST"],
        changes_nothing=True,
    ),
]
