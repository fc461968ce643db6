"""The programs of an organisation: the keys with which they come. Managers and clinics' owners have these pages.

They wear the frame of the asker's own room, as the pages of its people do.
"""

from collections.abc import Sequence

from portal.access import Audience, GuardedRoute, page
from portal.own_keys import pages
from portal.returning import instead
from providers.roles import Permission

_STAFF, _KEYS = Audience.STAFF, Permission.MANAGE_KEYS

ROUTES: Sequence[GuardedRoute] = [
    page(pages.PATH, pages.show_all, audience=_STAFF, permission=_KEYS, name="own_keys"),
    page(
        pages.PATH,
        pages.make,
        audience=_STAFF,
        permission=_KEYS,
        name="make_own_key",
        methods=["POST"],
        changes_nothing=True,
    ),
    page(f"{pages.PATH}/spaer", instead(pages.PATH), audience=Audience.PUBLIC, name="no_end_of_key"),
    page(
        f"{pages.PATH}/spaer",
        pages.end,
        audience=_STAFF,
        permission=_KEYS,
        name="end_own_key",
        methods=["POST"],
        changes_nothing=True,
    ),
]
