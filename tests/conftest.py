"""The real PostgreSQL under every test, and nothing of the network beyond this machine.

The server is the one that GENVEJ_TEST_DATABASE_URL names (a superuser's address), else a private one that lives as
long as the run. All workers clone their databases from one template, which is migrated and filled once.
"""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from portal import embedded, traffic
from providers.database import APP_ROLE, connected
from tests.support.databases import Databases, make_template
from tests.support.dear import in_good_order
from tests.support.judge import Judge, a_judge
from tests.support.leaks import LOOKOUT, listen
from tests.support.leaving import listen_at_the_door, our_variables
from tests.support.network import refuse_foreign_connections
from tests.support.patience import wait_for_locks
from tests.support.readied import know_types_once, ready_models_once
from tests.support.reuse import Reused
from tests.support.rows import undone

# How long something takes is for the benchmarks to say; a busy machine is no fault of the code.
settings.register_profile("genvej", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("everything", settings.get_profile("genvej"), max_examples=500)

_MAKING: list[Thread] = []
SERVER_VARIABLE = "GENVEJ_TEST_DATABASE_URL"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--all` also runs what is marked `long`: more of the same kind than a change should have to wait for."""
    parser.addoption("--all", action="store_true", dest="everything", help="run the long tests as well")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests out, unless they were asked for; and begin with those that share something dear."""
    if not config.getoption("everything"):
        long = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("long")]
    in_good_order(items)


def pytest_configure(config: pytest.Config) -> None:
    """Look out for people's data where it must never be, from the first test on; and do nothing twice."""
    # A demo that somebody has here is none of a test's business, and its secrets least of all.
    embedded.DEFAULT_DATA = Path(mkdtemp()) / "none"
    settings.load_profile("everything" if config.getoption("everything") else "genvej")
    # Looking for cycles among a million objects that are there to stay is a fifth of all work at the usual settings.
    gc.set_threshold(100_000, 50, 100)
    # What a portal writes by itself every few seconds would come into a test that looks whether anything was written.
    traffic._EVERY = timedelta(days=1)
    wait_for_locks()
    listen()
    listen_at_the_door()
    ready_models_once()
    know_types_once()


def pytest_collection_finish() -> None:
    """The tests themselves are there until the end."""
    gc.collect()
    gc.freeze()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """What a test that passed has logged; one that failed may show anything."""
    if report.passed:
        LOOKOUT.look("log", "".join(text for _, text in report.sections), report.nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a parallel worker has found."""
    LOOKOUT.found |= {tuple(found) for found in getattr(node, "workeroutput", {}).get("leaks", [])}


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """The last test of all: nobody's data was found where it must not be."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["leaks"] = sorted(LOOKOUT.found)
    elif LOOKOUT.found and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where it was found, and which test left it there."""
    if LOOKOUT.found:
        terminalreporter.section("people's data where it must not be", red=True)
        for place, kind, test in sorted(LOOKOUT.found):
            terminalreporter.line(f"{kind} in {place}: {test}")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Parallel workers share the controller's server; it ends when the controller does."""
    if SERVER_VARIABLE not in os.environ:
        os.environ[SERVER_VARIABLE] = embedded.scratch().address("postgres")
    if not _MAKING:
        # While the workers are still looking for their tests; otherwise all of them would wait for the first one.
        _MAKING.append(Thread(target=asyncio.run, args=[make_template(os.environ[SERVER_VARIABLE])], daemon=True))
        _MAKING[0].start()
    node.workerinput[SERVER_VARIABLE] = os.environ[SERVER_VARIABLE]  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def no_network() -> None:
    """A test that would reach beyond this machine fails instead."""
    refuse_foreign_connections()


@pytest.fixture(autouse=True)
def settings_are_left_alone() -> Iterator[None]:
    """What one test puts into the environment would be another one's settings."""
    before = our_variables()
    yield
    assert our_variables() == before


@pytest.fixture(scope="session")
def judge() -> Iterator[Judge]:
    """Somebody else's judgement of FHIR resources; it takes seconds to read the definitions, so there is one."""
    with a_judge() as judge:
        yield judge


@pytest.fixture(scope="session")
def server_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The server's database `postgres`, as superuser."""
    known = getattr(request.config, "workerinput", os.environ).get(SERVER_VARIABLE)
    if known:
        yield known
    else:
        with embedded.scratch() as server:
            yield server.address("postgres")


@pytest_asyncio.fixture(scope="session")
async def databases(server_url: str) -> AsyncIterator[Databases]:
    """Makes and drops databases; waits for the template when another worker is making it."""
    async with Databases.on(server_url) as databases:
        yield databases


@pytest_asyncio.fixture(scope="session")
async def reused(databases: Databases) -> AsyncIterator[Reused]:
    """The database that this worker's tests take turns with."""
    async with Reused.on(databases) as reused:
        yield reused


@pytest_asyncio.fixture
async def database_url(reused: Reused) -> AsyncIterator[str]:
    """A database with nothing in it but the reference data; the address is the owner's."""
    async with reused.clean() as url:
        yield url


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """`database_url`, connected as its owner, whom no row is hidden from: a test arranges and looks as it likes."""
    async with connected(database_url):
        yield database_url


@pytest_asyncio.fixture
async def app_database(database_url: str) -> AsyncIterator[str]:
    """`database_url`, connected as the app is: only rows in a transaction's scope can be seen."""
    async with connected(database_url, role=APP_ROLE):
        yield database_url


@pytest_asyncio.fixture(scope="module")
async def world(databases: Databases) -> AsyncIterator[str]:
    """One connected database for a whole module, for tests that undo what they write (`rows.undone`)."""
    async with databases.fresh() as url, connected(url):
        yield url


@pytest_asyncio.fixture
async def clean_world(world: str) -> AsyncIterator[None]:
    """`world`, in which everything that the test writes is undone after it."""
    async with undone():
        yield


@pytest_asyncio.fixture
async def empty_database_url(databases: Databases) -> AsyncIterator[str]:
    """A database that nobody has migrated."""
    async with databases.fresh(template="template0") as url:
        yield url
