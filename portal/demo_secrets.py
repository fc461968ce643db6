"""The secrets of a demo: made on the spot and kept in its data folder."""

import json
import os
import secrets
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from portal.settings_keys import DEMO


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a demo keeps to itself: made on the spot, for invented people only, and refused in production."""

    field_key: str
    lookup_key: str
    signing_key: str
    receiver_secret: str
    seed: str


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
