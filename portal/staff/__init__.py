"""The way in for the staff: password and second factor, invitations, and one's own account.

None of it touches a case, so it works in read-only mode too.
"""

from collections.abc import Sequence

from portal.access import Audience, Endpoint, GuardedRoute, page
from portal.returning import instead
from portal.staff import enrolling, inviting, my_account, renewing, second_factor, signing_in, starting_anew

_PUBLIC, _VISITOR, _SIGNED_IN = Audience.PUBLIC, Audience.VISITOR, Audience.SIGNED_IN


def _form(path: str, endpoint: Endpoint, name: str, audience: Audience = _VISITOR) -> GuardedRoute:
    return page(path, endpoint, audience=audience, name=name, methods=["POST"], changes_nothing=True)


ROUTES: Sequence[GuardedRoute] = [
    page("/ind", signing_in.ask, audience=_VISITOR, name="sign_in"),
    _form("/ind", signing_in.check, "check_password"),
    page("/ind/kode", second_factor.ask, audience=_VISITOR, name="second_factor"),
    _form("/ind/kode", second_factor.check, "check_second_factor"),
    page("/ind/opret", enrolling.ask, audience=_VISITOR, name="enrol"),
    _form("/ind/opret", enrolling.confirm, "confirm_app"),
    page("/ind/opret/noegle", instead("/ind/opret"), audience=_PUBLIC, name="no_key"),
    _form("/ind/opret/noegle", enrolling.show_key, "show_key"),
    page("/ind/demo", signing_in.no_demo, audience=_PUBLIC, name="no_demo"),
    _form("/ind/demo", signing_in.as_demo, "demo_sign_in"),
    page("/ud", instead("/ind"), audience=_PUBLIC, name="no_sign_out"),
    _form("/ud", signing_in.sign_out, "sign_out"),
    page("/invitation", inviting.show, audience=_VISITOR, name="invitation"),
    _form("/invitation", inviting.accept, "accept_invitation"),
    page("/invitation/{token}", inviting.arrive, audience=_VISITOR, name="arrive"),
    page("/mig", my_account.show, audience=_SIGNED_IN, name="my_account"),
    page("/mig/rolle", instead("/mig"), audience=_PUBLIC, name="no_switch"),
    _form("/mig/rolle", my_account.switch, "switch_post", _SIGNED_IN),
    page("/mig/adgangskode", instead("/mig"), audience=_PUBLIC, name="no_password"),
    _form("/mig/adgangskode", my_account.new_password, "change_password", _SIGNED_IN),
    page("/mig/noegler", instead("/mig"), audience=_PUBLIC, name="no_renewal"),
    _form("/mig/noegler", renewing.begin, "renew_keys", _SIGNED_IN),
    page("/mig/app", instead("/mig"), audience=_PUBLIC, name="no_new_app"),
    _form("/mig/app", renewing.confirm, "confirm_new_app", _SIGNED_IN),
    page("/nulstil", starting_anew.ask, audience=_VISITOR, name="new_password"),
    _form("/nulstil", starting_anew.choose, "choose_password"),
    page("/nulstil/{token}", starting_anew.arrive, audience=_VISITOR, name="begin_anew"),
    page("/mig/invitation", instead("/invitation"), audience=_PUBLIC, name="no_join"),
    _form("/mig/invitation", inviting.join_as_oneself, "join", _SIGNED_IN),
    page("/mig/besoeg", instead("/mig"), audience=_PUBLIC, name="no_end"),
    _form("/mig/besoeg", my_account.end_one, "end_visit", _SIGNED_IN),
    page("/mig/besoeg/alle", instead("/mig"), audience=_PUBLIC, name="no_end_all"),
    _form("/mig/besoeg/alle", my_account.end_others, "end_other_visits", _SIGNED_IN),
]
