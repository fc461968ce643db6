"""The people of an organisation: who holds which post, invitations, and beginning anew after something was lost.

These pages wear the frame of the asker's own room; owner, manager and operator have them.
"""

from collections.abc import Sequence

from portal.access import Audience, Endpoint, GuardedRoute, page
from portal.members import inviting, listing, person
from portal.returning import instead
from providers.roles import Permission

_PUBLIC = Audience.PUBLIC


def _page(path: str, endpoint: Endpoint, name: str, *, form: bool = False) -> GuardedRoute:
    """None of it touches a case, so it works in read-only mode too."""
    return page(
        path,
        endpoint,
        audience=Audience.STAFF,
        permission=Permission.MANAGE_MEMBERS,
        name=name,
        methods=["POST"] if form else ["GET"],
        changes_nothing=form,
    )


ROUTES: Sequence[GuardedRoute] = [
    _page("/medarbejdere", listing.show_all, "members"),
    _page("/medarbejdere/inviter", inviting.ask, "ask_to_invite"),
    _page("/medarbejdere/inviter", inviting.send, "invite", form=True),
    page("/medarbejdere/traek", instead("/medarbejdere"), audience=_PUBLIC, name="no_withdrawal"),
    _page("/medarbejdere/traek", inviting.withdraw, "withdraw_invitation", form=True),
    _page("/medarbejdere/{account_id}", person.show_one, "member"),
    page("/medarbejdere/{account_id}/adgangskode", person.back, audience=_PUBLIC, name="no_link"),
    _page("/medarbejdere/{account_id}/adgangskode", person.give_link, "reset_password", form=True),
    _page("/medarbejdere/{account_id}/app", person.ask_to_reset, "ask_to_reset_app"),
    _page("/medarbejdere/{account_id}/app", person.take_app, "reset_app", form=True),
    page("/medarbejdere/{account_id}/besoeg", person.back, audience=_PUBLIC, name="no_sign_out_there"),
    _page("/medarbejdere/{account_id}/besoeg", person.end_visits, "end_visits_of", form=True),
    page("/medarbejdere/{account_id}/rolle", person.back, audience=_PUBLIC, name="no_end_of_post"),
    _page("/medarbejdere/{account_id}/rolle", person.end_post, "end_post", form=True),
]
