"""A first contact that has a week and no hour, as people and programs are told of it."""

from datetime import datetime

from icalendar import Event

from matching.published.times import FreeTime
from matching.reports.formats.text import first_contact_words
from portal.fhir.codes import TIME, Frame
from portal.fhir.resources import slot
from portal.language import language
from portal.presenting import dates
from portal.presenting.calendar_span import add_span
from providers.clock import COPENHAGEN
from providers.reference import Catalogue

WEEK = datetime(2026, 12, 4, 23, 59, tzinfo=COPENHAGEN)
HOUR = datetime(2026, 12, 4, 10, 30, tzinfo=COPENHAGEN)
DANISH, ENGLISH = language("da"), language("en")


def test_in_words() -> None:
    assert dates.start(WEEK, DANISH) == "i uge 49, senest fredag den 4. december 2026 (stedet ringer og aftaler tid)"
    assert dates.start(WEEK, ENGLISH, year=False) == (
        "in week 49, by Friday 4 December (the place rings to agree on a time)"
    )
    assert dates.start_clock(WEEK, DANISH) == "Efter aftale"
    assert dates.start(HOUR, DANISH) == dates.day_and_time(HOUR, DANISH)
    assert dates.start_day(HOUR, DANISH) == dates.day(HOUR, DANISH)
    assert (dates.start_clock(HOUR, DANISH), dates.clock(WEEK, DANISH)) == ("10.30", "23.59")
    assert first_contact_words(WEEK) == "i uge 49, senest 04.12.2026 (stedet aftaler dag og klokkeslæt)"
    assert first_contact_words(HOUR) == "04.12.2026 kl. 10.30"


def test_in_a_calendar_it_is_days_that_block_nothing() -> None:
    event = Event()
    add_span(event, WEEK, 45)
    written = event.to_ical().decode()
    assert "DTSTART;VALUE=DATE:20261130" in written
    assert "DTEND;VALUE=DATE:20261205" in written
    assert "TRANSP:TRANSPARENT" in written


def test_in_fhir_it_is_tagged_and_says_how_the_hour_is_found() -> None:
    frame = Frame("https://genvej.example/fhir", Catalogue({}, {}, {}, {}, {}), False)
    week, hour = (slot(FreeTime(7, 12, at, 45, "individual", ()), frame) for at in (WEEK, HOUR))
    assert week["start"] == "2026-12-04T23:59:00+01:00"
    assert week["meta"]["tag"] == [{"system": TIME, "code": "whole-week", "display": "Uge uden klokkeslæt"}]
    assert "uge 49" in week["comment"]
    assert (hour["meta"], hour["comment"]) == (None, None)
