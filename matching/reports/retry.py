"""When to try again and when to stop trying: pure arithmetic, the same numbers always give the same instant."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from matching.reports.pace import PACE, Pace

FIRST_PAUSE, LONGEST_PAUSE = PACE.first_pause, PACE.longest_pause
_GROWTH = 4.0
_JITTER = 0.2

# Beyond this many attempts the pause is the longest one anyway; the bound keeps the power small.
_STEPS = 8

FEWEST_ATTEMPTS = 5
"""A report is not given up before it was tried so often, however long it waited for its turn."""


def next_attempt(
    attempts: int, *, now: datetime, chance: float, asked: timedelta | None = None, pace: Pace = PACE
) -> datetime:
    """The instant of the next attempt after `attempts` failed ones: in 30 s, 2 min, 8 min, … and at most 6 hours.

    `chance` in [0, 1) shortens the pause by up to a fifth, so that what failed together does not return together.
    `asked` is the pause that the recipient asked for; it counts instead, but within the first and the longest pause.
    """
    if attempts < 1:
        raise ValueError("a first attempt needs no pause")
    if asked is not None:
        return now + min(max(asked, pace.first_pause), pace.longest_pause)
    pause = min(pace.first_pause * _GROWTH ** min(attempts - 1, _STEPS), pace.longest_pause)
    return now + pause * (1 - _JITTER * chance)


def is_hopeless(attempts: int, *, created_at: datetime, now: datetime, patience: timedelta) -> bool:
    """Whether to give up: it has waited longer than `patience` and was given a fair number of attempts."""
    return attempts >= FEWEST_ATTEMPTS and now - created_at >= patience


def asked_pause(retry_after: str | None, now: datetime) -> timedelta | None:
    """The pause that a Retry-After header asks for, as seconds or as a date (RFC 9110, 10.2.3); None for anything else.

    At most the longest pause, so that a silly number cannot overflow; a date that has passed gives a negative pause.
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        # Nine digits are thirty years: whatever follows them makes no difference.
        return min(timedelta(seconds=int(text[:9])), LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return min(moment.replace(tzinfo=moment.tzinfo or UTC) - now, LONGEST_PAUSE)
