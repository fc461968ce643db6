"""Reminders: queued when a time is certain, dropped when it no longer is, and each sent once."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType

from matching.messages.queue import Draft, queue_message
from matching.messages.times import days_before
from matching.models import Channel, Recipient
from providers.database import execute, fetch_one

REMINDERS: Mapping[str, int] = MappingProxyType({"reminder_week": 7, "reminder_day": 1})
"""Template → days before the time."""

_CONFIRMED = """
SELECT b.id, t.starts_at FROM booking b JOIN slot t ON t.id = b.slot_id
WHERE b.plan_id = $1 AND b.state = 'confirmed' AND t.starts_at > $2 AND NOT t.whole_week
"""

_DROP = """
UPDATE message SET state = 'dropped', answer = 'Not true any more', claimed_until = NULL
WHERE plan_id = $1 AND state = 'queued' AND template = ANY ($2)
  AND (booking_id IS DISTINCT FROM $3 OR NOT channel = ANY ($4))
"""


async def renew_reminders(plan_id: int, channels: Collection[Channel], *, now: datetime) -> None:
    """Bring a plan's reminders in line with its time as it now is, and with the ways that the citizen has given.

    A reminder whose day has come already when the time is booked is left out: what was said at booking is enough.
    Nobody is reminded of a week, for the place rings.
    """
    certain = await fetch_one(_CONFIRMED, plan_id, now)
    booking_id, ways = (certain["id"] if certain else None), [channel.value for channel in channels]
    await execute(_DROP, plan_id, list(REMINDERS), booking_id, ways)
    if certain is None:
        return
    for template, days in REMINDERS.items():
        due = days_before(certain["starts_at"], days)
        if due <= now:
            continue
        for channel in channels:
            await queue_message(
                Draft(
                    f"{template}:{booking_id}:{channel.value}",
                    template,
                    channel,
                    Recipient.CITIZEN,
                    plan=plan_id,
                    booking=booking_id,
                    quiet=True,
                    due=due,
                    until=certain["starts_at"],
                ),
                now=now,
            )
