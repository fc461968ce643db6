"""The people of an organisation in words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from portal.language import Language
from portal.presenting.dates import day_and_time, short_date
from portal.presenting.forms import Option, options
from portal.presenting.staff import ROLE_WORDS, post_words
from portal.presenting.tables import Head, Kind, Tag
from providers.accounts import Colleague, OpenPost
from providers.models import Municipality
from providers.roles import Role


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A post; `number` is empty when the asker cannot take it away."""

    words: str
    number: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A colleague; `ways` are how they sign in, `seen` is empty when they are nowhere signed in."""

    number: int
    name: str
    email: str
    posts: tuple[HeldLine, ...]
    ways: tuple[Tag, ...]
    seen: str
    has_password: bool
    has_app: bool


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """A post that was offered."""

    number: int
    email: str
    words: str
    until: str


def member_heads(spoken: Language) -> list[Head]:
    """The columns of the list."""
    labels = (spoken.say("Navn"), spoken.say("Roller"), spoken.say("Logger ind med"), spoken.say("Sidst set"))
    return [Head(label) for label in labels]


def invitation_heads(spoken: Language) -> list[Head]:
    """The columns of the invitations; the last one holds a button."""
    return [Head(label) for label in (spoken.say("Sendt til"), spoken.say("Rolle"), spoken.say("Gælder til"), "")]


def member_lines(people: Sequence[Colleague], spoken: Language) -> list[MemberLine]:
    """The people as they come."""
    return [member_line(person, spoken) for person in people]


def member_line(person: Colleague, spoken: Language) -> MemberLine:
    """One of them."""
    return MemberLine(
        person.account_id,
        person.name,
        person.email or "",
        tuple(
            HeldLine(
                post_words(held.post.role, held.organisation, spoken), str(held.membership_id) if held.mine else ""
            )
            for held in person.posts
        ),
        tuple(_ways(person, spoken)),
        day_and_time(person.seen_at, spoken) if person.seen_at else "",
        person.has_password,
        person.has_app,
    )


def invitation_lines(invitations: Sequence[OpenPost], spoken: Language) -> list[InvitationLine]:
    """Those that end first before the others."""
    return [
        InvitationLine(
            one.invitation_id, one.email, spoken.say(ROLE_WORDS[one.post.role]), short_date(one.expires_at, spoken)
        )
        for one in invitations
    ]


def role_options(roles: Collection[Role], chosen: str, spoken: Language) -> list[Option]:
    """The roles that can be given, in the order of the table of roles."""
    return options({role.value: spoken.say(ROLE_WORDS[role]) for role in Role if role in roles}, chosen)


def municipality_options(places: Sequence[Municipality], chosen: str, spoken: Language) -> list[Option]:
    """All of them, after a line that chooses none."""
    return options({place.code: place.official_name for place in places}, chosen, none=spoken.say("Ingen valgt"))


def _ways(person: Colleague, spoken: Language) -> list[Tag]:
    ways = [spoken.say("Adgangskode")] if person.has_password else []
    ways += [spoken.say("App")] if person.has_app else []
    ways += [spoken.say("MitID Erhverv")] if person.is_tied else []
    tags = [Tag(words) for words in ways]
    return tags or [Tag(spoken.say("Intet endnu"), Kind.WAITING)]
