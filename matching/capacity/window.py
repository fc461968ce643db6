"""A window of days of a site as one thing: read with its version, and replaced whole by whoever has seen that."""

from base64 import urlsafe_b64encode
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from matching.capacity.comparing import Difference, There, Wanted, compare
from matching.capacity.errors import OwnSiteUnknown, PatternsStand, TimesBooked, TimesChanged, TimesTooMany
from matching.capacity.rolling import closed_days
from matching.capacity.sites import changing
from matching.capacity.writing import take_down, write
from providers.clock import local_date, start_of_day
from providers.database import fetch, fetch_value

ANY_VERSION = "*"
MOST = 5_000
"""Times of a window that is replaced."""

_TIMES = """
SELECT id, starts_at, minutes, mode, seats, taken, blocked_seats, closed_seats, package_levels, pattern_id
FROM slot WHERE site_id = $1 AND starts_at >= $2 AND starts_at < $3
"""
_PATTERNS = """
SELECT EXISTS (
    SELECT FROM opening_pattern
    WHERE site_id = $1 AND valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $2)
)
"""


@dataclass(frozen=True, slots=True)
class Window:
    """Local days, both included, of one site. Nothing in it may be over: it begins tomorrow at the earliest."""

    site: int
    first: date
    last: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """From the first instant to the one that is no longer in it."""
        return start_of_day(self.first), start_of_day(self.last + timedelta(days=1))


async def read_window(window: Window, provider: int | None) -> list[There]:
    """Its times in order; raises OwnSiteUnknown for another provider's site."""
    if not await fetch_value(
        "SELECT EXISTS (SELECT FROM site WHERE id = $1 AND provider_id = $2)", window.site, provider
    ):
        raise OwnSiteUnknown
    return _in_order(await fetch(_TIMES, window.site, *window.bounds))


def version_of(times: Sequence[There]) -> str:
    """Other times, other seats or another booking make another version."""
    said = "\n".join(str(astuple(time)) for time in times)
    return urlsafe_b64encode(sha256(said.encode()).digest()[:15]).decode()


async def replace_window(
    window: Window, provider: int | None, wanted: Sequence[Wanted], *, versions: Collection[str], now: datetime
) -> Difference:
    """Make the window hold exactly these times, in one transaction, with the offers right at its end.

    `versions` are those that the sender has seen, or ANY_VERSION. A time that stays the same keeps its number and its
    holds; days that the site has closed stay closed. Raises OwnSiteUnknown, TimesChanged, PatternsStand, for they would
    put up again what goes, TimesBooked and TimesTooMany.
    """
    if len(wanted) > MOST:
        raise TimesTooMany
    async with changing(window.site, provider, now):
        there = _in_order(await fetch(f"{_TIMES} ORDER BY id FOR UPDATE", window.site, *window.bounds))
        if ANY_VERSION not in versions and version_of(there) not in versions:
            raise TimesChanged
        if await fetch_value(_PATTERNS, window.site, window.first, window.last):
            raise PatternsStand
        closed = await closed_days(window.site, local_date(now))
        known = [replace(one, closed=True) if local_date(one.starts_at) in closed else one for one in wanted]
        difference = compare(there, known)
        # A closed time that somebody has kept is no longer one that could be dropped.
        standing = [row for row in difference.left if row.taken and row.closed_seats is None]
        standing += [row for row, number in difference.changed if row.is_too_full_for(known[number])]
        if standing:
            raise TimesBooked([(row.id, row.starts_at) for row in _sorted(standing)])
        await take_down([row.id for row in difference.left if not row.taken])
        await write(window.site, difference, known)
    return difference


def _in_order(rows: Sequence[object]) -> list[There]:
    return _sorted([There(**row) for row in rows])  # type: ignore[arg-type]


def _sorted(times: Sequence[There]) -> list[There]:
    return sorted(times, key=lambda time: (time.starts_at, time.id))
