"""The frame of a staff room in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from portal.language import Language
from portal.presenting.staff import post_words
from providers.accounts import StaffMember


@dataclass(frozen=True, slots=True)
class TabLine:
    """An entry of the navigation; a count of 0 is not shown."""

    label: str
    path: str
    count: int
    below: str | None = None
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
    lines = [replace(tab, label=spoken.say(tab.label), is_here=tab is here) for tab in tabs]
    as_what = post_words(member.post.role, member.organisation, spoken)
    return RoomFrame(spoken.say(label), member.name, as_what, can_switch, member.membership_id, lines)


def _nearest(tabs: Sequence[TabLine], path: str) -> TabLine | None:
    """The tab under which the page lies: that of the longest address that begins the page's own."""
    starts = [(start, tab) for tab in tabs for start in (tab.path, tab.below) if start]
    begun = [(len(start), tab) for start, tab in starts if f"{path}/".startswith(f"{start}/")]
    return max(begun, key=itemgetter(0), default=(0, None))[1]
