"""Letters to many at once: what will happen in each case before they are made, and what did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matching.casework.errors import CaseOver
from matching.informing.many import Made, Standing
from matching.models import Channel
from portal.language import Language
from portal.presenting import dates
from portal.presenting.forms import sentence_of
from portal.presenting.informing import HOW_WORDS
from portal.presenting.tables import Head, Kind, Tag
from providers.errors import GenvejError
from providers.words import N_


@dataclass(frozen=True, slots=True)
class LookLine:
    """A case before its letter. `value` is empty where none can be made; `chosen` where one is worth making."""

    case: str
    path: str
    value: str
    chosen: bool
    what: str


@dataclass(frozen=True, slots=True)
class DoneLine:
    """A case afterwards. `letter` is the number of the one that is to be printed, or empty."""

    case: str
    path: str
    tag: Tag
    what: str
    letter: str


def look_heads(spoken: Language) -> list[Head]:
    return [Head(spoken.say(label)) for label in (N_("Sag"), N_("Det sker der"))]


def look_lines(found: Sequence[Standing], today: date, spoken: Language) -> list[LookLine]:
    """In the order in which they come. Who had codes today, or whose letter waits, gets new ones only if asked for."""
    return [
        LookLine(
            case=one.case_reference,
            path=f"/kommune/sager/{one.plan_id}",
            value="" if one.is_over else f"{one.plan_id}.{one.seen}",
            chosen=not one.waits and one.code_issued_on != today,
            what=_what(one, spoken),
        )
        for one in found
    ]


def done_heads(spoken: Language) -> list[Head]:
    return [Head(spoken.say(label)) for label in (N_("Sag"), N_("Brev"))]


def done_lines(
    found: Sequence[Standing], made: Mapping[int, Made], errors: Mapping[int, GenvejError], spoken: Language
) -> list[DoneLine]:
    """Those without a letter first: they want something done. A letter that is there was made, now or before."""
    lines = [_done(one, made.get(one.plan_id), errors.get(one.plan_id), spoken) for one in found]
    return sorted(lines, key=lambda line: line.tag.kind is Kind.GOOD)


def _what(one: Standing, spoken: Language) -> str:
    if one.is_over:
        return spoken.say(CaseOver.message)
    if one.waits:
        return spoken.say(
            "Der venter allerede et brev. Et nyt træder i stedet, og koderne i det gamle gælder ikke mere."
        )
    if one.code_issued_on:
        since = dates.short_date(one.code_issued_on, spoken)
        return spoken.say("Nye koder. De gamle fra %(day)s gælder ikke mere.", day=since)
    return spoken.say("Borgerens første koder.")


def _done(one: Standing, made: Made | None, error: GenvejError | None, spoken: Language) -> DoneLine:
    case, path = one.case_reference, f"/kommune/sager/{one.plan_id}"
    if made is None:
        why = sentence_of(error, spoken) if error else spoken.say("Der blev ikke lavet et brev. Prøv igen.")
        return DoneLine(case, path, Tag(spoken.say("Intet brev"), Kind.BAD), why, "")
    goes = "" if made.channel is Channel.PRINT and not made.waits else spoken.say(HOW_WORDS[made.channel.value])
    letter = str(made.message_id) if made.waits else ""
    return DoneLine(case, path, Tag(spoken.say("Brev lavet"), Kind.GOOD), goes, letter)
