"""Reports in words: what happened, how far its report has come, and what the recipient said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import orjson

from matching.models import ChannelKind, ReportState
from matching.reports.overseeing import FAILED, Detail, Told
from portal.language import Language
from portal.presenting.dates import clock, short_date
from portal.presenting.look_up_words import ACTION_WORDS
from portal.presenting.tables import Head, Kind, Tag
from providers.words import N_

CHANNEL_WORDS: Mapping[ChannelKind, str] = MappingProxyType(
    {
        ChannelKind.WEBHOOK: N_("Webhook med signeret JSON"),
        ChannelKind.MEDCOM: N_("MedCom CareCommunication"),
        ChannelKind.GATEWAY: N_("KL Gateway, § 140"),
        ChannelKind.FEED: N_("Kommunen henter selv"),
        ChannelKind.NOTICE: N_("Besked på e-mail"),
    }
)
STATE_WORDS: Mapping[ReportState, tuple[str, Kind]] = MappingProxyType(
    {
        ReportState.QUEUED: (N_("I kø"), Kind.WAITING),
        ReportState.SENT: (N_("Sendt, venter på kvittering"), Kind.WAITING),
        ReportState.DELIVERED: (N_("Modtaget"), Kind.GOOD),
        ReportState.REFUSED: (N_("Afvist af modtageren"), Kind.BAD),
        ReportState.GIVEN_UP: (N_("Opgivet"), Kind.BAD),
        ReportState.DROPPED: (N_("Skal ikke sendes"), Kind.PLAIN),
    }
)
_HEARD: Mapping[str, str] = MappingProxyType(
    {"acknowledgement": N_("Kvittering"), "reply": N_("Svar"), "unreadable": N_("Kunne ikke læses")}
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report. `answer` is what was said last, as codes or short English."""

    path: str
    case: str
    number: int
    event: str
    when: str
    channel: str
    tag: Tag
    answer: str


@dataclass(frozen=True, slots=True)
class AttemptLine:
    when: str
    tag: Tag
    answer: str
    sent: str


def report_heads(spoken: Language) -> list[Head]:
    """The columns of the list."""
    labels = (N_("Sag"), N_("Ændring"), N_("Tid"), N_("Kanal"), N_("Status"))
    return [Head(spoken.say(label)) for label in labels]


def report_lines(found: Sequence[Told], spoken: Language) -> list[ReportLine]:
    """The list's lines."""
    return [report_line(told, spoken) for told in found]


def report_line(told: Told, spoken: Language) -> ReportLine:
    channel = CHANNEL_WORDS[told.channel or ChannelKind.FEED]
    return ReportLine(
        path=f"/kommune/rapporter/{told.id}",
        case=told.case_reference,
        number=told.sequence,
        event=spoken.say(ACTION_WORDS.get(told.event, told.event)),
        when=_moment(told.created_at, spoken),
        channel=spoken.say(channel),
        tag=_tag(told, spoken),
        answer=told.answer or "",
    )


def detail_lines(detail: Detail, spoken: Language) -> dict[str, Any]:
    """What the page of one report shows."""
    return {
        "line": report_line(detail.told, spoken),
        "message_id": str(detail.told.id),
        "may_resend": detail.told.state not in {ReportState.QUEUED, ReportState.SENT},
        "may_drop": detail.told.state in {ReportState.QUEUED, ReportState.SENT, *FAILED},
        "attempts": [
            AttemptLine(_moment(one.at, spoken), _state(one.state, spoken), one.answer, _readable(one.body))
            for one in detail.attempts
        ],
        "answers": [
            (_moment(one.at, spoken), spoken.say(_HEARD.get(one.kind, one.kind)), one.note or "")
            for one in detail.answers
        ],
    }


def _tag(told: Told, spoken: Language) -> Tag:
    tag = _state(told.state, spoken)
    if told.state is ReportState.QUEUED and told.attempts:
        note = spoken.say_many("%(count)s forsøg", "%(count)s forsøg", told.attempts)
        return Tag(spoken.say("Prøver igen %(when)s", when=_moment(told.next_at, spoken)), Kind.BAD, note)
    if told.delivered_at is not None:
        return Tag(tag.words, tag.kind, _moment(told.delivered_at, spoken))
    return tag


def _state(state: ReportState, spoken: Language) -> Tag:
    words, kind = STATE_WORDS[state]
    return Tag(spoken.say(words), kind)


def _moment(at: datetime, spoken: Language) -> str:
    return f"{short_date(at, spoken)} {clock(at, spoken)}"


def _readable(body: bytes | None) -> str:
    """The bytes as they were, on lines of their own; empty when retention has removed them."""
    if not body:
        return ""
    try:
        return orjson.dumps(orjson.loads(body), option=orjson.OPT_INDENT_2).decode()
    except orjson.JSONDecodeError:
        return body.decode(errors="replace")
