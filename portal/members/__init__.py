"""The people of an organisation: who holds which post, invitations, and beginning anew after something was lost.

These pages wear the frame of the asker's own room; owner, manager and operator have them.
"""

from collections.abc import Sequence

from portal.access import Audience, Endpoint, GuardedRoute, page
from portal.members import inviting, listing, person
from portal.staff_routes import staff_form, staff_page
from providers.roles import Permission

_MEMBERS, _MANAGE = "/medarbejdere", Permission.MANAGE_MEMBERS
_MEMBER = _MEMBERS + "/{account_id}"


def _form(path: str, endpoint: Endpoint, name: str, *, back: str | None = None) -> list[GuardedRoute]:
    """None of it touches a case, so it works in read-only mode too."""
    return staff_form(path, endpoint, name, _MANAGE, back=back, changes_nothing=True)


def _form_of_one(path: str, endpoint: Endpoint, name: str) -> list[GuardedRoute]:
    """Asked for as a page, its address leads back to the person's."""
    return [
        *_form(path, endpoint, name),
        page(path, person.back, audience=Audience.PUBLIC, name=f"no_{name}"),
    ]


ROUTES: Sequence[GuardedRoute] = [
    staff_page(_MEMBERS, listing.show_all, "members", _MANAGE),
    staff_page(f"{_MEMBERS}/inviter", inviting.ask, "ask_to_invite", _MANAGE),
    *_form(f"{_MEMBERS}/inviter", inviting.send, "invite"),
    *_form(f"{_MEMBERS}/traek", inviting.withdraw, "withdraw_invitation", back=_MEMBERS),
    staff_page(_MEMBER, person.show_one, "member", _MANAGE),
    *_form_of_one(f"{_MEMBER}/adgangskode", person.give_link, "reset_password"),
    staff_page(f"{_MEMBER}/app", person.ask_to_reset, "ask_to_reset_app", _MANAGE),
    *_form(f"{_MEMBER}/app", person.take_app, "reset_app"),
    *_form_of_one(f"{_MEMBER}/besoeg", person.end_visits, "end_visits_of"),
    *_form_of_one(f"{_MEMBER}/rolle", person.end_post, "end_post"),
]
