"""The programs of an organisation: the keys with which they come. Managers and clinics' owners have these pages.

They wear the frame of the asker's own room, as the pages of its people do.
"""

from collections.abc import Sequence

from portal.access import GuardedRoute
from portal.own_keys import pages
from portal.staff_routes import staff_form, staff_page
from providers.roles import Permission

_KEYS = Permission.MANAGE_KEYS

ROUTES: Sequence[GuardedRoute] = [
    staff_page(pages.PATH, pages.show_all, "own_keys", _KEYS),
    *staff_form(pages.PATH, pages.make, "make_own_key", _KEYS, changes_nothing=True),
    *staff_form(f"{pages.PATH}/spaer", pages.end, "end_own_key", _KEYS, back=pages.PATH, changes_nothing=True),
]
