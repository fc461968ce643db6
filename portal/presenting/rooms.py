"""The frame of a staff room in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.language import Language
from portal.presenting.staff import post_words
from providers.accounts import StaffMember


@dataclass(frozen=True, slots=True)
class TabLine:
    """An entry of the navigation; a count of 0 is not shown."""

    label: str
    path: str
    count: int
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class RoomFrame:
    """`post` is the membership's number, for the field `som` of every form."""

    name: str
    person: str
    as_what: str
    can_switch: bool
    post: int
    tabs: Sequence[TabLine]


def room_frame(
    label: str, member: StaffMember, can_switch: bool, tabs: Sequence[TabLine], path: str, spoken: Language
) -> RoomFrame:
    """The room as this member sees it on the page at `path`."""
    here = _nearest(tabs, path)
    lines = [TabLine(spoken.say(tab.label), tab.path, tab.count, tab.path == here) for tab in tabs]
    as_what = post_words(member.post.role, member.organisation, spoken)
    return RoomFrame(spoken.say(label), member.name, as_what, can_switch, member.membership_id, lines)


def _nearest(tabs: Sequence[TabLine], path: str) -> str | None:
    """The tab under which the page lies: the longest address that begins the page's own."""
    return max((tab.path for tab in tabs if f"{path}/".startswith(f"{tab.path}/")), key=len, default=None)
