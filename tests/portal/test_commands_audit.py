"""`genvej audit` as it is run: exit codes, what is printed, and files that no spreadsheet takes for formulas."""

import asyncio
import csv
import json

import pytest
from typer.testing import CliRunner

from matching.audit import audit
from matching.models import AuditEntry
from portal.commands import app
from portal.presenting.spreadsheets import cell
from providers.actors import Actor
from providers.database import fetch_value
from tests.support.tampering import a_sealed_log, as_owner
from tests.support.worlds import FIELD_KEY, HOME, LOOKUP_KEY, NOW, a_plan


async def genvej(url: str, *arguments: str) -> tuple[int, str, str]:
    """Run the command, in a thread of its own, for it brings its own event loop; exit code, output and errors."""
    keys = {"GENVEJ_FIELD_KEYS": FIELD_KEY, "GENVEJ_LOOKUP_KEY": LOOKUP_KEY, "GENVEJ_SIGNING_KEY": LOOKUP_KEY[::-1]}
    runner = CliRunner(env=keys | {"GENVEJ_DATABASE_URL": url, "COLUMNS": "200"})
    told = await asyncio.to_thread(runner.invoke, app, arguments)
    return told.exit_code, told.stdout, told.stderr


async def test_a_whole_log_is_0_and_a_touched_one_1(database: str) -> None:
    await a_sealed_log(database)
    head = (await fetch_value("SELECT hash FROM audit_seal WHERE id = 3")).hex()
    code, out, errors = await genvej(database, "audit", "verify", "--expect-head", head)
    assert (code, errors) == (0, "")
    assert "9 entries under 3 seals, 0 blanked, 0 waiting for a seal. Faults: 0." in out
    assert f"Head: {head}" in out
    await as_owner(database, "UPDATE audit_entry SET result = 'x' WHERE id = 5")
    code, out, _ = await genvej(database, "audit", "verify", "--expect-head", "00" * 32)
    assert code == 1
    assert "Entry 5 is not what was written." in out
    assert "The expected head is not in the chain" in out


@pytest.mark.long
async def test_an_export_is_safe_for_spreadsheets_and_whole_for_programs(database: str) -> None:
    plan = await a_plan()
    await audit("read", actor=Actor("=1+1", "visitator", "Å"), now=NOW, purpose="guidance", plan_id=plan.id)
    await audit("read", actor=Actor("4711", "visitator"), now=NOW, purpose="guidance", plan_id=plan.id)
    that_day = ("--municipality", HOME, "--from", "2026-11-16", "--to", "2026-11-16")
    code, out, _ = await genvej(database, "audit", "export", *that_day)
    first, second = csv.DictReader(out.splitlines())
    assert (code, first["person"], first["organisation"], second["organisation"]) == (0, "'=1+1", "Å", "")
    assert first["at"] == "2026-11-16T10:00:00+01:00"
    code, out, _ = await genvej(database, "audit", "export", *that_day, "--format", "json")
    assert [(row["person"], row["organisation"]) for row in json.loads(out)] == [("=1+1", "Å"), ("4711", None)]
    code, out, _ = await genvej(
        database, "audit", "export", "--municipality", HOME, "--to", "2026-11-15", "--format", "json"
    )
    assert (code, json.loads(out)) == (0, [])
    assert await AuditEntry.filter(action="audit_exported", role="operator").count() == 3


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("verify", "--expect-head", "no"), "64 hexadecimal digits"),
        (("verify", "--expect-head", "ab"), "64 hexadecimal digits"),
        (("export", "--municipality", "9999"), "There is no municipality with the code 9999."),
        (("export", "--municipality", HOME, "--from", "16/11"), "a day is written like 2026-11-21"),
        (("export", "--municipality", HOME, "--to", "9999-12-31"), "the year must be between 2000 and 2100"),
    ],
)
async def test_bad_input_is_told_in_a_sentence(world: str, arguments: tuple[str, ...], sentence: str) -> None:
    code, out, errors = await genvej(world, "audit", *arguments)
    assert (code > 0, out) == (True, "")
    assert sentence in errors


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_cell_that_begins_like_a_formula_is_text(beginning: str) -> None:
    assert cell(f"{beginning}1") == f"'{beginning}1"


def test_any_other_cell_is_left_alone() -> None:
    assert [cell(value) for value in (None, "", "a=b", 7, "'")] == ["", "", "a=b", "7", "'"]
