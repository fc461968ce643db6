"""The approver's room: what clinics apply for, and what becomes of it. How a page is added: `portal/rooms.py`."""

from portal import registry
from portal.access import GuardedRoute
from portal.agreements import deciding, files, front, sites, watching
from portal.lists import LARGEST_FORM
from portal.staff_routes import staff_form, staff_page
from providers.roles import Permission

_APPROVE, _SUPERVISE = Permission.APPROVE_SITE, Permission.SUPERVISE

_SITE = "/aftaler/steder/{site_id}"
_APPROVAL = "/aftaler/godkendelser/{approval_id}"

ROUTES: list[GuardedRoute] = [
    staff_page("/aftaler", front.front, "agreements", _APPROVE),
    staff_page("/aftaler/udloeber", watching.ending, "approvals_ending", _APPROVE),
    staff_page("/aftaler/glemte", watching.stale, "sites_stale", _SUPERVISE),
    staff_page("/aftaler/autorisationer", watching.unchecked, "people_unchecked", _SUPERVISE),
    staff_page("/aftaler/steder", sites.find, "sites_to_supervise", _SUPERVISE),
    staff_page(_SITE, sites.show_one, "site_to_supervise", _SUPERVISE),
    *staff_form(f"{_SITE}/tilsyn", sites.add_remark, "site_remark", _SUPERVISE, back="/aftaler"),
    *staff_form(f"{_SITE}/autorisation", sites.check_person, "authorisation_check", _SUPERVISE, back="/aftaler"),
    staff_page(_APPROVAL, deciding.show_one, "approval_to_decide", _APPROVE),
    *staff_form(_APPROVAL + "/{decision}", deciding.take, "decision", _APPROVE, back="/aftaler"),
    staff_page(files.PATH, files.show_all, "lists", _APPROVE),
    staff_page(f"{files.PATH}/hent/{{name}}", files.fetch, "list", _APPROVE),
    *staff_form(
        f"{files.PATH}/godkendelser",
        files.take_approvals,
        "approvals_taken_in",
        _APPROVE,
        back=files.PATH,
        largest_body=LARGEST_FORM,
    ),
    staff_page("/aftaler/bevis/{evidence_id}", registry.fetch_evidence, "evidence_to_judge", _APPROVE),
]
