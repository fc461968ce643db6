"""The staff's largest pages: a case with all that can be done to it, and a clinic's week."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from matching.capacity.times import Time
from portal.components.moments import TODAY, plan_facts
from portal.components.roomed import LONG, in_room
from portal.components.worked import tasks
from portal.language import Language
from portal.presenting.capacity import mode_options, week_days
from portal.presenting.case_clocks import Clocks
from portal.presenting.case_history import HistoryLine, history_heads
from portal.presenting.case_page import Can
from portal.presenting.choices import Row
from portal.presenting.clock_line import clock_line
from portal.presenting.forms import Option, Problem, by_field
from portal.presenting.informing import how_options, item_options
from portal.presenting.links import Link
from portal.presenting.tables import Kind, Tag, deadline_tag
from providers.clock import COPENHAGEN
from providers.models import SlotMode

_NOW = datetime.combine(TODAY, time(12), COPENHAGEN)
_MAY = ("assess_plan", "issue_code", "book_for_citizen")
_LISTS = ("tasks", "news", "lines", "elsewhere", "time", "offered", "plan", "person")
_FAULTY = ("forloebspakke", "referencested", "fortalt", "udskrevet", "tidligste_start", "kommune", "aarsag")


@dataclass(frozen=True, slots=True)
class Place:
    """What the week's page asks of a site."""

    pk: int
    name: str


def case(spoken: Language) -> Mapping[str, Any]:
    """Everything may be done, and what was just tried went wrong in every field, because somebody else was quicker."""
    problems = [Problem(spoken.say("Vælg en årsag"), field) for field in _FAULTY]
    happened = [_happened(2, is_new=True), _happened(1, is_new=False)]
    rows = [Row(spoken.say("Sted"), LONG), Row(spoken.say("Telefon"), "00 00 00 00")]
    return _case(
        spoken,
        can=_can(True),
        discharged=TODAY - timedelta(days=12),
        state=Tag(spoken.say("Visiteret, uden tid"), Kind.WAITING),
        tasks=tasks(spoken)["lines"],
        news=happened[:1],
        lines=happened,
        elsewhere=happened[1:],
        **dict.fromkeys(_LISTS[-4:], rows),
        form="stop",
        problems=problems,
    )


def closed_case(spoken: Language) -> Mapping[str, Any]:
    """Nothing is left to do, and nothing has happened."""
    state = Tag(spoken.say("Stoppet"))
    nothing: dict[str, Any] = {name: [] for name in (*_LISTS, "problems")}
    return _case(spoken, can=_can(False), discharged=TODAY - timedelta(days=2), state=state, form="", **nothing)


def _case(spoken: Language, *, discharged: date, problems: list[Problem], **values: Any) -> Mapping[str, Any]:
    guarantee = discharged + timedelta(days=7)
    choice = [Option("", spoken.say("Vælg en årsag"), True), Option("1", LONG)]
    clocks = Clocks(
        deadline_tag(guarantee, TODAY, spoken),
        deadline_tag(TODAY, TODAY, spoken, met=True),
        clock_line(plan_facts(discharged), TODAY, spoken),
        "5 dage fra udskrivning til start",
    )
    return in_room(
        spoken.say("Sag %(case)s", case="2026-0001"),
        spoken,
        path="/kommune/sager/1",
        clocks=clocks,
        standing=spoken.say("Planen er modtaget og skal visiteres."),
        may=dict.fromkeys(_MAY, True),
        seen=1,
        provider_letter=True,
        heads=history_heads(spoken),
        problems=problems,
        by_field=by_field(problems),
        hows=how_options("", spoken),
        items=item_options([], spoken),
        discharged="i går",
        earliest="",
        **dict.fromkeys(("packages", "levels", "sites", "languages", "municipalities", "reasons"), choice),
        **values,
    )


def _can(anything: bool) -> Can:
    return Can(**{field.name: anything for field in fields(Can)})


def _happened(number: int, *, is_new: bool) -> HistoryLine:
    told = Tag("Kvitteret", Kind.GOOD) if is_new else Tag("Fejlet", Kind.BAD)
    what, detail = "Niveau afgjort", "niveau: – → basal"
    return HistoryLine(
        number, "2026-11-16T12:00", "16. nov. 12.00", what, detail, "Vita Visitator (demo)", told, is_new
    )


def week(spoken: Language) -> Mapping[str, Any]:
    """A day with a time in each state, days without any, and a new one that could not be read."""
    problems = [Problem(spoken.say("For eksempel 10.30"), "klokken")]
    states = ((1, 0, None), (1, 1, None), (8, 3, None), (1, 2, None), (0, 0, 1), (0, 1, 2))
    times = [
        Time(number, _NOW + timedelta(hours=number), 45, SlotMode.GROUP, seats, taken, 0, closed, None)
        for number, (seats, taken, closed) in enumerate(states, 1)
    ]
    times += [replace(time, agreed=True) for time in times[-2:]]
    return in_room(
        spoken.say("Tider i uge %(week)s", week=47),
        spoken,
        site=Place(1, LONG),
        sites=[Link(name, "#indhold") for name in (LONG, "Et andet sted (demo)")],
        week=str(TODAY),
        before="#indhold",
        after="#indhold",
        days=week_days(times, TODAY, _NOW, spoken),
        typed={"dag": "16.11.2026", "klokken": "halv", "minutter": "45", "pladser": "1"},
        modes=mode_options("", spoken),
        problems=problems,
        by_field=by_field(problems),
        adding=True,
    )
