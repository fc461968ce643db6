"""What a way is given, and what it answers: the same for a mail server, a gateway and a folder."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from matching.citizens import Citizen
from matching.models import Channel
from matching.reports.answers import Answer
from portal.language import Language
from portal.messages.words import Facts, Words


@dataclass(frozen=True, slots=True)
class Item:
    """One message in clear, for as long as it is under way. `id` is the same at every attempt.

    `to` is a mail address or a telephone number, empty where the `citizen` is known otherwise. `letter` is a PDF.
    """

    id: UUID
    channel: Channel
    to: str
    words: Words
    facts: Facts
    spoken: Language
    citizen: Citizen | None = None
    letter: bytes | None = None


class Way(Protocol):
    """Somebody who takes messages."""

    async def send(self, item: Item, now: datetime) -> Answer:
        """Make one attempt, which ends in time and in an answer; never raises because of the other side."""
        ...
