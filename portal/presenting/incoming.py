"""What has come in, as lines of a list, and the fields of the form for a plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from matching.intake.listing import Arrived
from matching.intake.texts import without_cpr
from matching.models import ArrivalState, MessageSource
from matching.plan_facts import Level, PlanType
from portal.language import Language
from portal.presenting.dates import day_and_time
from portal.presenting.findings import say_faults, say_notes
from portal.presenting.forms import Option
from portal.presenting.tables import Head, Kind, Tag
from portal.presenting.words import LEVEL_WORDS, PLAN_TYPE_WORDS, package_words
from providers.reference import Catalogue
from providers.words import N_

STATE_WORDS: Mapping[ArrivalState, tuple[str, Kind]] = MappingProxyType(
    {
        ArrivalState.TAKEN: (N_("Ny sag"), Kind.GOOD),
        ArrivalState.CHANGED: (N_("Ændrede sagen"), Kind.GOOD),
        ArrivalState.KNOWN: (N_("Kendt i forvejen"), Kind.PLAIN),
        ArrivalState.FAILED: (N_("Ikke læst"), Kind.BAD),
        ArrivalState.DISCARDED: (N_("Lagt væk"), Kind.PLAIN),
    }
)
SOURCE_WORDS: Mapping[MessageSource, str] = MappingProxyType(
    {
        MessageSource.API: N_("fra et program"),
        MessageSource.UPLOAD: N_("lagt op her"),
        MessageSource.FORM: N_("skrevet ind her"),
        MessageSource.FOLDER: N_("fra mappen"),
        MessageSource.COMMAND: N_("fra driften"),
    }
)


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """One plan that came in. `name` is its message id, or else the file's name; `waits` = something is to be done."""

    id: int
    when: str
    name: str
    source: str
    result: Tag
    faults: Sequence[str]
    notes: Sequence[str]
    waits: bool


def arrival_heads(spoken: Language) -> list[Head]:
    """The columns of the list."""
    return [Head(spoken.say(label)) for label in (N_("Kom ind"), N_("Besked"), N_("Resultat"))]


def arrival_lines(found: Iterable[Arrived], spoken: Language) -> list[ArrivalLine]:
    """The list. Names that senders give their files may hold a CPR number, which is blotted out."""
    return [_line(arrived, spoken) for arrived in found]


def _line(arrived: Arrived, spoken: Language) -> ArrivalLine:
    words, kind = STATE_WORDS[arrived.state]
    return ArrivalLine(
        id=arrived.id,
        when=day_and_time(arrived.at, spoken),
        name=without_cpr(arrived.message_id or arrived.file),
        source=spoken.say(SOURCE_WORDS[arrived.source]),
        result=Tag(spoken.say(words), kind, arrived.case_reference or ""),
        faults=say_faults(arrived.findings, spoken),
        notes=say_notes(arrived.findings, spoken),
        waits=arrived.state is ArrivalState.FAILED,
    )


def kind_options(chosen: PlanType | None, spoken: Language) -> list[Option]:
    """The three plan types."""
    return [Option(kind.value, spoken.say(PLAN_TYPE_WORDS[kind]), kind is chosen) for kind in PlanType]


def level_options(chosen: Level | None, spoken: Language) -> list[Option]:
    """The levels, and that none has been decided."""
    undecided = Option("", spoken.say("Ikke afgjort endnu"), chosen is None)
    return [undecided, *(Option(level.value, spoken.say(LEVEL_WORDS[level]), level is chosen) for level in Level)]


def package_options(chosen: str | None, catalogue: Catalogue, spoken: Language) -> list[Option]:
    """Every package, and that none has been decided."""
    undecided = Option("", spoken.say("Ikke afgjort endnu"), chosen is None)
    packages = catalogue.packages.items()
    return [undecided, *(Option(code, package_words(entry, spoken), code == chosen) for code, entry in packages)]
