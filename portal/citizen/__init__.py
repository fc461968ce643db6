"""The citizen's room: from the code in the letter to a booked first contact, and back out of it."""

from portal.access import Audience, GuardedRoute, page
from portal.citizen import (
    booking,
    changing,
    choices,
    confirming,
    front,
    languages,
    my_time,
    own_case,
    own_plans,
    results,
    reviewing,
    searching,
    site_pages,
)
from portal.returning import instead

_PUBLIC, _VISITOR, _CODE, _CITIZEN = Audience.PUBLIC, Audience.VISITOR, Audience.CODE, Audience.CITIZEN
_IDENTIFIED = Audience.IDENTIFIED


ROUTES: list[GuardedRoute] = [
    page("/", front.front, audience=_VISITOR, name="front"),
    page("/kode", front.enter_code, audience=_VISITOR, name="enter_code", methods=["POST"], changes_nothing=True),
    page("/kode", instead("/"), audience=_PUBLIC, name="no_code"),
    page("/farvel", front.farewell, audience=_VISITOR, name="farewell", methods=["POST"], changes_nothing=True),
    page("/farvel", instead("/"), audience=_PUBLIC, name="no_farewell"),
    page("/sprog/{code}", languages.choose_language, audience=_PUBLIC, name="language"),
    page("/soeg", searching.search, audience=_PUBLIC, name="search"),
    page("/soeg/{site_id}", searching.public_site, audience=_PUBLIC, name="public_site"),
    page("/muligheder", choices.show_choices, audience=_CODE, name="choices"),
    page("/steder", results.results, audience=_CODE, name="results"),
    page("/steder/{site_id}", site_pages.site, audience=_CODE, name="site"),
    page("/hold", site_pages.hold_time, audience=_CODE, name="hold", methods=["POST"]),
    page("/hold", instead("/steder"), audience=_PUBLIC, name="no_hold"),
    page("/slip", site_pages.let_go, audience=_CODE, name="let_go", methods=["POST"]),
    page("/slip", instead("/steder"), audience=_PUBLIC, name="no_let_go"),
    page("/bekraeft", confirming.confirm, audience=_CODE, name="confirm"),
    page("/bekraeft", confirming.check, audience=_CODE, name="check", methods=["POST"], changes_nothing=True),
    page("/book", reviewing.review_choice, audience=_CITIZEN, name="review"),
    page("/book", booking.confirm_choice, audience=_CITIZEN, name="book", methods=["POST"]),
    page("/kvittering", my_time.receipt, audience=_CITIZEN, name="receipt"),
    page("/min-tid", my_time.show, audience=_CITIZEN, name="my_time"),
    page("/min-tid/kalender.ics", my_time.calendar, audience=_CITIZEN, name="calendar"),
    page("/min-tid/aflys", changing.ask_to_cancel, audience=_CITIZEN, name="ask_to_cancel"),
    page("/min-tid/aflys", changing.cancel_time, audience=_CITIZEN, name="cancel", methods=["POST"]),
    page("/min-tid/tilbud", changing.accept_offer, audience=_CITIZEN, name="accept_offer", methods=["POST"]),
    page("/min-tid/tilbud", instead("/min-tid"), audience=_PUBLIC, name="no_offer"),
    page("/min-tid/flyt", changing.begin_move, audience=_CITIZEN, name="begin_move", methods=["POST"]),
    page("/min-tid/flyt", instead("/min-tid"), audience=_PUBLIC, name="no_move"),
    page("/min-tid/behold", changing.end_move, audience=_CITIZEN, name="end_move", methods=["POST"]),
    page("/min-tid/behold", instead("/min-tid"), audience=_PUBLIC, name="no_keep"),
    page("/mine-planer", own_plans.ask, audience=_VISITOR, name="own_plans"),
    page("/mine-planer", own_plans.choose, audience=_VISITOR, name="own_plan", methods=["POST"], changes_nothing=True),
    page("/min-plan", own_case.show_plan, audience=_IDENTIFIED, name="contents"),
    page("/hvem-har-set", own_case.show_looks, audience=_IDENTIFIED, name="looks"),
]
