"""What the clinic's and the approver's pages of a site and of an approval share, as `staff/site_parts.html` does.

Who may see which, the verbs ask of whoever acts.
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from portal.downloads import attachment
from portal.language import language_of
from portal.presenting.approvals import approval_heads, approval_line, approval_lines_of
from portal.presenting.site_facts import fact_rows, fresh_tag, person_heads, person_lines
from portal.presenting.site_history import history_lines
from portal.reading import INTEGER, whole_number
from portal.request_facts import actor_of, now_of, settings_of
from portal.uploads import Kind
from providers.approving import approvals_of_site, read_evidence, site_history
from providers.approving.errors import ApprovalUnknown, EvidenceUnknown
from providers.approving.reading import Application
from providers.clock import local_date
from providers.models import Site
from providers.sites.reading import people_of


async def site_values(request: Request, site: Site) -> dict[str, Any]:
    """What it says of itself, who works there, what it may deliver, and all that happened."""
    spoken, now, policy = language_of(request), now_of(request), settings_of(request).policy
    catalogue, found = request.app.state.catalogue, await approvals_of_site(site.pk)
    return {
        "title": site.name,
        "site": site,
        "rows": fact_rows(site, spoken),
        "fresh": fresh_tag(site.capacity_confirmed_at, policy.freshness, now, spoken),
        "person_heads": person_heads(spoken),
        "people": person_lines(await people_of(site.pk), spoken),
        "heads": approval_heads(spoken),
        "lines": approval_lines_of(found, catalogue, local_date(now), policy.decide_within, spoken),
        "history": history_lines(await site_history(site.pk), catalogue, spoken),
    }


def approval_number(request: Request) -> int:
    """The number in the address; raises ApprovalUnknown for what cannot be one."""
    number = whole_number(request.path_params["approval_id"], INTEGER)
    if number is None:
        raise ApprovalUnknown
    return number


async def approval_values(request: Request, one: Application) -> dict[str, Any]:
    """How it stands, and what has happened to it."""
    spoken, catalogue = language_of(request), request.app.state.catalogue
    today, within = local_date(now_of(request)), settings_of(request).policy.decide_within
    line = approval_line(one, catalogue, today, within, spoken)
    history = history_lines(await site_history(one.site_id, one.id), catalogue, spoken)
    return {"title": line.package, "line": line, "history": history}


async def fetch_evidence(request: Request) -> Response:
    """A paper, saved and never shown in the browser; raises EvidenceUnknown."""
    number = whole_number(request.path_params["evidence_id"])
    if number is None:
        raise EvidenceUnknown
    name, kind, content = await read_evidence(number, actor_of(request), settings_of(request).vault())
    return attachment(content, Kind(kind), f"{name}.{kind}")
