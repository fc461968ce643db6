"""The rules put together as SQL: a page of tasks, their counts, and the tasks of one case. One statement each.

`$1` municipality, `$2` today, `$3` now, `$4` whose cases (an account; 0 = nobody's; null = anybody's).
"""

from collections.abc import Iterable
from functools import lru_cache

from matching.worklists.rules import RULES, Rule, Task

# Not every list asks for all of these, and each must have a type all the same.
_ASKED = "SELECT $1::text, $2::date, $3::timestamptz, $4::int"
_UNCALLED = "SELECT plan_id, 'call_overdue', due_on FROM call_back WHERE done_at IS NULL AND due_on < $2"
_TROUBLED = (
    f"WITH asked AS ({_ASKED}),"
    f" troubled AS MATERIALIZED (SELECT * FROM genvej_troubled_plans($3) UNION ALL {_UNCALLED})"
)
_OWNED = "($4::int IS NULL OR coalesce(p.caseworker_id, 0) = $4)"

_DETAILS = """
SELECT task.*, p.case_reference, p.state, p.package_id, p.level, p.caseworker_id, a.name AS caseworker
FROM task JOIN plan p ON p.id = task.plan_id LEFT JOIN account a ON a.id = p.caseworker_id
ORDER BY task.rank, task.due, task.plan_id
"""


@lru_cache
def page_statement(task: Task | None, first: int | None) -> str:
    """`$5` how many, and with `first`, the rank that the page before has come to, `$6` and `$7` its last due and plan.

    What is more urgent than that has been shown, and is not asked for.
    """
    branches = []
    for rule in _rules(task):
        if first is not None and rule.rank < first:
            continue
        later = f" AND ({rule.day}, p.id) > ($6::date - {rule.days}, $7::bigint)" if rule.rank == first else ""
        branches.append(f"({_select(rule)}{later} ORDER BY {rule.day}, p.id LIMIT $5)")
    return f"{_TROUBLED}, task AS ({' UNION ALL '.join(branches)}) {_DETAILS} LIMIT $5"


@lru_cache
def count_statement(tasks: tuple[Task, ...]) -> str:
    """How many of each of the tasks there are, up to `$5` of each rule."""
    counts = [
        f"SELECT '{rule.task}' AS task, (SELECT count(*) FROM ({_select(rule)} LIMIT $5) found) AS found"
        for rule in RULES
        if rule.task in tasks
    ]
    return f"{_TROUBLED} SELECT task, sum(found)::int AS found FROM ({' UNION ALL '.join(counts)}) c GROUP BY task"


@lru_cache
def case_statement() -> str:
    """Every task of the case `$5`."""
    branches = [f"({_select(rule)} AND p.id = $5)" for rule in RULES]
    return f"{_TROUBLED}, task AS ({' UNION ALL '.join(branches)}) {_DETAILS}"


def _rules(task: Task | None) -> Iterable[Rule]:
    return (rule for rule in RULES if task is None or rule.task is task)


def _select(rule: Rule) -> str:
    troubled = f" JOIN troubled t ON t.plan_id = p.id AND t.trouble = '{rule.task}'" if rule.is_trouble else ""
    return (
        f"SELECT {rule.rank} AS rank, '{rule.task}' AS task, p.id AS plan_id, {rule.day} + {rule.days} AS due"
        f" FROM plan p{troubled} WHERE p.municipality_id = $1 AND {rule.which} AND {rule.when} AND {_OWNED}"
    )
