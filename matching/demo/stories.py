"""Which stories the demo tells, and how often."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from itertools import cycle, islice
from types import MappingProxyType

from matching.demo import course_stories, open_stories
from matching.demo.desk import Desk
from matching.demo.draft import Draft

Story = Callable[[Draft, Desk], Awaitable[None]]

STORIES: Mapping[Story, int] = MappingProxyType(
    {
        open_stories.deadline_passed: 24,
        open_stories.cannot_offer: 22,
        open_stories.late_offer: 16,
        open_stories.late_offer_declined: 6,
        open_stories.in_time_offer: 16,
        open_stories.in_time_offer_declined: 6,
        open_stories.opens_later: 20,
        open_stories.opens_tomorrow: 3,
        open_stories.earliest_start_later: 10,
        open_stories.level_missing: 10,
        open_stories.package_missing: 6,
        open_stories.just_received: 8,
        open_stories.specialised: 8,
        open_stories.specialised_rehabilitation: 6,
        open_stories.deferred: 6,
        open_stories.protected_address: 6,
        open_stories.second_plan: 8,
        open_stories.code_expired: 4,
        open_stories.code_revoked: 3,
        open_stories.code_issued_again: 5,
        open_stories.refused: 4,
        course_stories.requested: 5,
        course_stories.requested_of_the_demo: 3,
        course_stories.in_another_municipality: 5,
        course_stories.offer_accepted: 12,
        course_stories.with_supplier: 6,
        course_stories.with_clinic: 14,
        course_stories.moved: 4,
        course_stories.cancelled: 4,
        course_stories.cannot_receive: 3,
        course_stories.cancelled_by_provider: 3,
        course_stories.handed_back: 2,
        course_stories.no_show: 3,
        course_stories.started_at_home: 7,
        course_stories.started_at_clinic: 7,
        course_stories.completed_at_home: 6,
        course_stories.completed_at_clinic: 7,
        course_stories.stopped_early: 4,
        course_stories.stopped_under_way: 4,
        course_stories.sent_in_error: 4,
    }
)
"""Each story with its number among 300 plans: at least 60 with every door open, 20 with all but the private one."""


def programme(count: int) -> Iterator[Story]:
    """`count` stories: each once, then the frequent ones again and again; after 300 from the beginning."""
    rounds = max(STORIES.values())
    told = [story for turn in range(rounds) for story, times in STORIES.items() if times > turn]
    return islice(cycle(told), count)
