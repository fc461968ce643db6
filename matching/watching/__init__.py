"""Tell me when: a citizen who found no time is told when one comes, once for each, until they have one."""

from matching.watching.looking import look_at_watches
from matching.watching.wanted import Wanted
from matching.watching.watches import end_watch, watch, watches_of

__all__ = ["Wanted", "end_watch", "look_at_watches", "watch", "watches_of"]
