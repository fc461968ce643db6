"""`genvej doctor`: one line for each check, and what to do where something is wrong."""

import asyncio
import json
from contextlib import nullcontext
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from portal.commands.place import DEFAULT_DATA, DataOption, database, use_demo_secrets
from portal.doctor import Finding, examine
from portal.settings_files import SettingsInvalid, given_database_url


def doctor(
    data: DataOption = DEFAULT_DATA,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON list, and nothing else.")] = False,
) -> None:
    """Look at settings, keys, files, database, roles, clock, worker and queue; end with 1 if something is wrong."""
    use_demo_secrets(data)
    findings: list[Finding] = []
    try:
        # A folder without a database gets none by being looked at.
        there = given_database_url() is not None or (data / "postgres").exists()
    except SettingsInvalid as error:
        there, findings = False, [Finding("settings", False, line) for line in error.lines]
    with database(data) if there else nullcontext() as url:
        findings += asyncio.run(examine(url, data, lambda: datetime.now(UTC)))
    if not there:
        findings.append(Finding("database", False, "There is none. Set GENVEJ_DATABASE_URL, or run: genvej demo"))
    _show(findings, as_json)
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


def _show(findings: list[Finding], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
        return
    for finding in findings:
        typer.echo(str(finding))
