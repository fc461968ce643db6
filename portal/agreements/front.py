"""The approver's work: the applications that wait, the one that has waited longest first; or those of another state."""

from starlette.requests import Request
from starlette.responses import Response

from portal.agreements.room import show
from portal.language import Language, language_of
from portal.presenting.approvals import approval_lines_of, worklist_heads
from portal.presenting.forms import Option
from portal.presenting.overviews import APPROVAL_WORDS
from portal.reading import whole_number
from portal.request_facts import now_of, settings_of
from providers.approvals import approvals_by_state
from providers.approving import open_applications
from providers.clock import local_date
from providers.models import ApprovalState

PAGE = 50
"""Applications on a page."""

_FURTHEST = 1_000_000


async def front(request: Request) -> Response:
    """Approvals say nothing about any citizen."""
    spoken, state = language_of(request), _state(request.query_params.get("tilstand", ""))
    after = min(whole_number(request.query_params.get("efter", "")) or 0, _FURTHEST)
    found = await open_applications(state, limit=PAGE + 1, after=after)
    today, within = local_date(now_of(request)), settings_of(request).policy.decide_within
    kept = "/aftaler" if state is ApprovalState.APPLIED else f"/aftaler?tilstand={state}"
    joined = "&" if "?" in kept else "?"
    values = {
        "title": spoken.say("Ansøgninger"),
        "states": _options(await approvals_by_state(), state, spoken),
        "waiting": state is ApprovalState.APPLIED,
        "heads": worklist_heads(spoken),
        "lines": approval_lines_of(found[:PAGE], request.app.state.catalogue, today, within, spoken),
        "following": f"{kept}{joined}efter={after + PAGE}" if len(found) > PAGE else "",
        "first": kept if after else "",
    }
    return await show(request, "agreements/front.html", values)


def _state(text: str) -> ApprovalState:
    return ApprovalState(text) if text in set(ApprovalState) else ApprovalState.APPLIED


def _options(counted: dict[ApprovalState, int], chosen: ApprovalState, spoken: Language) -> list[Option]:
    """Every state with how many there are, those that wait first."""
    return [
        Option(state.value, f"{spoken.say(words)} ({counted[state]})", state is chosen)
        for state, words in APPROVAL_WORDS.items()
    ]
