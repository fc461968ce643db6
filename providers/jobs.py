"""The job queue's own records, which it keeps for ever unless somebody clears them."""

from datetime import datetime, timedelta

from providers.database import execute

_LOG_KEPT = timedelta(days=7)
_COUNTS_KEPT = timedelta(days=90)


async def forget_old_jobs(now: datetime) -> None:
    """Remove the log of jobs that ended long ago, once it has been counted, and in time the counts as well."""
    await execute("DELETE FROM pgqueuer_log WHERE aggregated AND created < $1", now - _LOG_KEPT)
    await execute("DELETE FROM pgqueuer_statistics WHERE created < $1", now - _COUNTS_KEPT)
