"""The reports of the runs, for the controllers."""

from dataclasses import dataclass
from datetime import datetime

from matching.models import RetentionCount, RetentionRun
from matching.retention.kinds import RetentionKind


@dataclass(frozen=True, slots=True)
class Line:
    """One controller's one kind: of `due` rows older than `before`, `done` are gone. `demo` = a rule of nobody."""

    municipality: str | None
    kind: RetentionKind
    days: int
    source: str
    demo: bool
    before: datetime
    due: int
    done: int


@dataclass(frozen=True, slots=True)
class Report:
    """A run without `finished_at` was broken off or is under way. A kind without a line had nothing due."""

    run_id: int
    started_at: datetime
    finished_at: datetime | None
    dry_run: bool
    started_by: str
    lines: list[Line]

    @property
    def left(self) -> int:
        """How many rows were due and are still there; in a dry run that is all of them."""
        return sum(max(0, line.due - line.done) for line in self.lines)


async def retention_report(run_id: int) -> Report:
    """One run, all controllers."""
    run = await RetentionRun.get(id=run_id)
    return _report(run, await RetentionCount.filter(run_id=run_id).order_by("municipality_id", "id"))


async def retention_reports(municipality: str, *, most: int = 50) -> list[Report]:
    """The newest runs with the lines of one municipality, which may be none."""
    runs = await RetentionRun.all().order_by("-id").limit(most)
    counts = RetentionCount.filter(run_id__in=[run.id for run in runs], municipality_id=municipality)
    lines = await counts.order_by("id")
    return [_report(run, [line for line in lines if line.run_id == run.id]) for run in runs]


def _report(run: RetentionRun, counts: list[RetentionCount]) -> Report:
    lines = [
        Line(
            row.municipality_id, RetentionKind(row.kind), row.days, row.source, row.demo, row.before, row.due, row.done
        )
        for row in counts
    ]
    return Report(run.id, run.started_at, run.finished_at, run.dry_run, run.started_by, lines)
