"""On the way to a time: steps, deadline, what is held, what is wrong, times by day, and what there is instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from portal.components.moments import HELD, TODAY, plan_facts
from portal.language import Language
from portal.presenting import steps
from portal.presenting.choices import Row
from portal.presenting.clock_line import clock_line
from portal.presenting.deadline import Deadline
from portal.presenting.forms import Problem
from portal.presenting.instead import Instead
from portal.presenting.links import Link
from portal.presenting.site_page import Day, Time


@dataclass(frozen=True, slots=True)
class Times:
    """What the times of a site are shown from."""

    days: tuple[Day, ...]
    later_days: tuple[Day, ...]
    opens: str
    bookable: bool
    site: int = 1


def in_time(spoken: Language) -> Mapping[str, Any]:
    """Days before the deadline, at the second step, with a time held."""
    return _page(spoken, TODAY - timedelta(days=2), steps.CONFIRM, bookable=True)


def too_late(spoken: Language) -> Mapping[str, Any]:
    """Days after it, with times that can only be looked at."""
    return _page(spoken, TODAY - timedelta(days=12), steps.RECEIPT, bookable=False)


def _page(spoken: Language, discharged: date, step: int, *, bookable: bool) -> dict[str, Any]:
    return {
        "title": "Trin og tider",
        "steps": steps.steps(step, spoken),
        "problems": [Problem("Tiden er lige blevet taget af en anden. Vælg en af de andre tider.", "tider")],
        "deadline": _deadline(spoken, discharged),
        "standing": {"moving": "Du er ved at flytte din tid.", "held": HELD, "booked": not bookable},
        "instead": Instead(
            (("Mandag den 23. november", _time(1)),), ((Link("Et andet sted (demo)", "#tider"), "i morgen, 3,2 km"),)
        )
        if bookable
        else None,
        "view": Times((_day(1, 3), _day(4, 1)), (_day(5, 2),), "" if bookable else "Kan vælges fra den 23.", bookable),
        "rows": (Row("Niveau", "Ikke besluttet endnu", "Din kommune afgør det.", Link("Læs mere", "/niveau")),),
        "back": "/_components",
    }


def _deadline(spoken: Language, discharged: date) -> Deadline:
    late = discharged + timedelta(days=7) < TODAY
    left = "Fristen blev overskredet for 5 dage siden." if late else "Der er 5 dage til fristen."
    line = clock_line(plan_facts(discharged), TODAY, spoken)
    return Deadline("Lørdag den 21. november", left, late, "Så længe binder den.", line)


def _day(first: int, count: int) -> Day:
    times = tuple(_time(first * 10 + number) for number in range(count))
    return Day("Mandag den 23. november", f"{count} ledige tider", "2 dage før fristen", times)


def _time(slot: int) -> Time:
    return Time(slot, "10.30", "Individuel, 30 min.", "Vælg mandag den 23. november kl. 10.30")
