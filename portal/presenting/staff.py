"""The staff's roles, posts and visits in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from portal.language import Language
from portal.presenting.dates import day_and_time, first_letter_up
from providers.accounts import OwnVisit, StaffMember
from providers.models import AccountReset, ResetKind
from providers.roles import Role
from providers.words import N_

ROLE_WORDS: Mapping[Role, str] = MappingProxyType(
    {
        Role.VISITATOR: N_("Visitator"),
        Role.MANAGER: N_("Leder i kommunen"),
        Role.CLINIC_OWNER: N_("Klinikejer"),
        Role.PLANNER: N_("Planlægger"),
        Role.THERAPIST: N_("Terapeut"),
        Role.APPROVER: N_("Godkender"),
        Role.OPERATOR: N_("Driftsansvarlig"),
    }
)


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post to choose, or the one in use."""

    number: int
    words: str
    in_use: bool


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit to end, or this one."""

    handle: str
    device: str
    seen: str
    began: str
    is_this_one: bool


@dataclass(frozen=True, slots=True)
class LoginLine:
    """One press in the demo: somebody in all their posts."""

    account_id: int
    name: str
    posts: str


def post_words(role: Role, organisation: str | None, spoken: Language) -> str:
    """`Visitator, Københavns Kommune`; the role alone when it is of no organisation."""
    return ", ".join(part for part in (spoken.say(ROLE_WORDS[role]), organisation) if part)


def post_lines(members: Sequence[StaffMember], chosen: int | None, spoken: Language) -> list[PostLine]:
    """The posts of an account, in the order in which they were given."""
    return [
        PostLine(
            member.membership_id,
            post_words(member.post.role, member.organisation, spoken),
            member.membership_id == chosen,
        )
        for member in members
    ]


def login_lines(members: Sequence[StaffMember], spoken: Language) -> list[LoginLine]:
    """The demo's people, once each."""
    posts: dict[tuple[int, str], list[str]] = {}
    for member in members:
        words = post_words(member.post.role, member.organisation, spoken)
        posts.setdefault((member.account_id, member.name), []).append(words)
    return [LoginLine(number, name, "; ".join(words)) for (number, name), words in posts.items()]


def visit_lines(visits: Sequence[OwnVisit], spoken: Language) -> list[VisitLine]:
    """Where an account is signed in."""
    return [
        VisitLine(
            visit.handle,
            visit.device or spoken.say("Ukendt enhed"),
            first_letter_up(day_and_time(visit.seen_at, spoken, year=False)),
            first_letter_up(day_and_time(visit.created_at, spoken, year=False)),
            visit.is_this_one,
        )
        for visit in visits
    ]


def codes_left_words(left: int | None, spoken: Language) -> str:
    """After a recovery code was used; empty when none was."""
    if left is None:
        return ""
    return spoken.say_many("Du har %(count)s engangskode tilbage.", "Du har %(count)s engangskoder tilbage.", left)


def reset_lines(resets: Sequence[AccountReset], spoken: Language) -> list[str]:
    """What others did to one's own account lately, so that nobody does it unseen."""
    words = {
        ResetKind.PASSWORD: N_("%(when)s: En kollega lavede et link til en ny adgangskode."),
        ResetKind.APP: N_("%(when)s: En kollega nulstillede din app og dine engangskoder."),
    }
    return [
        spoken.say(words[reset.kind], when=first_letter_up(day_and_time(reset.begun_at, spoken))) for reset in resets
    ]


def in_groups(secret: str) -> str:
    """`ABCD EFGH …`: a key as it is typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
