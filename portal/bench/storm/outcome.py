"""What the long test found, for people and for programs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.bench.figures import Figure
from portal.bench.measuring import percentile
from portal.bench.storm.conduct import HEALTHY, Conduct
from portal.bench.storm.ledger import Account, Change
from portal.bench.storm.upsets import Outage


@dataclass(frozen=True, slots=True)
class Outcome:
    """`known_at` is when the writer knew of a commit; the delay is from there to the acknowledgement.

    What was under way while there was no worker or no database is left out of `delays`, and is in `all_delays`.
    """

    account: Account
    conducts: Mapping[str, Conduct]
    known_at: Mapping[tuple[int, int], datetime]
    outages: Sequence[Outage]
    kills: int
    restarts: int
    speed: Figure

    @property
    def good(self) -> bool:
        """Whether everything has arrived, and in order."""
        whole = self.account.acknowledged == len(self.account.changes)
        return whole and not self.account.lost and not self.account.reordered

    @property
    def delays(self) -> list[float]:
        """Milliseconds, of the municipalities that are well."""
        return [
            milliseconds
            for begin, end, milliseconds in self._healthy()
            if not any(outage.begin <= end and begin <= outage.end for outage in self.outages)
        ]

    @property
    def all_delays(self) -> list[float]:
        return [milliseconds for _, _, milliseconds in self._healthy()]

    @property
    def tried_again(self) -> int:
        """Changes of municipalities that are well which one attempt was not enough for."""
        return sum(change.attempts > 1 for change in self.account.changes if self._is_healthy(change))

    def as_json(self) -> dict[str, float | int | None]:
        """Everything for programs."""
        return {
            "changes": len(self.account.changes),
            "acknowledged": self.account.acknowledged,
            "lost": self.account.lost,
            "reordered": self.account.reordered,
            "p50_ms": _rounded(percentile(self.delays, 50)),
            "p99_ms": _rounded(percentile(self.delays, 99)),
            "ratio": None if self.speed.ratio is None else round(self.speed.ratio, 3),
        }

    def by_conduct(self) -> Iterable[tuple[Conduct, list[Change]]]:
        """The changes of each kind of municipality."""
        for conduct in Conduct:
            yield conduct, [one for one in self.account.changes if self.conducts[one.code] is conduct]

    def _is_healthy(self, change: Change) -> bool:
        return self.conducts[change.code] in HEALTHY

    def _healthy(self) -> Iterable[tuple[datetime, datetime, float]]:
        for change in self.account.changes:
            known = self.known_at.get((change.plan, change.sequence))
            if known and change.delivered_at and self._is_healthy(change):
                yield known, change.delivered_at, max(0.0, (change.delivered_at - known).total_seconds() * 1000)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
