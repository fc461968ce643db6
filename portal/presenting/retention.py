"""Rules of retention, and what was erased by them, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from matching.retention.kinds import RetentionKind
from matching.retention.reading import Report
from matching.retention.rules import Rule
from portal.language import Language
from portal.presenting.dates import day_and_time, short_date
from portal.presenting.tables import Head, Kind, Tag
from providers.words import N_

KIND_WORDS: Mapping[RetentionKind, str] = MappingProxyType(
    {
        RetentionKind.CASE: N_("Sager, efter den sidste dag, der skete noget i dem"),
        RetentionKind.SILENT_CASE: N_("Sager, som ingen har afsluttet, efter den sidste dag"),
        RetentionKind.CODE: N_("Forløbskoder, efter de er udløbet eller spærret"),
        RetentionKind.REPORT: N_("Rapporters indhold, efter de er nået frem eller opgivet"),
        RetentionKind.REQUEST_KEY: N_("Programmers egne numre på bestillinger"),
        RetentionKind.LOOK: N_("Hvem der har set hvad, efter opslaget"),
        RetentionKind.ARRIVAL: N_("Planer, som de kom ind, efter de kom"),
        RetentionKind.ANSWER: N_("Svar fra kommunens systemer, efter de kom"),
        RetentionKind.MESSAGE: N_("Beskeder og breve, efter de er sendt eller opgivet"),
    }
)


@dataclass(frozen=True, slots=True)
class RuleLine:
    what: str
    days: str
    decided: str
    demo: Tag | None


@dataclass(frozen=True, slots=True)
class ErasedLine:
    """Of one kind in one run; `left` is 0 when everything that was due has gone."""

    at: str
    what: str
    before: str
    done: int
    left: int


def rule_heads(spoken: Language) -> list[Head]:
    """The columns of the rules."""
    return [Head(spoken.say(label)) for label in (N_("Oplysninger"), N_("Gemmes i"), N_("Besluttet"))]


def rule_lines(rules: Sequence[tuple[RetentionKind, Rule]], spoken: Language) -> list[RuleLine]:
    """Each kind with its rule of today."""
    return [
        RuleLine(
            what=spoken.say(KIND_WORDS[kind]),
            days=spoken.say_many("%(count)s dag", "%(count)s dage", rule.days),
            decided="" if rule.demo else rule.source,
            demo=Tag(spoken.say("Demo: ingen har besluttet det"), Kind.WAITING) if rule.demo else None,
        )
        for kind, rule in rules
    ]


def last_run_words(reports: Sequence[Report], spoken: Language) -> str:
    """When something was last looked for to be erased; empty when it never was."""
    run = next((report for report in reports if report.finished_at is not None and not report.dry_run), None)
    return day_and_time(run.finished_at, spoken) if run and run.finished_at else ""


def erased_heads(spoken: Language) -> list[Head]:
    """The columns of what was erased."""
    labels = (N_("Nat"), N_("Oplysninger"), N_("Ældre end"))
    return [*(Head(spoken.say(label)) for label in labels), *_numbers(spoken)]


def erased_lines(reports: Sequence[Report], spoken: Language) -> list[ErasedLine]:
    """The newest run first; runs that only counted, and nights in which nothing was due, have none."""
    return [
        ErasedLine(
            at=short_date(report.started_at, spoken),
            what=spoken.say(KIND_WORDS[line.kind]),
            before=short_date(line.before, spoken),
            done=line.done,
            left=max(0, line.due - line.done),
        )
        for report in reports
        if not report.dry_run
        for line in report.lines
    ]


def _numbers(spoken: Language) -> list[Head]:
    return [Head(spoken.say("Slettet"), number=True), Head(spoken.say("Tilbage"), number=True)]
