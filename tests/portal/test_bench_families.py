"""The benchmarks themselves, in a very small country: that they measure, not how quick anything is."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing
from pathlib import Path

import pytest
import pytest_asyncio

from portal.bench import growth
from portal.bench.databases import Databases as BenchDatabases
from portal.bench.figures import Figure
from portal.bench.finder import EVERYBODY
from portal.bench.ground import Ground
from portal.bench.journey import STEPS
from portal.bench.measuring import Effort, measure
from portal.bench.running import FAMILIES, run
from portal.country import COUNTED
from portal.demo_secrets import make_secrets
from providers.demo.progress import unseen
from tests.support.databases import Databases

QUICK = Effort(rounds=1, seconds=0.1)


@pytest_asyncio.fixture
async def ground(databases: Databases, server_url: str, tmp_path: Path) -> AsyncIterator[Ground]:
    """Each country is a clone of the tests' template, so that no tables have to be made for it."""
    urls = {"postgres": server_url}
    async with AsyncExitStack() as clones:

        class Cloned(BenchDatabases):
            async def make(self, name: str) -> bool:
                urls[name] = await clones.enter_async_context(databases.fresh())
                return True

        yield Ground(Cloned(urls.__getitem__, make_secrets(tmp_path)), 150, QUICK, unseen, cases=50)


@pytest.mark.long
async def test_a_booking_is_measured_beside_pgbench_with_the_same_statements(ground: Ground) -> None:
    (book, _) = FAMILIES["book"]
    async with aclosing(book(ground)) as pairs:
        (found,) = [await measure(pair, QUICK) async for pair in pairs]
    assert found.unit == "bookings/s"
    assert found.ours > 0
    assert found.reference is not None
    assert found.reference > 0
    assert found.holds in (True, False)


@pytest.mark.long
async def test_every_family_gives_figures(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a network there is no figure beside tipg, and a sentence that says so."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setattr(growth, "MIXES", {"everybody": EVERYBODY})
    told: list[Figure] = []
    found = await run(list(FAMILIES), ground, told.append)
    assert [one.name for one in found.figures] == [one.name for one in told]
    assert len({one.name for one in told}) == len(told)
    assert set(found.sizes) == set(COUNTED)
    assert found.machine["cores"] > 0
    assert [one.ours for one in told if one.name.startswith("seats given twice")] == [0]
    (note,) = found.notes
    assert note.startswith("tipg could not be installed")


@pytest.mark.long
async def test_every_step_from_the_code_to_the_receipt_is_measured(ground: Ground) -> None:
    (journey,) = FAMILIES["journey"]
    async with aclosing(journey(ground)) as pairs:
        found = [await measure(pair, QUICK) async for pair in pairs]
    assert [one.name.split(":")[0] for one in found] == [f"journey, {step}" for step in STEPS]
    assert all(one.ours > 0 for one in found)
