"""Courses at a clinic as lines of a list: when, who, what, and how far it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from matching.citizens import open_citizen
from matching.course.reading import Line, Which
from matching.plan_facts import Level
from matching.states import BookingState
from portal.language import Language
from portal.presenting import dates
from portal.presenting.tables import Head, Kind, Tag
from portal.presenting.words import LEVEL_WORDS, MODE_WORDS, package_words
from providers.models import SlotMode
from providers.reference import Catalogue
from providers.vault import Vault
from providers.weeks import is_whole_week
from providers.words import N_

LIST_WORDS: Mapping[Which, str] = MappingProxyType(
    {
        Which.NEW: N_("Nye bookinger"),
        Which.COMING: N_("Kommende"),
        Which.UNDER_WAY: N_("I gang"),
        Which.OVER: N_("Slut"),
    }
)
STATE_WORDS: Mapping[BookingState, tuple[str, Kind]] = MappingProxyType(
    {
        BookingState.OFFERED: (N_("Tilbudt af kommunen"), Kind.PLAIN),
        BookingState.REQUESTED: (N_("Venter på jeres svar"), Kind.WAITING),
        BookingState.CONFIRMED: (N_("Aftalt"), Kind.WAITING),
        BookingState.STARTED: (N_("I gang"), Kind.GOOD),
        BookingState.COMPLETED: (N_("Afsluttet"), Kind.PLAIN),
        BookingState.REFUSED: (N_("Afvist"), Kind.PLAIN),
        BookingState.CANNOT_RECEIVE: (N_("Kunne ikke modtages"), Kind.PLAIN),
        BookingState.CANCELLED_BY_CITIZEN: (N_("Aflyst af borgeren"), Kind.PLAIN),
        BookingState.CANCELLED_BY_PROVIDER: (N_("Aflyst"), Kind.PLAIN),
        BookingState.MOVED: (N_("Flyttet"), Kind.PLAIN),
        BookingState.NO_SHOW: (N_("Udeblev"), Kind.BAD),
    }
)
_HOME_HERE = N_("Hjemme hos borgeren")


@dataclass(frozen=True, slots=True)
class CourseLine:
    """`clock` is the time alone, `when` with its day."""

    path: str
    name: str
    clock: str
    when: str
    mode: str
    package: str
    place: str
    tag: Tag
    overbooked: bool


def course_heads(spoken: Language) -> list[Head]:
    """The columns of a list."""
    labels = (N_("Borger"), N_("Første kontakt"), N_("Forløbspakke"), N_("Sted"), N_("Status"))
    return [Head(spoken.say(label)) for label in labels]


def today_heads(spoken: Language) -> list[Head]:
    """The columns of a day."""
    labels = (N_("Kl."), N_("Borger"), N_("Form"), N_("Forløbspakke"), N_("Sted"), N_("Status"))
    return [Head(spoken.say(label)) for label in labels]


def course_lines(found: Sequence[Line], vault: Vault, catalogue: Catalogue, spoken: Language) -> list[CourseLine]:
    """Whoever calls this has logged a look at each of them."""
    return [_line(line, vault, catalogue, spoken) for line in found]


def _line(line: Line, vault: Vault, catalogue: Catalogue, spoken: Language) -> CourseLine:
    return CourseLine(
        path=f"/klinik/forloeb/{line.plan_id}",
        name=open_citizen(line.citizen, vault).name,
        clock=dates.start_clock(line.starts_at, spoken),
        when=dates.first_letter_up(dates.start(line.starts_at, spoken, year=False)),
        mode=mode_words(line.mode, spoken),
        package=package_and_level(line, catalogue, spoken),
        place=line.site_name,
        tag=state_of(line, spoken),
        overbooked=line.overbooked,
    )


def mode_words(mode: SlotMode, spoken: Language) -> str:
    """As the staff says it: home is the citizen's."""
    return spoken.say(_HOME_HERE if mode is SlotMode.HOME else MODE_WORDS[mode])


def package_and_level(line: Line, catalogue: Catalogue, spoken: Language) -> str:
    """What the citizen is referred to."""
    package = package_words(catalogue.packages[line.package_id], spoken) if line.package_id else ""
    level = spoken.say(LEVEL_WORDS[Level(line.level)]).lower() if line.level else ""
    return ", ".join(filter(None, (package, level)))


def state_of(line: Line, spoken: Language) -> Tag:
    """How far the booking is; a course that was begun can have ended with the plan."""
    if line.state is BookingState.STARTED and line.plan_state != "started":
        return Tag(spoken.say("Stoppet") if line.plan_state == "stopped" else spoken.say("Tilbage hos kommunen"))
    if line.state is BookingState.CONFIRMED and is_whole_week(line.starts_at):
        return Tag(spoken.say("Mangler dag og klokkeslæt"), Kind.WAITING)
    words, kind = STATE_WORDS[line.state]
    return Tag(spoken.say(words), kind)
