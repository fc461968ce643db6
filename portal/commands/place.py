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
from pydantic import ValidationError

from portal import embedded
from portal.settings import Settings

DataOption = Annotated[
    Path, typer.Option("--data", help="The data folder: the private database and, for the demo, its secrets.")
]
DEFAULT_DATA = embedded.DEFAULT_DATA


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a demo keeps to itself. They are made on the spot and protect invented people only."""

    field_key: str
    lookup_key: str
    signing_key: str
    receiver_secret: str
    seed: str


@contextmanager
def database(data: Path) -> Iterator[str]:
    """The address of the database: DATABASE_URL's, or that of the data folder's own server, started if need be."""
    if given := os.environ.get("GENVEJ_DATABASE_URL") or os.environ.get("DATABASE_URL"):
        yield given
        return
    try:
        with embedded.start(data) as server:
            yield server.url
    except embedded.EmbeddedError as error:
        fail(str(error))


def settings_for(url: str, data: Path, **overrides: object) -> Settings:
    """The settings of the environment, completed by the data folder's secrets where a demo has left some."""
    kept = read_secrets(data)
    if kept is not None:
        os.environ.setdefault("GENVEJ_FIELD_KEYS", kept.field_key)
        os.environ.setdefault("GENVEJ_LOOKUP_KEY", kept.lookup_key)
        os.environ.setdefault("GENVEJ_SIGNING_KEY", kept.signing_key)
        os.environ.setdefault("GENVEJ_DEMO", "true")
    os.environ["GENVEJ_DATABASE_URL"] = url
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        fail("\n".join(f"GENVEJ_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()))


def read_secrets(data: Path) -> Secrets | None:
    """The secrets a demo has left in the data folder, if any."""
    file = data / "secrets.json"
    return Secrets(**json.loads(file.read_text())) if file.exists() else None


def make_secrets(data: Path) -> Secrets:
    """The data folder's secrets, made now if there are none; only their owner can read the file."""
    if kept := read_secrets(data):
        return kept
    made = Secrets(
        field_key=Fernet.generate_key().decode(),
        lookup_key=secrets.token_urlsafe(32),
        signing_key=secrets.token_urlsafe(32),
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
