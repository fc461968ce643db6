"""Staff accounts: invited by mail, opened with a password and a second factor, bound to the posts they hold.

Nothing here is remembered between two requests. The caller keeps in its visit who is halfway in (`SignIn`), renews
the visit when the second factor has been shown, and asks `staff_member` at each request what the visitor still is.
"""

from providers.accounts.colleagues import Colleague, OpenPost, colleague_of, colleagues, open_invitations
from providers.accounts.credentials import change_password, prove_both
from providers.accounts.identities import (
    StaffIdentity,
    accept_as,
    account_known_as,
    inviters_at,
    places_of,
    tie_identity,
)
from providers.accounts.invitations import (
    IssuedInvitation,
    OpenInvitation,
    accept_invitation,
    invite,
    join,
    read_invitation,
    withdraw_invitation,
)
from providers.accounts.members import (
    StaffMember,
    add_membership,
    disable_account,
    end_membership,
    memberships_of,
    posts_by_role,
    staff_member,
)
from providers.accounts.people import OwnAccount, own_account
from providers.accounts.policy import AccountPolicy
from providers.accounts.posts import Post, may_appoint, organisation_name
from providers.accounts.proving import prove_factor
from providers.accounts.recovery import renew_recovery_codes, use_recovery_code
from providers.accounts.resets import (
    IssuedReset,
    begin_password_reset,
    end_visits_of,
    finish_resets,
    may_reset,
    read_reset,
    reset_app,
    resets_of,
    use_password_reset,
)
from providers.accounts.signing_in import SecondFactor, SignIn, halfway_in, sign_in
from providers.accounts.totp import Enrolment, begin_totp, check_totp, confirm_totp, has_totp
from providers.accounts.visits import OwnVisit, end_all_sessions, end_session, sessions_of

__all__ = [
    "AccountPolicy",
    "Colleague",
    "Enrolment",
    "IssuedInvitation",
    "IssuedReset",
    "OpenInvitation",
    "OpenPost",
    "OwnAccount",
    "OwnVisit",
    "Post",
    "SecondFactor",
    "SignIn",
    "StaffIdentity",
    "StaffMember",
    "accept_as",
    "accept_invitation",
    "account_known_as",
    "add_membership",
    "begin_password_reset",
    "begin_totp",
    "change_password",
    "check_totp",
    "colleague_of",
    "colleagues",
    "confirm_totp",
    "disable_account",
    "end_all_sessions",
    "end_membership",
    "end_session",
    "end_visits_of",
    "finish_resets",
    "halfway_in",
    "has_totp",
    "invite",
    "inviters_at",
    "join",
    "may_appoint",
    "may_reset",
    "memberships_of",
    "open_invitations",
    "organisation_name",
    "own_account",
    "places_of",
    "posts_by_role",
    "prove_both",
    "prove_factor",
    "read_invitation",
    "read_reset",
    "renew_recovery_codes",
    "reset_app",
    "resets_of",
    "sessions_of",
    "sign_in",
    "staff_member",
    "tie_identity",
    "use_password_reset",
    "use_recovery_code",
    "withdraw_invitation",
]
