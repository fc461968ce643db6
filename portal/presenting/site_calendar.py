"""A site's booked times as a calendar to subscribe to (RFC 5545): a time, a package and a level, and never a name."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from matching.course.calendar import BookedTime, Purpose
from portal.language import Language
from portal.presenting.calendar_span import add_span
from portal.presenting.sites import address
from portal.presenting.words import LEVEL_WORDS, package_words
from providers.models import Site, SlotMode
from providers.reference import Catalogue

_ASK_AGAIN = timedelta(hours=1)


def site_calendar(
    site: Site, times: Sequence[BookedTime], catalogue: Catalogue, public_url: str, now: datetime, spoken: Language
) -> bytes:
    """An entry for each time that somebody has. The site comes with its postal code."""
    host = urlsplit(public_url).hostname
    calendar = Calendar()
    calendar.add("prodid", "-//Genvej//Genvej//DA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", site.name)
    # RFC 7986 and the older name of the same: how often a program should ask.
    calendar.add("refresh-interval", _ASK_AGAIN, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for time in times:
        event = Event()
        event.add("uid", f"tid-{time.slot}@{host}")
        event.add("dtstamp", now.astimezone(UTC))
        add_span(event, time.starts_at, time.minutes)
        lines = list(_purposes(time.purposes, catalogue, spoken))
        event.add("summary", _summary(time, lines, spoken))
        if len(time.purposes) > 1:
            event.add("description", "\n".join(lines))
        event.add("location", address(site))
        event.add("class", "PRIVATE")
        event.add("status", "TENTATIVE" if time.requested else "CONFIRMED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _summary(time: BookedTime, lines: Sequence[str], spoken: Language) -> str:
    if time.mode is SlotMode.GROUP:
        return spoken.say("Hold, første gang: %(taken)s af %(seats)s", taken=len(time.purposes), seats=time.seats)
    return spoken.say("Første gang: %(what)s", what=lines[0])


def _purposes(purposes: Sequence[Purpose], catalogue: Catalogue, spoken: Language) -> Iterator[str]:
    """`2 × 01 Underekstremitet, kirurgisk, basal`."""
    for purpose, count in Counter(purposes).items():
        package = catalogue.packages.get(purpose.package)
        words = package_words(package, spoken) if package else purpose.package
        level = f", {spoken.say(LEVEL_WORDS[purpose.level]).lower()}" if purpose.level else ""
        yield f"{count} × {words}{level}" if len(purposes) > 1 else f"{words}{level}"
