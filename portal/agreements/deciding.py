"""One application or approval, its papers and its history, and the decisions that can be taken about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.agreements.room import show
from portal.days_typed import DayUnreadable, typed_day
from portal.language import language_of
from portal.presenting.approvals import file_lines
from portal.presenting.forms import first_error, problem_values
from portal.reading import text_of
from portal.registry import approval_number, approval_values
from portal.request_facts import actor_of, now_of
from portal.statuses import status_after
from portal.telling import tell
from providers.approving import Decision, Period, decide, evidence_of, read_approval
from providers.approving.deciding import STEPS
from providers.approving.errors import (
    ApprovalsOverlap,
    ApprovalUnknown,
    PeriodBackwards,
    ReasonMissing,
    StartMissing,
)
from providers.errors import GenvejError
from providers.words import N_

_DONE: Mapping[Decision, str] = {
    Decision.APPROVE: N_("Godkendelsen gælder. Stedet kan vælges fra den første dag."),
    Decision.RETURN: N_("Ansøgningen er sendt tilbage med din begrundelse."),
    Decision.REJECT: N_("Ansøgningen er afvist."),
    Decision.SUSPEND: N_(
        "Godkendelsen er sat i bero. Stedet vises ikke mere til det. Forløb, der er i gang, fortsætter."
    ),
    Decision.RESUME: N_("Godkendelsen gælder igen."),
    Decision.WITHDRAW: N_("Godkendelsen er trukket tilbage."),
}


@dataclass(frozen=True, slots=True)
class _Typed:
    """What stood in the form that was refused, and why by field."""

    texts: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, GenvejError] = field(default_factory=dict)


async def show_one(request: Request) -> Response:
    """Raises ApprovalUnknown."""
    return await _page(request, _Typed())


async def take(request: Request) -> Response:
    """Take the decision that the address names; raises ApprovalUnknown or DecisionNotPossible."""
    form, decision = await request.form(), _decision(request)
    texts = {name: text_of(form, name) for name in ("fra", "til", f"grund-{decision}")}
    try:
        await decide(
            approval_number(request),
            decision,
            reason=texts[f"grund-{decision}"],
            period=_period(texts["fra"], texts["til"]) if decision is Decision.APPROVE else None,
            actor=actor_of(request),
            now=now_of(request),
        )
    except (StartMissing, PeriodBackwards, ApprovalsOverlap, ReasonMissing, DayUnreadable) as error:
        name = f"grund-{decision}" if isinstance(error, ReasonMissing) else _day_field(error, texts)
        return await _page(request, _Typed(texts, {name: error}))
    tell(request, _DONE[decision])
    return RedirectResponse(f"/aftaler/godkendelser/{approval_number(request)}", 303)


async def _page(request: Request, typed: _Typed) -> Response:
    spoken = language_of(request)
    one = await read_approval(approval_number(request), actor_of(request))
    first = one.valid_from.isoformat()
    last = one.valid_to.isoformat() if one.valid_to else ""
    values = {
        **await approval_values(request, one),
        "files": file_lines(await evidence_of(one.id), spoken),
        "path": f"/aftaler/godkendelser/{one.id}",
        "possible": {decision.value for decision, step in STEPS.items() if one.state in step.before},
        "is_open": one.state not in STEPS[Decision.SUSPEND].before,
        "typed": {"fra": first, "til": last} | {f"grund-{decision}": "" for decision in Decision} | dict(typed.texts),
        **problem_values(typed.errors, spoken),
    }
    return await show(request, "agreements/approval.html", values, status=status_after(first_error(typed.errors)))


def _decision(request: Request) -> Decision:
    try:
        return Decision(request.path_params["decision"])
    except ValueError as error:
        raise ApprovalUnknown from error


def _period(first: str, last: str) -> Period:
    return Period(typed_day(first), typed_day(last))


def _day_field(error: GenvejError, texts: Mapping[str, str]) -> str:
    """Beside which of the two days it is said."""
    if isinstance(error, PeriodBackwards):
        return "til"
    if isinstance(error, DayUnreadable):
        try:
            typed_day(texts["fra"])
        except DayUnreadable:
            return "fra"
        return "til"
    return "fra"
