"""What waits for the citizen while they show once more who they are."""

from starlette.requests import Request

from portal.language import language_of
from portal.presenting import dates
from portal.reading import text_of, whole_number
from portal.typed_again import kept_until, typed_again
from providers.models import Slot


def waiting_words(request: Request) -> str:
    """That what was typed is not lost, and for how long; empty when nothing was."""
    until, spoken = kept_until(request), language_of(request)
    if until is None:
        return ""
    return spoken.say("Vi husker, hvad du var i gang med, til kl. %(time)s.", time=dates.clock(until, spoken))


async def chosen_too_late(request: Request, site_id: int) -> str:
    """The time here that was pressed when the visit had ended; it is held only by pressing it again."""
    form = typed_again(request, "/hold")
    slot = await Slot.get_or_none(id=whole_number(text_of(form, "slot")), site_id=site_id) if form else None
    return dates.start(slot.starts_at, language_of(request), year=False) if slot else ""
