"""The approver's room: what clinics apply for, and what becomes of it. How a page is added: `portal/rooms.py`."""

from portal.access import LARGEST_BODY, Audience, Endpoint, GuardedRoute, page
from portal.agreements import deciding, files, front, sites, watching
from portal.lists import LARGEST_FORM
from portal.returning import instead
from providers.roles import Permission


def _page(
    path: str,
    endpoint: Endpoint,
    name: str,
    permission: Permission,
    *,
    form: bool = False,
    largest_body: int = LARGEST_BODY,
) -> GuardedRoute:
    return page(
        path,
        endpoint,
        audience=Audience.STAFF,
        name=name,
        permission=permission,
        methods=["POST"] if form else ["GET"],
        largest_body=largest_body,
    )


def _no_page(path: str, name: str, back: str = "/aftaler") -> GuardedRoute:
    return page(path, instead(back), audience=Audience.PUBLIC, name=name)


_APPROVE, _SUPERVISE = Permission.APPROVE_SITE, Permission.SUPERVISE

ROUTES: list[GuardedRoute] = [
    _page("/aftaler", front.front, "agreements", _APPROVE),
    _page("/aftaler/udloeber", watching.ending, "approvals_ending", _APPROVE),
    _page("/aftaler/glemte", watching.stale, "sites_stale", _SUPERVISE),
    _page("/aftaler/autorisationer", watching.unchecked, "people_unchecked", _SUPERVISE),
    _page("/aftaler/steder", sites.find, "sites_to_supervise", _SUPERVISE),
    _page("/aftaler/steder/{site_id}", sites.show_one, "site_to_supervise", _SUPERVISE),
    _page("/aftaler/steder/{site_id}/tilsyn", sites.add_remark, "site_remark", _SUPERVISE, form=True),
    _no_page("/aftaler/steder/{site_id}/tilsyn", "no_site_remark"),
    _page("/aftaler/steder/{site_id}/autorisation", sites.check_person, "authorisation_check", _SUPERVISE, form=True),
    _no_page("/aftaler/steder/{site_id}/autorisation", "no_authorisation_check"),
    _page("/aftaler/godkendelser/{approval_id}", deciding.show_one, "approval_to_decide", _APPROVE),
    _page("/aftaler/godkendelser/{approval_id}/{decision}", deciding.take, "decision", _APPROVE, form=True),
    _no_page("/aftaler/godkendelser/{approval_id}/{decision}", "no_decision"),
    _page(files.PATH, files.show_all, "lists", _APPROVE),
    _page(f"{files.PATH}/hent/{{name}}", files.fetch, "list", _APPROVE),
    _page(
        f"{files.PATH}/godkendelser",
        files.take_approvals,
        "approvals_taken_in",
        _APPROVE,
        form=True,
        largest_body=LARGEST_FORM,
    ),
    _no_page(f"{files.PATH}/godkendelser", "no_approvals_taken_in", files.PATH),
    _page("/aftaler/bevis/{evidence_id}", deciding.fetch_evidence, "evidence_to_judge", _APPROVE),
]
