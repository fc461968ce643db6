"""Where a command works: its data folder, its database and its secrets."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from portal import embedded
from portal.demo_secrets import Secrets, make_secrets, read_secrets
from portal.settings import Settings
from portal.settings_files import SUFFIX, SettingsInvalid, given_database_url
from portal.settings_reading import read_settings

DataOption = Annotated[
    Path, typer.Option("--data", help="The data folder: the private database and, for the demo, its secrets.")
]
DEFAULT_DATA = embedded.DEFAULT_DATA

__all__ = [
    "DEFAULT_DATA",
    "DataOption",
    "Secrets",
    "database",
    "fail",
    "make_secrets",
    "read_secrets",
    "settings_for",
    "use_demo_secrets",
]


@contextmanager
def database(data: Path) -> Iterator[str]:
    """The address of the database: DATABASE_URL's, or that of the data folder's own server, started if need be."""
    try:
        if given := given_database_url():
            yield given
            return
        with embedded.start(data) as server:
            yield server.url
    except (embedded.EmbeddedError, SettingsInvalid) as error:
        fail(str(error))


def settings_for(url: str, data: Path, **overrides: object) -> Settings:
    """The settings of the environment, completed by the data folder's secrets where a demo has left some."""
    use_demo_secrets(data)
    try:
        return read_settings(database_url=url, **overrides)
    except SettingsInvalid as error:
        fail(str(error))


def use_demo_secrets(data: Path) -> None:
    """Put what a demo has left in the data folder into the environment, wherever that says nothing itself."""
    kept = read_secrets(data)
    if kept is None:
        return
    left = {
        "GENVEJ_FIELD_KEYS": kept.field_key,
        "GENVEJ_LOOKUP_KEY": kept.lookup_key,
        "GENVEJ_SIGNING_KEY": kept.signing_key,
        "GENVEJ_DEMO": "true",
        # The receiver that stands in for every municipality is on this machine.
        "GENVEJ_PRIVATE_TARGETS": "127.0.0.0/8, ::1",
        # Nothing that the demo says leaves this machine.
        "GENVEJ_MESSAGE_FOLDER": str(data / "messages"),
    }
    for name, value in left.items():
        if not os.environ.get(name + SUFFIX):
            os.environ.setdefault(name, value)


def fail(sentence: str) -> NoReturn:
    """End the command with one line that says what is wrong."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
