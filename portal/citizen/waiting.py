"""What waits for the citizen while they show once more who they are."""

from starlette.requests import Request

from portal.language import language_of
from portal.presenting import dates
from portal.typed_again import kept_until


def waiting_words(request: Request) -> str:
    """That what was typed is not lost, and for how long; empty when nothing was."""
    until, spoken = kept_until(request), language_of(request)
    if until is None:
        return ""
    return spoken.say("Vi husker det, du skrev, til kl. %(time)s.", time=dates.clock(until, spoken))
