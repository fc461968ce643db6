"""Transport in words. Everything is guidance: the municipality decides, and the page says so with the year."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matching.transport import Answer, Transport, Why
from portal.language import Language
from providers.reference.catalogue import Threshold
from providers.words import N_

_ANSWERS: Mapping[Answer, str] = MappingProxyType(
    {
        Answer.YES: N_("Du kan nok få betalt kørsel"),
        Answer.NO: N_("Du kan nok ikke få betalt kørsel"),
        Answer.UNSURE: N_("Du kan måske få betalt kørsel"),
    }
)
_WHY: Mapping[Why, str] = MappingProxyType(
    {
        Why.NOT_ENTITLED: N_("Det kan kun pensionister, folk, der ikke kan bruge bus og tog, og folk med over 50 km."),
        Why.TOO_CHEAP: N_("Turen frem og tilbage skal koste mere end %(limit)s kr."),
        Why.REFERENCE_NOT_ENTITLED: N_("Du kan ikke få den betalt til kommunens eget sted, og så heller ikke hertil."),
        Why.REFERENCE_TOO_CHEAP: N_("Turen til kommunens eget sted skal også koste mere end %(limit)s kr."),
        Why.PAID: N_("Op til %(at_most)s kr. for turen frem og tilbage."),
        Why.GROUND_UNKNOWN: N_("Svar på to spørgsmål, så kan vi sige mere."),
        Why.DISTANCE_UNCERTAIN: N_("Du kan det, hvis der er mere end 50 km hjemmefra, når du følger vejen."),
        Why.THRESHOLD_UNKNOWN: N_("Turen skal koste mere end en grænse. Vi kender ikke beløbet for %(year)s."),
        Why.COST_UNKNOWN: N_("Du kan det, hvis turen frem og tilbage koster mere end %(limit)s kr."),
        Why.REFERENCE_UNKNOWN: N_("Det afhænger også af, hvad turen til kommunens eget sted koster."),
    }
)


@dataclass(frozen=True, slots=True)
class TransportWords:
    """`kind` is yes, no or unsure. `label` says that it is guidance, and for which year."""

    kind: str
    answer: str
    why: str
    label: str


def transport_words(found: Transport, year: int, spoken: Language) -> TransportWords:
    """The answer for one place."""
    details = {"limit": found.limit, "at_most": found.at_most, "year": year}
    return TransportWords(
        kind=found.answer.value,
        answer=spoken.say(_ANSWERS[found.answer]),
        why=spoken.say(_WHY[found.why], **details),
        label=spoken.say("Vejledende %(year)s. Din kommune afgør det.", year=year),
    )


def transport_line(found: Transport, year: int, spoken: Language) -> str:
    """The same in one line."""
    return spoken.say("%(answer)s (vejledende %(year)s).", answer=spoken.say(_ANSWERS[found.answer]), year=year)


@dataclass(frozen=True, slots=True)
class Journey:
    """Transport on a site's page. `own_way`: the citizen arranges the trip; `answered`: they have been asked."""

    distance: str
    own_way: str
    words: TransportWords
    answered: bool
    href: str


@dataclass(frozen=True, slots=True)
class ThresholdLine:
    year: int
    pensioner: str
    other: str


def threshold_lines(thresholds: Mapping[int, Threshold], spoken: Language) -> list[ThresholdLine]:
    """The years whose amounts are known, the newest first."""
    newest_first = sorted(thresholds.values(), key=lambda threshold: threshold.year, reverse=True)
    return [_line(threshold, spoken) for threshold in newest_first]


def _line(threshold: Threshold, spoken: Language) -> ThresholdLine:
    return ThresholdLine(
        year=threshold.year,
        pensioner=spoken.say("%(kroner)s kr.", kroner=threshold.pensioner_kroner),
        other=spoken.say("%(kroner)s kr.", kroner=threshold.other_kroner),
    )
