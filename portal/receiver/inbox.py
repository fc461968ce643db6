"""What has arrived, in memory and as JSON lines in a file, so that a restart forgets nothing."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Received:
    """One genuine request; `duplicate`: a message with this id had come before, and only the first one counts."""

    message_id: str
    received_at: str
    duplicate: bool
    report: dict[str, Any]


class Inbox:
    """`path` None keeps everything in memory only; `on_arrival` is told of each arrival, duplicates included."""

    def __init__(self, path: Path | None, on_arrival: Callable[[Received], None] | None = None) -> None:
        self._path = path
        self._on_arrival = on_arrival
        self.arrivals = _read(path) if path is not None and path.exists() else []
        self._known = {arrival.message_id for arrival in self.arrivals}

    def take(self, message_id: str, report: dict[str, Any], now: datetime) -> Received:
        """Keep an arrival; when this returns it is in the file."""
        arrival = Received(message_id, now.isoformat(timespec="seconds"), message_id in self._known, report)
        if self._path is not None:
            _append(self._path, orjson.dumps(asdict(arrival)))
        self._known.add(message_id)
        self.arrivals.append(arrival)
        if self._on_arrival is not None:
            self._on_arrival(arrival)
        return arrival


def _read(path: Path) -> list[Received]:
    """Every whole line; a line that a crash cut short was never answered, so its sender tries again."""
    arrivals = []
    for line in path.read_bytes().splitlines():
        try:
            arrivals.append(Received(**orjson.loads(line)))
        except (ValueError, TypeError):
            continue
    return arrivals


def _append(path: Path, line: bytes) -> None:
    """A newline before the line as well: whatever a crash left in front of it stays a line of its own."""
    with path.open("ab") as file:
        file.write(b"\n" + line + b"\n")
