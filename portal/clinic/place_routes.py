"""The addresses of the provider's own places: registration, sites, people, applications."""

from portal.access import LARGEST_BODY, Audience, Endpoint, GuardedRoute, page
from portal.clinic import applying, approvals, calendars, files, people, place_form, places, registering
from portal.lists import LARGEST_FORM
from portal.returning import instead
from providers.roles import Permission

_CAPACITY, _EDIT, _APPLY = Permission.KEEP_CAPACITY, Permission.EDIT_SITE, Permission.APPLY_FOR_APPROVAL
_SITE = "/klinik/steder/{site_id}"
_APPROVAL = "/klinik/godkendelser/{approval_id}"


def _page(path: str, endpoint: Endpoint, name: str, permission: Permission) -> GuardedRoute:
    return page(path, endpoint, audience=Audience.STAFF, name=name, permission=permission)


def _form(
    path: str, endpoint: Endpoint, name: str, permission: Permission, *, largest_body: int = LARGEST_BODY
) -> GuardedRoute:
    return page(
        path,
        endpoint,
        audience=Audience.STAFF,
        name=name,
        permission=permission,
        methods=["POST"],
        largest_body=largest_body,
    )


def _no_page(path: str, name: str, back: str = "/klinik/steder") -> GuardedRoute:
    return page(path, instead(back), audience=Audience.PUBLIC, name=name)


ROUTES: list[GuardedRoute] = [
    page("/klinik/tilmeld", registering.ask, audience=Audience.VISITOR, name="register_clinic"),
    page("/klinik/tilmeld", registering.send, audience=Audience.VISITOR, name="clinic_registered", methods=["POST"]),
    page("/klinik/tilmeldt", registering.sent, audience=Audience.PUBLIC, name="clinic_mail_sent"),
    _page("/klinik/steder", places.show_all, "own_sites", _CAPACITY),
    _form("/klinik/steder/rigtigt", places.still_right, "still_right", _CAPACITY),
    _no_page("/klinik/steder/rigtigt", "no_still_right"),
    _page(place_form.NEW, place_form.ask_new, "new_site", _EDIT),
    _form(place_form.NEW, place_form.add, "site_added", _EDIT),
    _page(_SITE, places.show_one, "own_site", _CAPACITY),
    _page(f"{_SITE}/oplysninger", place_form.ask, "site_facts", _EDIT),
    _form(f"{_SITE}/oplysninger", place_form.change, "site_changed", _EDIT),
    _page(f"{_SITE}/personale", people.ask, "site_people", _EDIT),
    _form(f"{_SITE}/personale", people.add, "person_added", _EDIT),
    _form(f"{_SITE}/personale/fjern", people.remove, "person_removed", _EDIT),
    _page(f"{_SITE}/personale/fjern", people.ask_to_remove, "ask_to_remove_person", _EDIT),
    _page(f"{_SITE}/ansoeg", applying.ask, "apply", _APPLY),
    _form(f"{_SITE}/ansoeg", applying.send, "applied", _APPLY, largest_body=applying.LARGEST_FORM),
    _page("/klinik/godkendelser", approvals.show_all, "own_approvals", _CAPACITY),
    _page(_APPROVAL, approvals.show_one, "own_approval", _CAPACITY),
    _form(_APPROVAL, approvals.send_again, "application_answered", _APPLY, largest_body=applying.LARGEST_FORM),
    _page("/klinik/bevis/{evidence_id}", approvals.fetch_evidence, "own_evidence", _APPLY),
    _page(f"{_SITE}/kalender", calendars.ask, "site_calendar", _EDIT),
    _form(f"{_SITE}/kalender", calendars.make, "site_calendar_made", _EDIT),
    _form(f"{_SITE}/kalender/fjern", calendars.remove, "site_calendar_removed", _EDIT),
    _no_page(f"{_SITE}/kalender/fjern", "no_site_calendar_removed"),
    page("/kalender/{name}", calendars.feed, audience=Audience.PUBLIC, name="site_calendar_feed"),
    _page(files.PATH, files.show_all, "own_lists", _CAPACITY),
    _page(f"{files.PATH}/hent/{{name}}", files.fetch, "own_list", _CAPACITY),
    _form(f"{files.PATH}/steder", files.take_sites, "sites_taken_in", _EDIT, largest_body=LARGEST_FORM),
    _no_page(f"{files.PATH}/steder", "no_sites_taken_in", files.PATH),
    _form(f"{files.PATH}/tider", files.take_times, "times_taken_in", _CAPACITY, largest_body=LARGEST_FORM),
    _no_page(f"{files.PATH}/tider", "no_times_taken_in", files.PATH),
]
