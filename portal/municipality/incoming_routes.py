"""The addresses under which plans come in."""

from portal.access import GuardedRoute
from portal.municipality import incoming, incoming_form
from portal.staff_routes import staff_form, staff_page
from portal.uploads import MEGABYTE
from providers.roles import Permission

_LARGEST = 40 * MEGABYTE
"""Bytes of the plans that are laid up at once."""

_IMPORT = Permission.IMPORT_PLANS

ROUTES: list[GuardedRoute] = [
    staff_page(incoming.PATH, incoming.show_all, "plans_in", _IMPORT),
    *staff_form(
        f"{incoming.PATH}/filer", incoming.upload, "plans_upload", _IMPORT, back=incoming.PATH, largest_body=_LARGEST
    ),
    *staff_form(f"{incoming.PATH}/igen", incoming.retry, "plans_retry", _IMPORT, back=incoming.PATH),
    *staff_form(f"{incoming.PATH}/laeg-vaek", incoming.discard, "plans_discard", _IMPORT, back=incoming.PATH),
    staff_page(incoming_form.FORM, incoming_form.show_form, "plan_form", _IMPORT),
    *staff_form(incoming_form.FORM, incoming_form.take, "plan_form_sent", _IMPORT),
]
