"""Times and limits that a municipality or the operator may set; the portal reads them from its settings."""

from dataclasses import dataclass
from datetime import time, timedelta

from providers.sites.freshness import Limits


@dataclass(frozen=True, slots=True)
class Policy:
    """`notice`: how soon a first contact may be booked. Capacity that nobody has confirmed for `remind_after` brings
    its people a message, for `mark_after` a mark on it, and for `stale_after` it is not bookable. `decide_within`: how
    long an application may wait for the approver.

    `*_attempts` may fail at once; one is forgotten each `*_pause`. How long a code lives is the municipality's to say.
    `report_patience`, `message_patience`: how long a report or a message is tried again before it is given up.
    `change_notice`: until how long before a time the citizen may move or cancel it, where the clinic has not said.
    `watch_life`: how long somebody is told of free times who does not stop it. `call_days`: working days within which a
    site must ring whoever asked for it or chose a week, `request_days`: within which another municipality's citizen is
    answered; no source names either limit.
    `quiet_from`, `quiet_to`: local times between which nobody is sent a message that they did not ask for.
    """

    notice: timedelta = timedelta(hours=12)
    hold: timedelta = timedelta(minutes=15)
    remind_after: timedelta = timedelta(days=30)
    mark_after: timedelta = timedelta(days=45)
    stale_after: timedelta = timedelta(days=60)
    decide_within: timedelta = timedelta(days=30)
    code_life: timedelta = timedelta(days=180)
    address_attempts: int = 10
    address_pause: timedelta = timedelta(minutes=2)
    total_attempts: int = 500
    total_pause: timedelta = timedelta(seconds=2)
    factor_attempts: int = 5
    factor_pause: timedelta = timedelta(minutes=10)
    report_patience: timedelta = timedelta(days=7)
    change_notice: timedelta = timedelta(hours=24)
    watch_life: timedelta = timedelta(days=90)
    call_days: int = 2
    request_days: int = 3
    message_patience: timedelta = timedelta(days=2)
    quiet_from: time = time(21)
    quiet_to: time = time(8)

    @property
    def freshness(self) -> Limits:
        """The three limits on how long ago a site's times were confirmed."""
        return Limits(self.remind_after, self.mark_after, self.stale_after)
