"""The frame of the staff's rooms around a sample, and everything that their pages share, in every state."""

from collections.abc import Mapping
from typing import Any

from portal.charts import Bar, Row, bar_chart
from portal.components.moments import TODAY
from portal.language import Language
from portal.presenting.approvals import FileLine
from portal.presenting.choices import Row as Fact
from portal.presenting.figure_panels import OURS, Panel, words_of
from portal.presenting.forms import Option, Problem, by_field
from portal.presenting.overviews import Line
from portal.presenting.rooms import RoomFrame, TabLine
from portal.presenting.site_history import HistoryLine
from portal.presenting.tables import Head, Kind, Tag, deadline_tag, heads
from portal.telling import Message, Undo

LONG = "Center for Genoptræning, Hjælpemidler og Rehabilitering i Det Nordvestlige Midtjylland og Omegn (demo)"
WRONG = [Problem("Klokkeslættet kan ikke læses.", name) for name in ("klokken", "bemaerkning", "niveau", "fortalt")]
_PATH = "/_components/personale"


def in_room(title: str, spoken: Language, **values: Any) -> Mapping[str, Any]:
    """A page of a room with more tabs than fit in one line, of which one has something waiting."""
    tabs = [
        TabLine(spoken.say("Opgaver"), "/kommune/opgaver", 12, is_here=True),
        *(TabLine(spoken.say(label), "/kommune", 0) for label in ("Rapporter", "Breve", "Tal", "Medarbejdere")),
    ]
    frame = RoomFrame("Prøve Kommune", "Vita Visitator (demo)", LONG, can_switch=True, post=1, tabs=tabs)
    return {"title": title, "room": frame, "messages": [], **values}


def everything(spoken: Language) -> Mapping[str, Any]:
    """All that is in `staff/parts.html` and its like, with faults where there can be any."""
    columns = (Head("Sted"), Head("Frist"), Head("Dage", number=True))
    done = Message("Tiden er lukket.", Undo("/klinik/tider/aabn", {"tid": "1"}))
    return in_room(
        "Personalets komponenter",
        spoken,
        messages=[done, Message("Visitationen er gemt.", None)],
        problems=WRONG,
        by_field=by_field(WRONG),
        heads=heads(columns, _PATH, {}, "-frist", ("sted", "frist", "")),
        tags=[Tag(kind.value, kind, "16. november 2026" if kind is Kind.BAD else "") for kind in Kind],
        clocks=[deadline_tag(TODAY, day, spoken, met=met) for day, met in _DAYS],
        counts=[Line("Opgaver", 12), Line("Rapporter", 0)],
        rows=[Fact("Sted", LONG), Fact("Niveau", "Basal")],
        options=[Option(str(number), name, number == 1) for number, name in enumerate(("Individuel", LONG), 1)],
        files=[FileLine(1, LONG.replace(" ", "_") + ".pdf", "2 MB, 16. november 2026")],
        history=[HistoryLine("16. november", "Godkendt", "01 kirurgisk", "Fra 1. december", LONG, "Alt er i orden.")],
        panel=_panel(),
    )


_DAYS = (
    *((TODAY.replace(day=day), False) for day in (8, 14, 15, 16, 17)),
    (TODAY, True),
)


def _panel() -> Panel:
    numbers = (("Uge 45", 62), ("Uge 46", None), ("Uge 47", 100))
    rows = [Row(name, [Bar(value, "–" if value is None else f"{value} %")]) for name, value in numbers]
    return Panel(
        name="proeve",
        title="Tilbudt inden 7 dage",
        says="I uge 47 fik alle et tilbud inden 7 dage.",
        chart=bar_chart(rows, [(OURS, "Egen kommune")], described_by=words_of("proeve"), largest=100),
        heads=[Head("Uge"), Head("Andel", number=True)],
        rows=numbers,
        means="Alle planer, hvis 7 dage er gået.",
    )
