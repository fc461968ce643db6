"""The municipality's room: its cases from the hospital's plan to the end. How a page is added: `portal/rooms.py`."""

from portal.access import Audience, GuardedRoute, page
from portal.municipality import assisting, front, look_ups, look_ups_file
from portal.returning import instead
from providers.roles import Permission

_STAFF = Audience.STAFF

ROUTES: list[GuardedRoute] = [
    page("/kommune", front.front, audience=_STAFF, name="municipality", permission=Permission.SEE_CASE),
    page(
        "/kommune/sager/{plan_id}/hjaelp",
        assisting.begin,
        audience=_STAFF,
        name="begin_assisting",
        methods=["POST"],
        permission=Permission.BOOK_FOR_CITIZEN,
        changes_nothing=True,
    ),
    page("/kommune/sager/{plan_id}/hjaelp", instead("/kommune"), audience=Audience.PUBLIC, name="no_begin_assisting"),
    page(
        "/kommune/hjaelp/slut",
        assisting.end,
        audience=_STAFF,
        name="end_assisting",
        methods=["POST"],
        changes_nothing=True,
    ),
    page("/kommune/hjaelp/slut", instead("/kommune"), audience=Audience.PUBLIC, name="no_end_assisting"),
    page("/kommune/opslag", look_ups.search, audience=_STAFF, name="look_ups", permission=Permission.SEARCH_AUDIT),
    page("/kommune/opslag/udtraek", instead("/kommune/opslag"), audience=Audience.PUBLIC, name="no_look_ups_file"),
    page(
        "/kommune/opslag/udtraek",
        look_ups_file.export,
        audience=_STAFF,
        name="look_ups_file",
        methods=["POST"],
        permission=Permission.SEARCH_AUDIT,
        changes_nothing=True,
    ),
]
