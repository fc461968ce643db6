"""Where a command works: its data folder, its database and its secrets."""

import json
import os
import secrets
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from cryptography.fernet import Fernet

from portal import embedded
from portal.settings import Settings
from portal.settings_files import SUFFIX, SettingsInvalid, given_database_url
from portal.settings_keys import DEMO
from portal.settings_reading import read_settings

DataOption = Annotated[
    Path, typer.Option("--data", help="The data folder: the private database and, for the demo, its secrets.")
]
DEFAULT_DATA = embedded.DEFAULT_DATA


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a demo keeps to itself: made on the spot, for invented people only, and refused in production."""

    field_key: str
    lookup_key: str
    signing_key: str
    receiver_secret: str
    seed: str


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


def read_secrets(data: Path) -> Secrets | None:
    """The secrets a demo has left in the data folder, if any."""
    file = data / "secrets.json"
    return Secrets(**json.loads(file.read_text())) if file.exists() else None


def make_secrets(data: Path) -> Secrets:
    """The data folder's secrets, made now if there are none; only their owner can read the file."""
    if kept := read_secrets(data):
        return kept
    made = Secrets(
        # A Fernet key is plain Base64: five signs of it can be ours, and what they leave is still out of reach.
        field_key=DEMO + Fernet.generate_key().decode()[len(DEMO) :],
        lookup_key=DEMO + secrets.token_urlsafe(32),
        signing_key=DEMO + secrets.token_urlsafe(32),
        receiver_secret="whsec_" + b64encode(secrets.token_bytes(24)).decode(),
        seed=secrets.token_hex(16),
    )
    data.mkdir(parents=True, exist_ok=True)
    # Written aside and renamed, so that a command killed here leaves no half-written secrets behind.
    draft = data / f"secrets.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps({name: getattr(made, name) for name in Secrets.__slots__}))
    draft.rename(data / "secrets.json")
    return made


def fail(sentence: str) -> NoReturn:
    """End the command with one line that says what is wrong."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
