"""The list of tasks as the staff have it: counted, filtered, chosen from, and gone through by keyboard."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from matching.worklists import MOST, Task
from portal.components.moments import TODAY
from portal.components.roomed import in_room
from portal.language import Language
from portal.presenting.tables import deadline_tag
from portal.presenting.tasks import TASK_WORDS, TaskLine, owner_options, task_counts, task_heads

_COUNTS = {Task.ASSESS_LATE: 1, Task.TELL_CHOICE: 2, Task.INFORM: MOST, Task.ASSESS: 4}
_TASKS = (Task.ASSESS_LATE, Task.TELL_CHOICE, Task.INFORM, Task.ASSESS)


def tasks(spoken: Language) -> Mapping[str, Any]:
    """Four cases, from one whose day has passed to one that has time."""
    typed = {"opgave": "", "hvem": ""}
    values = {
        "counts": task_counts(_COUNTS, Task.TELL_CHOICE, typed, spoken),
        "owners": owner_options("", spoken),
        "typed": typed,
        "not_found": "",
        "heads": task_heads(spoken),
        "lines": [_line(number, task, spoken) for number, task in enumerate(_TASKS, 1)],
        "may_take": True,
        "may_write": True,
        "following": "",
        "first": "",
    }
    return in_room(spoken.say("Opgaver"), spoken, **values)


def no_tasks(spoken: Language) -> Mapping[str, Any]:
    """Everything is done, and a case was asked for that there is none of."""
    return {**tasks(spoken), "counts": [], "lines": [], "not_found": "4711"}


def _line(number: int, task: Task, spoken: Language) -> TaskLine:
    name, why = TASK_WORDS[task]
    return TaskLine(
        plan_id=number,
        case=f"DEMO-{number}",
        path=f"/kommune/sager/{number}",
        name=spoken.say(name),
        why=spoken.say(why),
        course="",
        due=deadline_tag(TODAY + timedelta(days=2 * number - 4), TODAY, spoken),
        owner="–",
    )
