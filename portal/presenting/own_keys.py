"""The keys of an organisation's programs in words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from portal.language import Language
from portal.presenting.dates import day_and_time, short_date
from portal.presenting.forms import Option
from portal.presenting.tables import Head, Kind, Tag
from providers.models import ApiKey, ApiScope
from providers.words import N_

SCOPE_WORDS: Mapping[ApiScope, str] = MappingProxyType(
    {
        ApiScope.REPORTS: N_("Hente rapporter om sagerne, og svare på dem"),
        ApiScope.PLANS: N_("Sende genoptræningsplaner ind"),
        ApiScope.SLOTS: N_("Se og skifte stedernes ledige tider"),
    }
)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key; `number` is 0 for one that has ended, so that there is nothing to press."""

    number: int
    name: str
    made: str
    opens: tuple[str, ...]
    state: Tag
    used: str


def key_heads(spoken: Language) -> list[Head]:
    """The columns; the last one holds a button."""
    labels = (N_("Program"), N_("Må"), N_("Nøgle"), N_("Sidst brugt"))
    return [*(Head(spoken.say(label)) for label in labels), Head("")]


def key_lines(keys: Sequence[ApiKey], now: datetime, spoken: Language) -> list[KeyLine]:
    """As they come."""
    return [_line(key, now, spoken) for key in keys]


def scope_options(allowed: Sequence[ApiScope], chosen: Collection[ApiScope], spoken: Language) -> list[Option]:
    """What there is to choose from; nothing where only one thing is possible."""
    if len(allowed) < 2:
        return []
    return [Option(scope.value, spoken.say(SCOPE_WORDS[scope]), scope in chosen) for scope in allowed]


def _line(key: ApiKey, now: datetime, spoken: Language) -> KeyLine:
    lives = key.revoked_at is None and key.expires_at > now
    return KeyLine(
        number=key.id if lives else 0,
        name=key.name,
        made=spoken.say("Lavet %(day)s", day=short_date(key.created_at, spoken)),
        opens=tuple(spoken.say(SCOPE_WORDS[ApiScope(scope)]) for scope in key.scopes),
        state=_state(key, lives, spoken),
        used=day_and_time(key.last_used_at, spoken) if key.last_used_at else spoken.say("Ikke brugt endnu"),
    )


def _state(key: ApiKey, lives: bool, spoken: Language) -> Tag:
    if key.revoked_at is not None:
        return Tag(spoken.say("Spærret"), Kind.PLAIN, short_date(key.revoked_at, spoken))
    until = short_date(key.expires_at, spoken)
    return Tag(spoken.say("Gælder til"), Kind.GOOD, until) if lives else Tag(spoken.say("Udløbet"), Kind.PLAIN, until)
