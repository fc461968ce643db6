"""The ways in which a municipality can be told, each as a card: in use or not, and what its last test said."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.models import ChannelKind, ReportChannel
from portal.language import Language
from portal.presenting.dates import clock, short_date
from portal.presenting.report_lines import CHANNEL_WORDS
from portal.presenting.tables import Kind, Tag
from providers.words import N_

_ABOUT = {
    ChannelKind.WEBHOOK: N_("Jeres system får hver ændring som JSON med en underskrift (Standard Webhooks)."),
    ChannelKind.MEDCOM: N_("Hver sag bliver en tråd i CareCommunication, kategori Træning. Jeres system kvitterer."),
    ChannelKind.GATEWAY: N_("Hver ændring bliver en rapport til KL's gateway med de nationale koder."),
    ChannelKind.FEED: N_("Jeres system henter selv ændringerne med en API-nøgle."),
    ChannelKind.NOTICE: N_("En e-mail siger kun, at der er noget nyt. Der står intet om borgeren."),
}


Typed = tuple[ChannelKind, str]
"""The address that was typed for a kind of channel, and refused."""


@dataclass(frozen=True, slots=True)
class Card:
    """`address` is as it is typed; `has_token` = the form asks for a way to prove who we are."""

    kind: str
    label: str
    about: str
    tag: Tag
    exists: bool
    active: bool
    address: str
    has_address: bool
    has_token: bool
    is_mail: bool
    tested: str
    works: bool


def channel_cards(known: Mapping[ChannelKind, ReportChannel], typed: Typed | None, spoken: Language) -> list[Card]:
    """One card for each kind; what was `typed` stands in its own."""
    return [_card(kind, known.get(kind), typed, spoken) for kind in ChannelKind]


def _card(kind: ChannelKind, channel: ReportChannel | None, typed: Typed | None, spoken: Language) -> Card:
    address = channel.url.removeprefix("mailto:") if channel else ""
    if typed is not None and typed[0] is kind:
        address = typed[1]
    answer = (channel.test_answer or "") if channel else ""
    return Card(
        kind=kind.value,
        label=spoken.say(CHANNEL_WORDS[kind]),
        about=spoken.say(_ABOUT[kind]),
        tag=_tag(channel, spoken),
        exists=channel is not None,
        active=channel is not None and channel.active,
        address=address,
        has_address=kind is not ChannelKind.FEED,
        has_token=kind in {ChannelKind.MEDCOM, ChannelKind.GATEWAY},
        is_mail=kind is ChannelKind.NOTICE,
        tested=_tested(channel, answer.partition(": ")[2], spoken),
        works=answer.startswith("ok"),
    )


def _tag(channel: ReportChannel | None, spoken: Language) -> Tag:
    if channel is None:
        return Tag(spoken.say("Ikke sat op"))
    return Tag(spoken.say("I brug"), Kind.GOOD) if channel.active else Tag(spoken.say("Hviler"), Kind.WAITING)


def _tested(channel: ReportChannel | None, answer: str, spoken: Language) -> str:
    if channel is None or channel.tested_at is None:
        return ""
    when = f"{short_date(channel.tested_at, spoken)} {clock(channel.tested_at, spoken)}"
    return spoken.say("Prøvet %(when)s: %(answer)s", when=when, answer=answer)
