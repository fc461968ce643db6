"""Of what the citizen is told, and how, in the staff's words; and the list of letters and messages that wait."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from matching.informing import HOW, Item
from matching.messages.waiting_letters import Waiting
from matching.models import Channel, MessageState
from portal.language import Language
from portal.presenting import dates
from portal.presenting.forms import Option, options
from portal.presenting.tables import Head, Kind, Tag
from providers.words import N_

ITEM_WORDS: Mapping[Item, str] = MappingProxyType(
    {
        Item.TIME: N_("Tid og sted"),
        Item.LEVEL: N_("Niveau"),
        Item.CHOICE: N_("Frit valg i egen og andre kommuner"),
        Item.PRIVATE: N_("Retten til et privat sted"),
        Item.TRANSPORT: N_("Transport"),
        Item.COMPLAINT: N_("Hvordan man klager"),
    }
)
HOW_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "phone": N_("Telefon"),
        "meeting": N_("Møde"),
        "own_letter": N_("Kommunens eget brev"),
        Channel.DIGITAL_POST.value: N_("Digital Post"),
        Channel.PRINT.value: N_("Brev med posten"),
    }
)
_CHANNEL_WORDS: Mapping[Channel, str] = MappingProxyType(
    {
        Channel.EMAIL: N_("E-mail"),
        Channel.SMS: N_("SMS"),
        Channel.DIGITAL_POST: N_("Digital Post"),
        Channel.DOCTOR: N_("Kopi til lægen"),
        Channel.PRINT: N_("Brev med posten"),
    }
)
_STATES: Mapping[MessageState, tuple[str, Kind]] = MappingProxyType(
    {
        MessageState.QUEUED: (N_("Skal printes"), Kind.WAITING),
        MessageState.REFUSED: (N_("Afvist af modtageren"), Kind.BAD),
        MessageState.GIVEN_UP: (N_("Opgivet"), Kind.BAD),
    }
)


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A letter or a message. `answer` is short English."""

    number: str
    path: str
    case: str
    case_path: str
    when: str
    what: str
    tag: Tag
    answer: str
    to_print: bool


def item_options(chosen: Collection[str], spoken: Language) -> list[Option]:
    """Everything that there is to tell."""
    return [Option(item.value, spoken.say(words), item.value in chosen) for item, words in ITEM_WORDS.items()]


def how_options(chosen: str, spoken: Language) -> list[Option]:
    """The ways that the portal has no part in."""
    return options({how: spoken.say(HOW_WORDS[how]) for how in HOW}, chosen)


def waiting_heads(spoken: Language) -> list[Head]:
    """The columns of the list."""
    return [Head(spoken.say(label)) for label in (N_("Sag"), N_("Besked"), N_("Status"))]


def waiting_lines(found: Sequence[Waiting], spoken: Language) -> list[WaitingLine]:
    """In the order in which they come."""
    return [_line(one, spoken) for one in found]


def _line(one: Waiting, spoken: Language) -> WaitingLine:
    words, kind = _STATES.get(one.state, (N_("I kø"), Kind.WAITING))
    return WaitingLine(
        number=str(one.id),
        path=f"/kommune/breve/{one.id}",
        case=one.case_reference,
        case_path=f"/kommune/sager/{one.plan_id}",
        when=dates.day_and_time(one.created_at, spoken),
        what=spoken.say(_CHANNEL_WORDS[one.channel]),
        tag=Tag(spoken.say(words), kind),
        answer=one.answer or "",
        to_print=one.to_print,
    )
