"""What a list of approvals would change: pure, so that looking is the same as doing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from providers.approving.errors import ApprovalEnded, ApprovalsOverlap
from providers.errors import GenvejError
from providers.models import Approval, ApprovalState
from providers.sheets.cells import STATES
from providers.sheets.columns import Kind
from providers.sheets.errors import LineTwice, WordNotKnown
from providers.sheets.outcome import Outcome, in_order
from providers.sheets.reading import Bad, heading_of

_S = ApprovalState
_WAITS = frozenset({_S.APPLIED, _S.RETURNED})
_STOPPED = frozenset({_S.SUSPENDED, _S.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line; `state` is empty where it says none, which means approved."""

    site: int
    package_level: int
    first: date
    last: date | None
    state: ApprovalState | None


@dataclass(slots=True)
class Found:
    """`moved` are approvals that get another last day, `decided` applications that wait."""

    moved: list[tuple[Approval, Wanted]] = field(default_factory=list)
    decided: list[tuple[Approval, Wanted]] = field(default_factory=list)
    added: list[Wanted] = field(default_factory=list)
    same: int = 0
    bad: list[Bad] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        return Outcome(len(self.decided) + len(self.added), len(self.moved), self.same, in_order(self.bad))


def compare(wanted: Mapping[int, Wanted], there: Sequence[Approval]) -> Found:
    """`wanted` by the number of its line, `there` all approvals of the sites that are spoken of."""
    rows: defaultdict[tuple[int, int], list[Approval]] = defaultdict(list)
    for approval in there:
        rows[approval.site_id, approval.package_level_id].append(approval)
    lines: defaultdict[tuple[int, int], dict[int, Wanted]] = defaultdict(dict)
    for number, one in wanted.items():
        lines[one.site, one.package_level][number] = one
    found = Found()
    for key, group in lines.items():
        for number, one in group.items():
            try:
                _check(number, one, group, rows[key])
                _place(one, rows[key], found)
            except GenvejError as error:
                found.bad.append(Bad(number, error))
    return found


def _check(number: int, one: Wanted, group: Mapping[int, Wanted], rows: Sequence[Approval]) -> None:
    """Raises LineTwice, ApprovalsOverlap or ApprovalEnded."""
    for other, said in group.items():
        if other < number and said == one:
            raise LineTwice(other=other)
    if one.state not in (None, _S.APPROVED):
        return
    replaced = {said.first for said in group.values()}
    periods = [(said.first, said.last) for other, said in group.items() if other != number]
    periods += [
        (row.valid_from, row.valid_to) for row in rows if row.state is _S.APPROVED and row.valid_from not in replaced
    ]
    if any(_meet((one.first, one.last), period) for period in periods):
        raise ApprovalsOverlap
    for row in rows:
        met = row.state is _S.SUSPENDED and _meet((one.first, one.last), (row.valid_from, row.valid_to))
        if row.state in _STOPPED and (met or row.valid_from == one.first):
            raise ApprovalEnded


def _place(one: Wanted, rows: Sequence[Approval], found: Found) -> None:
    """Whether the line is known, moves an approval's last day, decides an application, or is new."""
    state = one.state or _S.APPROVED
    row = next((row for row in rows if row.state is state and row.valid_from == one.first), None)
    if row is not None and row.valid_to == one.last:
        found.same += 1
    elif state is not _S.APPROVED:
        raise WordNotKnown(heading=heading_of("state", Kind.APPROVALS), words=next(iter(STATES)))
    elif row is not None:
        found.moved.append((row, one))
    elif waiting := _waiting(rows, found):
        found.decided.append((waiting, one))
    else:
        found.added.append(one)


def _waiting(rows: Sequence[Approval], found: Found) -> Approval | None:
    """An application that no line before has decided."""
    taken = {row.pk for row, _ in found.decided}
    return next((row for row in rows if row.state in _WAITS and row.pk not in taken), None)


def _meet(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Whether two periods share a day; both days are included, and None is without an end."""
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])
