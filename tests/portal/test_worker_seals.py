"""The worker seals the look-up log: at its start whatever waited while there was none, and then each minute."""

from providers.database import fetch_value
from tests.support.tampering import faults, looks
from tests.support.workers import a_worker, until


async def all_are_sealed() -> bool:
    return bool(await fetch_value("SELECT sum(entries) = 3 FROM audit_seal"))


async def it_is_planned() -> bool:
    """The queue keeps its timetable in the database."""
    planned = await fetch_value("SELECT expression FROM pgqueuer_schedules WHERE entrypoint = 'seal_audit'")
    return bool(planned == "* * * * *")


async def test_what_waits_is_sealed_when_the_worker_starts(database: str) -> None:
    await looks(3)
    async with a_worker(database):
        await until(all_are_sealed)
        await until(it_is_planned)
    assert await faults(database) == []
