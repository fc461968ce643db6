"""What the receivers took, held against what happened to the cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from matching.models import ChannelKind
from matching.reports.formats.fhir import stable
from providers.database import fetch

# As the tables' owner, whom no scope binds: every change there is, whoever may have written it.
_CHANGES = """
SELECT e.plan_id, e.sequence, p.municipality_id AS code, r.id, r.state = 'delivered' AS delivered, r.delivered_at,
       r.attempts, c.kind
FROM case_event e JOIN plan p ON p.id = e.plan_id
LEFT JOIN report r ON r.event_id = e.id LEFT JOIN report_channel c ON c.id = r.channel_id
ORDER BY e.plan_id, e.sequence
"""


class Change(NamedTuple):
    """A change of a case and its report, if it has one; `taken` is its first place in the ledger."""

    plan: int
    sequence: int
    code: str
    delivered: bool
    delivered_at: datetime | None
    attempts: int
    taken: int | None


@dataclass(frozen=True, slots=True)
class Account:
    """`lost` were never taken by their receiver, `reordered` before an earlier change of the same case."""

    changes: Sequence[Change]

    @property
    def acknowledged(self) -> int:
        """Taken by the receiver, and known to be."""
        return sum(change.delivered and change.taken is not None for change in self.changes)

    @property
    def lost(self) -> int:
        return sum(change.taken is None for change in self.changes)

    @property
    def reordered(self) -> int:
        """Changes that came before one that happened earlier."""
        latest: dict[int, int] = {}
        found = 0
        for change in self.changes:
            if change.taken is not None:
                found += change.taken < latest.get(change.plan, -1)
                latest[change.plan] = max(change.taken, latest.get(change.plan, -1))
        return found


async def account(ledger: Path) -> Account:
    """The account of all cases, by the receivers' own ledger."""
    taken = _first_places(ledger)
    return Account([_change(record, taken) for record in await fetch(_CHANGES)])


def _first_places(ledger: Path) -> Mapping[tuple[str, str], int]:
    """By municipality and message. A line that was cut short is of nothing that was answered."""
    lines = [line.split(" ") for line in ledger.read_text().splitlines()]
    return {(line[0], line[1]): place for place, line in reversed(list(enumerate(lines))) if len(line) == 2}


def _change(record: Mapping[str, object], taken: Mapping[tuple[str, str], int]) -> Change:
    number, code = record["id"], str(record["code"])
    # A bundle of KL's has an id of its own, made of the report's.
    key = stable("report", number) if record["kind"] == ChannelKind.GATEWAY else str(number)
    return Change(
        int(str(record["plan_id"])),
        int(str(record["sequence"])),
        code,
        bool(record["delivered"]),
        record["delivered_at"],  # type: ignore[arg-type]
        int(str(record["attempts"] or 0)),
        taken.get((code, key)),
    )
