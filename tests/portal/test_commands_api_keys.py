"""`genvej api-keys` as an operator types it."""

import asyncio
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner, Result

from portal.commands import app
from providers.api_keys import KeyRefused, holder_of
from tests.support.worlds import FIELD_KEY, HOME, LOOKUP_KEY, VAULT


@pytest.fixture(autouse=True)
def environment(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "DATABASE_URL": database, "FIELD_KEYS": FIELD_KEY, "LOOKUP_KEY": LOOKUP_KEY, "SIGNING_KEY": LOOKUP_KEY[::-1],
    }.items():  # fmt: skip
        monkeypatch.setenv(f"GENVEJ_{name}", value)


async def genvej(*arguments: str) -> Result:
    """The command, in a thread of its own, for it brings its own event loop."""
    return await asyncio.to_thread(CliRunner().invoke, app, ["api-keys", *arguments])


async def test_a_key_is_printed_once_listed_without_it_and_ended() -> None:
    made = await genvej("create", "ESDH", "--municipality", HOME, "--scope", "reports", "--scope", "plans")
    text = made.stdout.splitlines()[-1]
    # The command has the real clock, and a key does not live for ever.
    holder = await holder_of(text, now=datetime.now(UTC), vault=VAULT)
    assert (holder.municipality, holder.scopes) == (HOME, {"plans", "reports"})
    listed = (await genvej("list")).stdout
    assert f"municipality {HOME}" in listed
    assert text not in listed
    assert (await genvej("revoke", str(holder.key))).exit_code == 0
    with pytest.raises(KeyRefused):
        await holder_of(text, now=datetime.now(UTC), vault=VAULT)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("create", "x", "--scope", "reports"), "Say whose key it is: --municipality CODE or --provider NUMBER."),
        (
            ("create", "x", "--scope", "slots", "--municipality", HOME),
            "A municipality's key can open reports and plans, a provider's slots.",
        ),
        (("revoke", "7"), "There is no such key."),
    ],
)
async def test_what_cannot_be_is_one_line(arguments: tuple[str, ...], sentence: str) -> None:
    answer = await genvej(*arguments)
    assert (answer.exit_code, answer.stderr) == (1, sentence + "\n")
