"""`genvej keys` as it is run, while the keys of everything are changed."""

import asyncio
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner, Result

from portal.commands import app
from tests.support.worlds import FIELD_KEY, LOOKUP_KEY, VAULT, a_code, a_plan

FRESH, NEXT = urlsafe_b64encode(b"the next key that the tests know").decode(), "the next one that the tests know"
OLD_FIELD, OLD_LOOKUP = VAULT.field_keys[0], VAULT.lookup_keys[0]


@pytest.fixture(autouse=True)
def environment(database: str, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The new keys in front, the old ones behind them."""
    monkeypatch.setenv("GENVEJ_DATABASE_URL", database)
    monkeypatch.setenv("GENVEJ_FIELD_KEYS", f"{FRESH}, {FIELD_KEY}")
    monkeypatch.setenv("GENVEJ_LOOKUP_KEY", NEXT)
    monkeypatch.setenv("GENVEJ_OTHER_LOOKUP_KEYS", LOOKUP_KEY)
    monkeypatch.setenv("GENVEJ_SIGNING_KEY", LOOKUP_KEY[::-1])
    return monkeypatch


async def genvej(*arguments: str) -> Result:
    """The command, in a thread of its own, for it brings its own event loop."""
    return await asyncio.to_thread(CliRunner().invoke, app, arguments)


async def test_rotating_says_which_key_may_go(environment: pytest.MonkeyPatch) -> None:
    # The command asks what is alive today.
    await a_code(await a_plan(), now=datetime.now(UTC))
    told = json.loads((await genvej("keys", "status", "--json")).output)
    assert told["sealed"]["plan.citizen"] == {OLD_FIELD: 1}
    assert (told["unused_field_keys"], told["unused_lookup_keys"]) == ([], [])
    rotated = await genvej("keys", "rotate")
    assert rotated.exit_code == 0
    environment.setenv("GENVEJ_FIELD_KEYS", FRESH)
    told = json.loads((await genvej("keys", "status", "--json")).output)
    assert OLD_FIELD not in told["field_keys"]
    assert told["hashed"]["course_code.digest"] == {OLD_LOOKUP: 1}


async def test_a_key_that_was_taken_away_too_early_is_missed(environment: pytest.MonkeyPatch) -> None:
    await a_plan()
    environment.setenv("GENVEJ_FIELD_KEYS", FRESH)
    answer = await genvej("keys", "status", "--json")
    assert (answer.exit_code, json.loads(answer.output)["sealed"]["plan.citizen"]) == (1, {"null": 1})
