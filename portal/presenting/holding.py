"""What is kept for a citizen while they decide: the held time, and the time they are about to move."""

from dataclasses import dataclass
from datetime import datetime

from matching.models import Hold
from portal.language import Language
from portal.presenting import dates
from providers.models import Slot


@dataclass(frozen=True, slots=True)
class Held:
    """`seconds` are left when the page is made; the browser counts on, and says `soon` and `over` when it is time."""

    sentence: str
    seconds: int
    soon: str
    over: str


def held(hold: Hold, slot: Slot, now: datetime, spoken: Language) -> Held:
    """The slot comes with its site."""
    return Held(
        sentence=spoken.say(
            "Vi holder tiden %(time)s hos %(site)s til dig indtil kl. %(until)s.",
            time=dates.start(slot.starts_at, spoken, year=False),
            site=slot.site.name,
            until=dates.clock(hold.until, spoken),
        ),
        seconds=max(0, int((hold.until - now).total_seconds())),
        soon=spoken.say("Der er mindre end 3 minutter tilbage af den tid, vi holder til dig."),
        over=spoken.say(
            "Vi holder ikke længere tiden til dig. Du kan stadig fortsætte, hvis ingen anden har taget den."
        ),
    )


def moving_words(starts_at: datetime, spoken: Language) -> str:
    """The banner while the citizen looks for another time."""
    return spoken.say(
        "Du er ved at flytte din tid %(time)s. Du beholder den, indtil du har valgt en ny.",
        time=dates.start(starts_at, spoken, year=False),
    )
