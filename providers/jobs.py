"""The job queue: waking the worker up, and clearing the queue's records, which it would keep for ever."""

from datetime import datetime, timedelta

import asyncpg
from pgqueuer import Queries
from tortoise.backends.asyncpg.client import TransactionWrapper

from providers.database import client, execute

_LOG_KEPT = timedelta(days=7)
_COUNTS_KEPT = timedelta(days=90)


async def forget_old_jobs(now: datetime) -> None:
    """Remove the log of jobs that ended long ago, once it has been counted, and in time the counts as well."""
    await execute("DELETE FROM pgqueuer_log WHERE aggregated AND created < $1", now - _LOG_KEPT)
    await execute("DELETE FROM pgqueuer_statistics WHERE created < $1", now - _COUNTS_KEPT)


async def enqueue(name: str, payload: bytes = b"") -> None:
    """Wake the worker up: on the transaction's own connection, so that it hears of it if, and when, that commits."""
    wrapper = client()
    if not isinstance(wrapper, TransactionWrapper):
        raise RuntimeError("a job can only be queued inside a transaction")
    connection: asyncpg.Connection[asyncpg.Record] = wrapper._connection
    await Queries.from_asyncpg_connection(connection).enqueue(name, payload)
