"""How a municipality's system behaves until the trouble is over."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from matching.models import ChannelKind


class Conduct(StrEnum):
    """The three that are well differ in what they are sent. What `messages` do is about MedCom's acknowledgements."""

    WELL = "well"
    WELL_GATEWAY = "well, KL's reports"
    WELL_MESSAGES = "well, MedCom's messages"
    SLOW = "slow"
    HANGING = "hanging"
    DOWN = "down"
    FLAPPING = "flapping"
    FAULTY = "500"
    BUSY = "429 with Retry-After"
    PAGES = "HTML"
    WRONG = "acknowledges another message"
    TRANSIENT = "transient-error first"
    TWICE = "acknowledges later, and twice"


NUMBERS: Mapping[Conduct, int] = MappingProxyType(
    {
        Conduct.WELL: 50,
        Conduct.WELL_GATEWAY: 5,
        Conduct.WELL_MESSAGES: 5,
        Conduct.SLOW: 6,
        Conduct.HANGING: 4,
        Conduct.DOWN: 6,
        Conduct.FLAPPING: 6,
        Conduct.FAULTY: 4,
        Conduct.BUSY: 4,
        Conduct.PAGES: 2,
        Conduct.WRONG: 2,
        Conduct.TRANSIENT: 2,
        Conduct.TWICE: 2,
    }
)
"""How many of the 98 behave so."""

HEALTHY = frozenset({Conduct.WELL, Conduct.WELL_GATEWAY, Conduct.WELL_MESSAGES})
_MESSAGES = frozenset({Conduct.WELL_MESSAGES, Conduct.WRONG, Conduct.TRANSIENT, Conduct.TWICE})


def kind_of(conduct: Conduct) -> ChannelKind:
    """The channel by which such a municipality is told."""
    if conduct is Conduct.WELL_GATEWAY:
        return ChannelKind.GATEWAY
    return ChannelKind.MEDCOM if conduct in _MESSAGES else ChannelKind.WEBHOOK


def conducts(municipalities: Sequence[str]) -> dict[str, Conduct]:
    """One for each of the 98; raises ValueError for another number of them."""
    every = [conduct for conduct, number in NUMBERS.items() for _ in range(number)]
    return dict(zip(sorted(municipalities), every, strict=True))
