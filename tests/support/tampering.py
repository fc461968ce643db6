"""A look-up log with seals, and an owner of the database who means no good: no trigger stops them."""

from datetime import datetime

from matching.audit import audit
from matching.auditing import Verdict, seal_entries, verify
from providers.actors import Actor
from providers.database import WORKER_ROLE, connect, connected
from tests.support.worlds import NOW, VAULT, a_plan

WORKER = Actor("4711", "caseworker", "Prøve Kommune")


async def looks(count: int, *, now: datetime = NOW, plan_id: int | None = None) -> None:
    """So many entries, each of its own transaction."""
    for number in range(count):
        await audit(f"look_{number}", actor=WORKER, now=now, purpose="guidance", plan_id=plan_id, criterion="code")


async def sealed(url: str, *, most: int = 1000) -> int:
    """Seal as the worker does; the number of entries."""
    async with connected(url, role=WORKER_ROLE):
        return await seal_entries(VAULT, NOW, most=most)


async def a_sealed_log(url: str) -> int:
    """Nine entries of one plan, numbered from 1, under three seals; the plan's number."""
    plan = await a_plan()
    await looks(9, plan_id=plan.id)
    assert await sealed(url, most=3) == 9
    return plan.id


async def as_owner(url: str, statements: str) -> None:
    """Run statements in one transaction without any trigger or foreign key."""
    owner = await connect(url)
    try:
        await owner.execute(f"BEGIN; SET LOCAL session_replication_role = replica; {statements}; COMMIT")
    finally:
        await owner.close()


async def verdict(url: str, expected_head: bytes | None = None) -> Verdict:
    """What the owner's check of the log says."""
    async with connected(url, pool_size=2):
        return await verify(VAULT, expected_head=expected_head)


async def faults(url: str) -> list[tuple[str, int]]:
    """What it finds wrong, as pairs of kind and number."""
    return [(fault.kind, fault.number) for fault in (await verdict(url)).faults]
