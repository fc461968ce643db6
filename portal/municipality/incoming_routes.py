"""The addresses under which plans come in."""

from portal.access import Audience, GuardedRoute, page
from portal.municipality import incoming, incoming_form
from portal.returning import instead
from portal.uploads import MEGABYTE
from providers.roles import Permission

_LARGEST = 40 * MEGABYTE
"""Bytes of the plans that are laid up at once."""

_STAFF, _IMPORT = Audience.STAFF, Permission.IMPORT_PLANS

ROUTES: list[GuardedRoute] = [
    page(incoming.PATH, incoming.show_all, audience=_STAFF, name="plans_in", permission=_IMPORT),
    page(
        f"{incoming.PATH}/filer",
        incoming.upload,
        audience=_STAFF,
        name="plans_upload",
        methods=["POST"],
        permission=_IMPORT,
        largest_body=_LARGEST,
    ),
    page(
        f"{incoming.PATH}/igen",
        incoming.retry,
        audience=_STAFF,
        name="plans_retry",
        methods=["POST"],
        permission=_IMPORT,
    ),
    page(
        f"{incoming.PATH}/laeg-vaek",
        incoming.discard,
        audience=_STAFF,
        name="plans_discard",
        methods=["POST"],
        permission=_IMPORT,
    ),
    page(incoming_form.FORM, incoming_form.show_form, audience=_STAFF, name="plan_form", permission=_IMPORT),
    page(
        incoming_form.FORM,
        incoming_form.take,
        audience=_STAFF,
        name="plan_form_sent",
        methods=["POST"],
        permission=_IMPORT,
    ),
    *(
        page(f"{incoming.PATH}/{form}", instead(incoming.PATH), audience=Audience.PUBLIC, name=f"no_plans_{form}")
        for form in ("filer", "igen", "laeg-vaek")
    ),
]
