"""What was asked of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from tortoise.backends.asyncpg.client import TransactionWrapper

from providers.database import client


@contextmanager
def statements() -> Iterator[list[str]]:
    """The text of every statement that the block sends. Only inside a transaction, which has one connection."""
    transaction = client()
    assert isinstance(transaction, TransactionWrapper)
    sent: list[str] = []
    with transaction._connection.query_logger(lambda record: sent.append(record.query)):
        yield sent
