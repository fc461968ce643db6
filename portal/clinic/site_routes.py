"""The addresses of the provider's own sites: registration, sites, people, applications."""

from portal import registry
from portal.access import Audience, GuardedRoute, page
from portal.clinic import applying, approvals, calendars, files, people, registering, site_form, sites
from portal.lists import LARGEST_FORM
from portal.staff_routes import staff_form, staff_page
from providers.roles import Permission

_CAPACITY, _EDIT, _APPLY = Permission.KEEP_CAPACITY, Permission.EDIT_SITE, Permission.APPLY_FOR_APPROVAL
_SITE = "/klinik/steder/{site_id}"
_APPROVAL = "/klinik/godkendelser/{approval_id}"

ROUTES: list[GuardedRoute] = [
    page("/klinik/tilmeld", registering.ask, audience=Audience.VISITOR, name="register_clinic"),
    page("/klinik/tilmeld", registering.send, audience=Audience.VISITOR, name="clinic_registered", methods=["POST"]),
    page("/klinik/tilmeldt", registering.sent, audience=Audience.PUBLIC, name="clinic_mail_sent"),
    staff_page("/klinik/steder", sites.show_all, "own_sites", _CAPACITY),
    *staff_form("/klinik/steder/rigtigt", sites.still_right, "still_right", _CAPACITY, back="/klinik/steder"),
    staff_page(site_form.NEW, site_form.ask_new, "new_site", _EDIT),
    *staff_form(site_form.NEW, site_form.add, "site_added", _EDIT),
    staff_page(_SITE, sites.show_one, "own_site", _CAPACITY),
    staff_page(f"{_SITE}/oplysninger", site_form.ask, "site_facts", _EDIT),
    *staff_form(f"{_SITE}/oplysninger", site_form.change, "site_changed", _EDIT),
    staff_page(f"{_SITE}/personale", people.ask, "site_people", _EDIT),
    *staff_form(f"{_SITE}/personale", people.add, "person_added", _EDIT),
    *staff_form(f"{_SITE}/personale/fjern", people.remove, "person_removed", _EDIT),
    staff_page(f"{_SITE}/personale/fjern", people.ask_to_remove, "ask_to_remove_person", _EDIT),
    staff_page(f"{_SITE}/ansoeg", applying.ask, "apply", _APPLY),
    *staff_form(f"{_SITE}/ansoeg", applying.send, "applied", _APPLY, largest_body=applying.LARGEST_FORM),
    staff_page("/klinik/godkendelser", approvals.show_all, "own_approvals", _CAPACITY),
    staff_page(_APPROVAL, approvals.show_one, "own_approval", _CAPACITY),
    *staff_form(_APPROVAL, approvals.send_again, "application_answered", _APPLY, largest_body=applying.LARGEST_FORM),
    staff_page("/klinik/bevis/{evidence_id}", registry.fetch_evidence, "own_evidence", _APPLY),
    staff_page(f"{_SITE}/kalender", calendars.ask, "site_calendar", _EDIT),
    *staff_form(f"{_SITE}/kalender", calendars.make, "site_calendar_made", _EDIT),
    *staff_form(f"{_SITE}/kalender/fjern", calendars.remove, "site_calendar_removed", _EDIT, back="/klinik/steder"),
    page("/kalender/{name}", calendars.feed, audience=Audience.PUBLIC, name="site_calendar_feed"),
    staff_page(files.PATH, files.show_all, "own_lists", _CAPACITY),
    staff_page(f"{files.PATH}/hent/{{name}}", files.fetch, "own_list", _CAPACITY),
    *staff_form(
        f"{files.PATH}/steder", files.take_sites, "sites_taken_in", _EDIT, back=files.PATH, largest_body=LARGEST_FORM
    ),
    *staff_form(
        f"{files.PATH}/tider", files.take_times, "times_taken_in", _CAPACITY, back=files.PATH, largest_body=LARGEST_FORM
    ),
]
