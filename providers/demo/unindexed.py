"""Filling empty tables quickly: keys and checks stay; what can be made in one go is made afterwards."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from providers.database import execute, fetch
from providers.demo.progress import Progress

_WORK_MEMORY = "SET LOCAL maintenance_work_mem = '512MB'"

_INDEXES = """
SELECT format('DROP INDEX %s', indexrelid::regclass) AS undo, pg_get_indexdef(indexrelid) AS redo
FROM pg_index i WHERE indrelid = ANY ($1::text[]::regclass[])
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY indexrelid::regclass::text
"""
_FOREIGN_KEYS_AND_EXCLUSIONS = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS undo,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS redo
FROM pg_constraint WHERE conrelid = ANY ($1::text[]::regclass[]) AND contype IN ('f', 'x') ORDER BY contype, conname
"""


@asynccontextmanager
async def unindexed(tables: Collection[str], step: str, progress: Progress) -> AsyncIterator[None]:
    """While the block runs, the tables have no foreign keys, no exclusions and no indexes but those of their keys.

    Only inside a transaction of the tables' owner: nobody else ever sees them so, and rows that would break one of
    them break the whole transaction. Making them anew is told to `progress` as `step`.
    """
    found = [await fetch(query, list(tables)) for query in (_INDEXES, _FOREIGN_KEYS_AND_EXCLUSIONS)]
    parts = [part for parts in found for part in parts]
    for part in reversed(parts):
        await execute(part["undo"])
    yield
    await execute(_WORK_MEMORY)
    for done, part in enumerate(parts):
        progress(step, done, len(parts))
        await execute(part["redo"])
    progress(step, len(parts), len(parts))
