"""The same message twenty times at the same moment: one case, or, without the constraint behind it, many."""

import asyncio

import pytest

from matching.intake.directory import printed_directory
from matching.intake.storing import File
from matching.intake.taking import take_in
from matching.models import MessageSource
from providers.actors import Actor
from providers.database import connect, fetch_value, transaction
from providers.scope import Scope
from tests.support.messages_in import a_bundle
from tests.support.worlds import HOME, NOW, VAULT

PROGRAM = Actor("key-1", "api", HOME)


async def bring(number: int) -> str:
    """The state of the plan in a message that differs from the others in its time only."""
    file = File("plan.json", a_bundle(timestamp=f"2026-11-15T10:00:{number % 60:02}Z"))
    found = await take_in(
        [file],
        municipality=HOME,
        source=MessageSource.API,
        directory=printed_directory(),
        actor=PROGRAM,
        now=NOW,
        vault=VAULT,
    )
    return found[0][0].state.value


async def count(table: str) -> int:
    async with transaction(Scope(municipality=HOME)):
        number: int = await fetch_value(f"SELECT count(*) FROM {table}")
        return number


@pytest.mark.parametrize("constraint", [True, False])
async def test_the_same_message_at_the_same_moment(app_database: str, constraint: bool) -> None:
    if not constraint:
        owner = await connect(app_database)
        await owner.execute("ALTER TABLE plan DROP CONSTRAINT plan_message_once")
        await owner.close()
    came = await asyncio.gather(*(bring(number) for number in range(20)))
    if constraint:
        assert sorted(came) == ["known"] * 19 + ["taken"]
        assert (await count("plan"), await count("case_event"), await count("report")) == (1, 1, 1)
        assert await count("raw_message") == 20
    else:
        assert await count("plan") > 1
