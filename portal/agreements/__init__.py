"""The approver's room: what clinics apply for, and what becomes of it. How a page is added: `portal/rooms.py`."""

from portal.access import Audience, Endpoint, GuardedRoute, page
from portal.agreements import deciding, front, sites, watching
from portal.returning import instead
from providers.roles import Permission


def _page(path: str, endpoint: Endpoint, name: str, permission: Permission, *, form: bool = False) -> GuardedRoute:
    methods = ["POST"] if form else ["GET"]
    return page(path, endpoint, audience=Audience.STAFF, name=name, permission=permission, methods=methods)


def _no_page(path: str, name: str) -> GuardedRoute:
    return page(path, instead("/aftaler"), audience=Audience.PUBLIC, name=name)


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
    _page("/aftaler/bevis/{evidence_id}", deciding.fetch_evidence, "evidence_to_judge", _APPROVE),
]
