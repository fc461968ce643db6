"""The tasks of the municipality in words: what is to be done, by when, and by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from urllib.parse import urlencode

from matching.worklists import MOST, Line, Task
from matching.worklists.rules import LEGAL
from portal.language import Language
from portal.presenting import dates
from portal.presenting.forms import Option, options
from portal.presenting.tables import Head, Kind, Tag, deadline_tag
from portal.presenting.words import LEVEL_WORDS, package_words
from providers.reference import Catalogue
from providers.words import N_

PATH = "/kommune/opgaver"

TASK_WORDS: Mapping[Task, tuple[str, str]] = MappingProxyType(
    {
        Task.ASSESS_LATE: (
            N_("Visiter: retten kan ikke bruges"),
            N_("Fristen er gået, og borgeren kan ikke vælge, før I har visiteret."),
        ),
        Task.TELL_CHOICE: (
            N_("Fortæl om privat valg"),
            N_("Borgeren har fået ret til et privat sted og har ikke fået det at vide."),
        ),
        Task.OFFER_NOW: (N_("Tilbyd en tid nu"), N_("Fristen er i dag eller i morgen, og der er ikke tilbudt en tid.")),
        Task.OFFER_LATE: (N_("Intet tilbud, fristen er gået"), N_("Tilbyd en tid, eller skriv, at I ikke kan.")),
        Task.INFORM: (N_("Giv besked"), N_("Borgeren skal have besked om sine muligheder inden 4 dage.")),
        Task.HANDED_ON: (N_("Fra en anden kommune"), N_("Borgeren er flyttet hertil, og ingen har taget sagen endnu.")),
        Task.REFUSED: (N_("Anden kommune sagde nej"), N_("Borgeren står uden en tid og kan vælge igen.")),
        Task.CANNOT_RECEIVE: (N_("Stedet kan ikke tage imod"), N_("Borgeren står uden en tid.")),
        Task.CANCELLED: (N_("Stedet aflyste"), N_("Borgeren står uden en tid.")),
        Task.SUSPENDED: (
            N_("Stedet er ikke godkendt"),
            N_("Borgeren har en tid på et sted, der er sat i bero eller ikke er godkendt den dag."),
        ),
        Task.CALL_OVERDUE: (
            N_("Stedet har ikke ringet"),
            N_("Borgeren bad et sted om at ringe, og dagen er gået."),
        ),
        Task.ASSESS: (N_("Visiter"), N_("Niveau og forløbspakke er ikke afgjort.")),
        Task.CODE_IDLE: (N_("Koden er ikke brugt"), N_("Borgeren har haft koden i mindst 7 dage.")),
        Task.REPORT_FAILED: (N_("Rapport fejlet"), N_("En rapport er ikke nået frem til jeres system.")),
        Task.BESIDE_ANOTHER: (N_("Flere planer"), N_("Borgeren har en plan i forvejen.")),
        Task.FROM_ELSEWHERE: (N_("Bor i en anden kommune"), N_("Sygehuset skriver, at borgeren bor et andet sted.")),
    }
)
"""Task → what to do in a few words, and why."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A row of the list; `choose` names its check box."""

    plan_id: int
    case: str
    path: str
    name: str
    why: str
    course: str
    due: Tag
    owner: str


@dataclass(frozen=True, slots=True)
class TaskCount:
    """One task with its number, and the address that lists only it."""

    label: str
    number: str
    path: str
    is_here: bool
    urgent: bool


def task_heads(spoken: Language) -> list[Head]:
    """The columns behind the check box."""
    return [Head(spoken.say(label)) for label in (N_("Sag"), N_("Opgave"), N_("Frist"), N_("Sagsbehandler"))]


def task_lines(lines: Sequence[Line], today: date, catalogue: Catalogue, spoken: Language) -> list[TaskLine]:
    """In the order in which they come."""
    return [_line(line, today, catalogue, spoken) for line in lines]


def task_counts(
    found: Mapping[Task, int], chosen: Task | None, question: Mapping[str, str], spoken: Language
) -> list[TaskCount]:
    """Those that there are any of, and the one that is shown, in the order of urgency."""
    shown = [task for task in Task if found.get(task) or task is chosen]
    kept = {name: value for name, value in question.items() if name not in {"opgave", "efter"} and value}
    return [
        TaskCount(
            spoken.say(TASK_WORDS[task][0]),
            _number(found.get(task, 0)),
            f"{PATH}?{urlencode(kept | {'opgave': task.value})}",
            task is chosen,
            task in LEGAL,
        )
        for task in shown
    ]


def owner_options(chosen: str, spoken: Language) -> list[Option]:
    """Whose cases are listed."""
    names = {"mine": spoken.say("Mine sager"), "ingen": spoken.say("Sager uden sagsbehandler")}
    return options(names, chosen, none=spoken.say("Alle sager"))


def _line(line: Line, today: date, catalogue: Catalogue, spoken: Language) -> TaskLine:
    name, why = TASK_WORDS[line.task]
    package = package_words(catalogue.packages[line.package_id], spoken) if line.package_id else ""
    level = spoken.say(LEVEL_WORDS[line.level]).lower() if line.level else ""
    return TaskLine(
        plan_id=line.plan_id,
        case=line.case_reference,
        path=f"/kommune/sager/{line.plan_id}",
        name=spoken.say(name),
        why=spoken.say(why),
        course=", ".join(filter(None, (package, level))),
        due=_due(line, today, spoken),
        owner=line.caseworker or "–",
    )


def _due(line: Line, today: date, spoken: Language) -> Tag:
    if line.task in LEGAL:
        return deadline_tag(line.due, today, spoken)
    return Tag(spoken.say("Siden %(day)s", day=dates.day_and_month(line.due, spoken)), Kind.PLAIN)


def _number(count: int) -> str:
    return f"{MOST}+" if count >= MOST else str(count)
