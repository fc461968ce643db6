"""The seven days as a line: from the discharge to the guarantee date, with today on it.

The picture is drawn in units of its own, which the page scales; its `alternative` says all that it shows.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from matching.plan_facts import PlanFacts
from matching.rights import guarantee_deadline, start_basis
from portal.language import Language
from portal.presenting import dates

WIDTH = 340
_LEFT, _RIGHT = 14, WIDTH - 14
_ABOVE, _LINE_AT, _FIRST_ROW, _ROW = 22, 46, 80, 24
_MOST_TICKS = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the line: `kind` is discharge, basis, today or deadline. The words stand at `text_y`, beside `x`."""

    kind: str
    x: float
    words: str
    anchor: str
    text_y: int


@dataclass(frozen=True, slots=True)
class ClockLine:
    """`begins`, `ends` and `now` are where the seven days begin and end and where today is; `late` = it has passed."""

    alternative: str
    height: int
    line_at: int
    begins: float
    ends: float
    now: float
    late: bool
    ticks: tuple[float, ...]
    marks: tuple[Mark, ...]


def clock_line(facts: PlanFacts, today: date, spoken: Language) -> ClockLine:
    """The line of a plan on a local day."""
    deadline, basis, discharge = guarantee_deadline(facts), start_basis(facts), facts.discharge_date
    first, last = min(discharge, today), max(deadline, today)
    days = (last - first).days

    def at(day: date) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (day - first).days / days, 1)

    points = _points(discharge, basis, today, deadline, spoken)
    rows = {kind: _FIRST_ROW + row * _ROW for row, (kind, _, _) in enumerate(points)} | {"deadline": _ABOVE}
    return ClockLine(
        alternative=_alternative(points, spoken),
        height=_FIRST_ROW + (len(points) - 1) * _ROW - 12,
        line_at=_LINE_AT,
        begins=at(basis),
        ends=at(deadline),
        now=at(today),
        late=today > deadline,
        ticks=tuple(at(first + timedelta(days=day)) for day in range(days + 1)) if days <= _MOST_TICKS else (),
        marks=tuple(_mark(kind, at(day), day, name, rows[kind], spoken) for kind, day, name in points),
    )


Point = tuple[str, date, str]


def _points(discharge: date, basis: date, today: date, deadline: date, spoken: Language) -> list[Point]:
    """The days on the line, each with its name; the deadline last."""
    later = [("basis", basis, spoken.say("Fristen regnes fra"))] if basis != discharge else []
    return [
        ("discharge", discharge, spoken.say("Udskrevet")),
        *later,
        ("today", today, spoken.say("I dag")),
        ("deadline", deadline, spoken.say("Frist")),
    ]


def _alternative(points: list[Point], spoken: Language) -> str:
    said = ", ".join(f"{name} {dates.short_date(day, spoken)}" for _, day, name in points)
    return spoken.say("Tidslinje: %(days)s", days=said)


def _mark(kind: str, x: float, day: date, name: str, text_y: int, spoken: Language) -> Mark:
    """The words lean towards the middle of the picture, so that none is cut off."""
    anchor = "start" if x < WIDTH / 3 else "end" if x > WIDTH * 2 / 3 else "middle"
    return Mark(kind, x, f"{name} {dates.day_and_month(day, spoken)}", anchor, text_y)
