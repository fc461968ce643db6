"""The README says what the code does: its commands, its settings, its pictures and its folders."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import typer.main
from pydantic_core import to_jsonable_python
from typer.core import TyperGroup

from matching.policy import Policy
from portal.commands import app
from portal.settings import Settings
from portal.settings_issuers import IssuerSettings
from providers.accounts import AccountPolicy

ROOT = Path(__file__).parent.parent
ISSUER = "`GENVEJ_ISSUERS__KEY__"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its two head rows."""
    section = README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def commands(group: Any, before: str = "") -> dict[str, Any]:
    """Every command by its whole name, `audit verify` for one of a group's."""
    if not isinstance(group, TyperGroup):
        return {before.strip(): group}
    return {
        name: command
        for part, member in group.commands.items()
        for name, command in commands(member, f"{before} {part}").items()
    }


def test_every_command_is_listed_and_no_other() -> None:
    listed = {cell[0].strip("`") for cell in rows("Commands")}
    assert listed == set(commands(typer.main.get_command(app)))


def test_every_option_that_is_named_exists() -> None:
    known_commands = commands(typer.main.get_command(app))
    for name, meaning in rows("Commands"):
        known = {option for parameter in known_commands[name.strip("`")].params for option in parameter.opts}
        named = set(re.findall(r"`(--[a-z-]+)", meaning)) - {"--all"}
        assert named <= known, name


def test_every_setting_is_listed_with_its_meaning_and_default() -> None:
    expected = [_row(name) for name in Settings.model_fields if name not in {"policy", "accounts"}]
    assert sorted(row for row in rows("Settings") if "__" not in row[0]) == sorted(expected)


def test_every_limit_of_the_policies_is_listed_with_its_default() -> None:
    listed = [row[:2] for row in rows("Settings") if "__" in row[0] and not row[0].startswith(ISSUER)]
    policies: list[tuple[str, Any]] = [("POLICY", Policy()), ("ACCOUNTS", AccountPolicy())]
    assert listed == [
        [f"`GENVEJ_{prefix}__{field.name.upper()}`", f"`{_plain(getattr(policy, field.name))}`"]
        for prefix, policy in policies
        for field in fields(policy)
    ]


def test_every_setting_of_an_issuer_is_listed_with_its_meaning_and_default() -> None:
    listed = [row for row in rows("Settings") if row[0].startswith(ISSUER)]
    assert listed == [
        [f"{ISSUER}{name.upper()}`", "required" if field.is_required() else f"`{field.default}`", field.description]
        for name, field in IssuerSettings.model_fields.items()
    ]


def test_its_pictures_exist() -> None:
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file(), picture


def test_its_folders_exist() -> None:
    for row in rows("How it is built"):
        assert (ROOT / row[0].strip("`")).is_dir(), row[0]


def _plain(value: object) -> object:
    return to_jsonable_python(value)


def _row(name: str) -> list[str]:
    field = Settings.model_fields[name]
    default = "required" if field.is_required() else f"`{field.default}`"
    shown = "`GENVEJ_DATABASE_URL`, `DATABASE_URL`" if name == "database_url" else f"`GENVEJ_{name.upper()}`"
    return [shown, default, field.description or ""]
