"""What is to be done, the most urgent first: the list, its filters, and who sees to what."""

from dataclasses import dataclass
from datetime import date
from typing import cast
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.worklists import Question, Spot, Task, case_called, count_tasks, hand_out, list_tasks
from portal.admission import member_of
from portal.language import language_of
from portal.municipality.room import show
from portal.presenting.tasks import PATH, owner_options, task_counts, task_heads, task_lines
from portal.reading import line_asked, text_of, whole_number
from portal.request_facts import now_of, saw
from portal.telling import tell
from providers.clock import local_date
from providers.database import looking
from providers.roles import Permission
from providers.words import N_

PAGE = 50
_TAKE, _LET_GO = "tag", "slip"


@dataclass(frozen=True, slots=True)
class Asked:
    """`typed` is the question as the address has it."""

    question: Question
    after: Spot | None
    typed: dict[str, str]


async def show_tasks(request: Request) -> Response:
    """The list. It names cases by their number only; `sag` leads to the one that is called so."""
    member, now, spoken = member_of(request), now_of(request), language_of(request)
    asked, reference = _asked(request), line_asked(request, "sag", 40)
    async with looking(member.post.scope):
        if reference and (found := await case_called(reference, asked.question.municipality)):
            return RedirectResponse(f"/kommune/sager/{found}", 303)
        lines = await list_tasks(asked.question, now=now, after=asked.after, limit=PAGE + 1)
        counts = await count_tasks(asked.question, now=now)
    saw(request, "worklist_seen", None, purpose="casework", criterion="tasks", result=str(len(lines[:PAGE])))
    values = {
        "title": spoken.say("Opgaver"),
        "counts": task_counts(counts, asked.question.task, asked.typed, spoken),
        "everything": f"{PATH}?{urlencode({'hvem': asked.typed['hvem']})}" if asked.question.task else "",
        "owners": owner_options(asked.typed.get("hvem", ""), spoken),
        "typed": asked.typed,
        "not_found": reference,
        "heads": task_heads(spoken),
        "lines": task_lines(lines[:PAGE], local_date(now), request.app.state.catalogue, spoken),
        "may_take": member.may(Permission.ASSESS_PLAN),
        "may_write": member.may(Permission.ISSUE_CODE),
        "following": _following(asked, lines[PAGE - 1]) if len(lines) > PAGE else "",
        "first": _address(asked.typed) if asked.after else "",
    }
    return await show(request, "municipality/tasks.html", values)


async def hand_out_cases(request: Request) -> Response:
    """Take the chosen cases, or let them go; cases of others are passed over."""
    form, member = await request.form(), member_of(request)
    chosen, takes = chosen_cases(form), text_of(form, "goer") != _LET_GO
    if not chosen:
        tell(request, N_("Vælg mindst én sag på listen."), refused=True)
    else:
        to = member.account_id if takes else None
        count = await hand_out(chosen, to, actor=member.actor, now=now_of(request))
        words = N_("%(count)s sager er nu dine.") if takes else N_("%(count)s sager har ikke længere en sagsbehandler.")
        tell(request, words, count=str(count))
    return RedirectResponse(list_address(form), 303)


def chosen_cases(form: FormData) -> set[int]:
    """The cases that were ticked; what is no number is passed over."""
    return {number for text in form.getlist("sag") if isinstance(text, str) and (number := whole_number(text))}


def list_address(form: FormData) -> str:
    """The list with the filters with which it was shown, from the beginning."""
    return _address({name: text_of(form, name) for name in ("opgave", "hvem")})


def _asked(request: Request) -> Asked:
    member, given = member_of(request), request.query_params
    task, owner = given.get("opgave", ""), given.get("hvem", "")
    whose = {"mine": member.account_id, "ingen": 0}.get(owner)
    question = Question(cast(str, member.post.municipality), Task(task) if task in set(Task) else None, whose)
    typed = {"opgave": task if question.task else "", "hvem": owner if whose is not None else ""}
    return Asked(question, _spot(given.get("efter", "")), typed)


def _spot(text: str) -> Spot | None:
    """`3.2026-11-20.17` as the page before has written it; anything else is the beginning."""
    rank, _, rest = text.partition(".")
    day, _, plan = rest.partition(".")
    number = whole_number(plan)
    try:
        return Spot(int(rank), date.fromisoformat(day), number) if number and len(rank) < 3 else None
    except ValueError:
        return None


def _following(asked: Asked, last: object) -> str:
    rank, due, plan_id = (getattr(last, name) for name in ("rank", "due", "plan_id"))
    return _address(asked.typed | {"efter": f"{rank}.{due}.{plan_id}"})


def _address(typed: dict[str, str]) -> str:
    kept = {name: value for name, value in typed.items() if value}
    return f"{PATH}?{urlencode(kept)}" if kept else PATH
