"""What a municipality has to do: the tasks that follow from its cases, the most urgent first."""

from matching.worklists.listing import MOST, Line, Question, Spot, count_tasks, list_tasks, tasks_of, urgent_count
from matching.worklists.owning import case_called, hand_out
from matching.worklists.rules import Task

__all__ = [
    "MOST",
    "Line",
    "Question",
    "Spot",
    "Task",
    "case_called",
    "count_tasks",
    "hand_out",
    "list_tasks",
    "tasks_of",
    "urgent_count",
]
