"""A folder in place of the ways out, for trying things out: one file for each message, readable by its owner only."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from matching.models import Channel
from matching.reports.answers import Answer, accepted, not_sent
from portal.messages.gateways import document
from portal.messages.mail import mail
from portal.messages.ways import Item

_SENDER = "genvej@genvej.example"


@dataclass(frozen=True, slots=True)
class FolderWay:
    """Writes what would have been sent. A message that comes twice is written over itself."""

    folder: Path

    async def send(self, item: Item, now: datetime) -> Answer:
        name = f"{now:%Y%m%dT%H%M%S}-{item.channel.value}-{item.id}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if item.channel is Channel.EMAIL:
                (self.folder / f"{name}.eml").write_bytes(mail(item, _SENDER, now).as_bytes())
            else:
                (self.folder / f"{name}.json").write_bytes(orjson.dumps(document(item, "Genvej")))
        except OSError as error:
            return not_sent(f"The folder cannot be written to: {error.strerror}")
        return accepted("Written to the folder")
