"""Requests of other municipalities' citizens as the asked municipality's staff read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.course_codes import REFUSAL_WORDS
from matching.requests import Request, answer_by
from portal.language import Language
from portal.presenting import dates
from portal.presenting.choices import Row
from portal.presenting.courses import STATE_WORDS, mode_words
from portal.presenting.forms import Option
from portal.presenting.tables import Head, Kind, Tag, deadline_tag
from portal.presenting.words import LEVEL_WORDS, package_words
from providers.reference import Catalogue
from providers.words import N_

PATH = "/kommune/anmodninger"


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A row of the list."""

    case: str
    path: str
    waits: bool
    home: str
    when: str
    place: str
    package: str
    tag: Tag


def request_heads(spoken: Language) -> list[Head]:
    """The columns."""
    labels = (N_("Sag"), N_("Ønsket tid"), N_("Sted"), N_("Forløbspakke"), N_("Svar"))
    return [Head(spoken.say(label)) for label in labels]


def request_lines(
    found: Sequence[Request], today: date, days: int, catalogue: Catalogue, spoken: Language
) -> list[RequestLine]:
    """In the order in which they come; `days` are the working days within which to answer."""
    return [_line(one, today, days, catalogue, spoken) for one in found]


def request_rows(request: Request, catalogue: Catalogue, spoken: Language) -> list[Row]:
    """What is asked for, and who answers for the citizen."""
    home = catalogue.municipalities[request.home]
    length = spoken.say("%(minutes)s minutter", minutes=request.minutes)
    rows = [
        (spoken.say("Ønsket tid"), _when(request, spoken)),
        (spoken.say("Form"), f"{mode_words(request.mode, spoken)}, {length}"),
        (spoken.say("Sted"), request.site_name),
        (spoken.say("Forløbspakke"), _package(request, catalogue, spoken)),
        (spoken.say("Udskrevet"), dates.short_date(request.discharge_date, spoken)),
        (spoken.say("Spurgt"), dates.first_letter_up(dates.day_and_time(request.asked_at, spoken))),
        (spoken.say("Bopælskommune"), home.official_name),
        (spoken.say("Telefon"), home.phone or ""),
        (spoken.say("Sagsnummer"), request.case_reference),
    ]
    return [Row(label, value) for label, value in rows if value]


def ground_options(chosen: Sequence[str], spoken: Language) -> list[Option]:
    """The two statutory grounds, both of which must be ticked."""
    return [Option(ground.value, spoken.say(words), ground.value in chosen) for ground, words in REFUSAL_WORDS.items()]


def clock_of(request: Request, today: date, days: int, spoken: Language) -> Tag:
    """By when to answer, or what was answered."""
    if request.waits:
        return deadline_tag(answer_by(request, days), today, spoken)
    words, kind = STATE_WORDS[request.state]
    answered = dates.day_and_month(request.answered_at or request.asked_at, spoken)
    return Tag(spoken.say(words), Kind.PLAIN if kind is Kind.WAITING else kind, answered)


def _line(request: Request, today: date, days: int, catalogue: Catalogue, spoken: Language) -> RequestLine:
    return RequestLine(
        case=request.case_reference,
        path=f"{PATH}/{request.plan_id}",
        waits=request.waits,
        home=catalogue.municipalities[request.home].official_name,
        when=_when(request, spoken),
        place=request.site_name,
        package=_package(request, catalogue, spoken),
        tag=clock_of(request, today, days, spoken),
    )


def _when(request: Request, spoken: Language) -> str:
    return dates.first_letter_up(dates.start(request.starts_at, spoken, year=False))


def _package(request: Request, catalogue: Catalogue, spoken: Language) -> str:
    package = package_words(catalogue.packages[request.package_id], spoken) if request.package_id else ""
    level = spoken.say(LEVEL_WORDS[request.level]).lower() if request.level else ""
    return ", ".join(filter(None, (package, level)))
