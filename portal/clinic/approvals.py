"""What the provider has applied for, how it stands and why; a returned application is answered here."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.admission import member_of
from portal.clinic.applying import MOST_AT_ONCE, papers_of
from portal.clinic.room import show
from portal.language import language_of
from portal.presenting.approvals import approval_heads, approval_lines_of, file_lines
from portal.presenting.forms import first_error, problem_values
from portal.reading import text_of
from portal.registry import approval_number, approval_values
from portal.request_facts import actor_of, now_of, settings_of
from portal.statuses import status_after
from portal.telling import tell
from portal.uploads.errors import UploadRefused
from providers.approving import (
    answer,
    approvals_of_provider,
    evidence_of,
    last_word,
    read_approval,
)
from providers.approving.errors import ReasonMissing, TooMuchEvidence
from providers.clock import local_date
from providers.errors import GenvejError
from providers.models import ApprovalState
from providers.roles import Permission
from providers.words import N_

_LONGEST = 2000


async def show_all(request: Request) -> Response:
    """Every application and approval of the provider's sites."""
    spoken, policy = language_of(request), settings_of(request).policy
    found = await approvals_of_provider(member_of(request).post.provider or 0)
    today = local_date(now_of(request))
    values = {
        "title": spoken.say("Godkendelser"),
        "heads": approval_heads(spoken),
        "lines": approval_lines_of(found, request.app.state.catalogue, today, policy.decide_within, spoken),
    }
    return await show(request, "clinic/approvals.html", values)


async def show_one(request: Request) -> Response:
    """Raises ApprovalUnknown for a stranger's."""
    return await _page(request)


async def send_again(request: Request) -> Response:
    """Answer what was missing; raises ApprovalUnknown or DecisionNotPossible."""
    form = await request.form()
    note = text_of(form, "note")[:_LONGEST]
    try:
        files = await papers_of(form)
        who, now, vault = actor_of(request), now_of(request), settings_of(request).vault()
        await answer(approval_number(request), note=note, files=files, actor=who, now=now, vault=vault)
    except ReasonMissing as error:
        return await _page(request, note, {"note": error})
    except (UploadRefused, TooMuchEvidence) as error:
        return await _page(request, note, {"filer": error})
    tell(request, N_("Svaret er sendt, og fristen er begyndt forfra."))
    return RedirectResponse(f"/klinik/godkendelser/{approval_number(request)}", 303)


async def _page(request: Request, note: str = "", errors: Mapping[str, GenvejError] | None = None) -> Response:
    spoken = language_of(request)
    one = await read_approval(approval_number(request), actor_of(request))
    may_apply = member_of(request).may(Permission.APPLY_FOR_APPROVAL)
    values = {
        **await approval_values(request, one),
        "reason": await last_word(one.id) if one.state not in _WITHOUT_A_WORD else "",
        "may_answer": may_apply and one.state is ApprovalState.RETURNED,
        "may_see_papers": may_apply,
        "files": file_lines(await evidence_of(one.id), spoken) if may_apply else [],
        "note": note,
        "most": MOST_AT_ONCE,
        **problem_values(errors, spoken),
    }
    return await show(request, "clinic/approval.html", values, status=status_after(first_error(errors)))


_WITHOUT_A_WORD = frozenset({ApprovalState.APPLIED, ApprovalState.APPROVED})
"""States that need no explaining."""
