"""`genvej import plans` as it is run."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matching.models import Plan, RawMessage
from portal.commands import app
from tests.support.messages_in import a_csv, a_ggop, a_row, the_published_example
from tests.support.worlds import FIELD_KEY, LOOKUP_KEY

TODAY = datetime.now(UTC).date()
"""The command asks the real clock, to which a discharge must not be far ahead or long ago."""


async def genvej(*arguments: object) -> Result:
    """The command, in a thread of its own, for it brings its own event loop."""
    return await asyncio.to_thread(CliRunner().invoke, app, ["import", "plans", *map(str, arguments)])


async def test_a_dry_run_tells_without_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "example.json").write_bytes(the_published_example())
    told = await genvej(tmp_path, "--dry-run", "--municipality", "0316", "--data", tmp_path / "none")
    assert told.exit_code == 0, told.output
    line = told.output.splitlines()[0]
    assert line.startswith(
        "✓ request-1  0316 Holbæk  general, basic"
        "  discharge 2022-05-24  offer 2022-05-28  guarantee 2022-05-31  kept  readable"
    )
    assert "number or name 999000000000001 is not known" in line
    assert not (tmp_path / "none").exists()


async def test_a_folder_is_taken_in_but_for_what_is_broken(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENVEJ_DATABASE_URL", database)
    monkeypatch.setenv("GENVEJ_FIELD_KEYS", FIELD_KEY)
    monkeypatch.setenv("GENVEJ_LOOKUP_KEY", LOOKUP_KEY)
    monkeypatch.setenv("GENVEJ_SIGNING_KEY", LOOKUP_KEY[::-1])
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "plan.xml").write_bytes(
        a_ggop(encoding="ISO-8859-1", discharge=f"<Date>{TODAY}</Date><Time>10:30</Time>")
    )
    rows = (a_row("a", udskrivningsdato=f"{TODAY:%d-%m-%Y}", kommune=""), a_row("b", udskrivningsdato="", kommune=""))
    (tmp_path / "list.csv").write_bytes(a_csv(*rows))
    (tmp_path / "140351-1234.xml").write_bytes(b"<broken")
    (tmp_path / ".hidden").write_bytes(b"no plan")
    told = await genvej(tmp_path, "--municipality", "0751")
    lines = told.output.splitlines()
    assert told.exit_code == 1
    assert [line.partition(":")[0].split("  ")[0] for line in lines[:-1]] == [
        "✗ xxxxxx-xxxx.xml",
        "✓ ggop-1",
        "✓ a",
        "✗ b (list.csv)",
    ]
    assert lines[0].endswith("The XML file is not whole. Ask the sender to send it again.")
    assert lines[-1] == "3 files; plans: 2 taken in, 0 changed, 0 known already, 2 could not be read."
    assert {plan.municipality_id for plan in await Plan.all()} == {"0751"}
    assert await RawMessage.all().count() == 3
    assert (await genvej(tmp_path / "below")).output.endswith(
        "1 taken in, 0 changed, 0 known already, 0 could not be read.\n"
    )


@pytest.mark.parametrize("arguments", [("nowhere",), (".", "--dry-run", "--municipality", "9999")])
async def test_what_cannot_be_done_is_said_in_one_line(arguments: tuple[str, ...]) -> None:
    told = await genvej(*arguments)
    assert (told.exit_code, len(told.output.splitlines())) == (1, 1)
