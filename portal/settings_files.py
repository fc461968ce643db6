"""Settings out of files: `GENVEJ_LOOKUP_KEY_FILE` names a file that holds what `GENVEJ_LOOKUP_KEY` would.

So a secret need not stand in the environment, where every child process and every crash report finds it; systemd's
credentials and containers' secrets are such files.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

PREFIX, SUFFIX = "GENVEJ_", "_FILE"


class SettingsInvalid(Exception):
    """What is wrong with the settings: `lines` holds one sentence for each fault, and no secret."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class FilesSource(PydanticBaseSettingsSource):
    """Every setting that has a file; raises SettingsInvalid for one that cannot be read, or that is set twice."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return from_file(f"{PREFIX}{field_name.upper()}"), field_name, False

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        if found.get("issuers"):
            # What the environment says of an issuer goes on top of what the file says.
            found["issuers"] = _json(f"{PREFIX}ISSUERS{SUFFIX}", found["issuers"])
        return {name: value for name, value in found.items() if value is not None}


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise SettingsInvalid([f"{name} names a file that is not JSON."]) from error


def from_file(name: str) -> str | None:
    """What the file of the environment variable `name` holds, without white space around it; None if it has none."""
    path = os.environ.get(name + SUFFIX)
    if not path:
        return None
    if os.environ.get(name):
        raise SettingsInvalid([f"{name} and {name}{SUFFIX} are both set. Keep one of them."])
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise SettingsInvalid([f"{name}{SUFFIX} names a file that cannot be read: {why}."]) from error


def given_database_url() -> str | None:
    """The database that the environment names, itself or by a file; None = the data folder's own."""
    own = os.environ.get("GENVEJ_DATABASE_URL") or from_file("GENVEJ_DATABASE_URL")
    return own or os.environ.get("DATABASE_URL") or None


def names_of(fields: Iterable[str]) -> set[str]:
    """The environment variables that settings can stand in."""
    names = {f"{PREFIX}{field.upper()}" for field in fields}
    return names | {name + SUFFIX for name in names} | {"DATABASE_URL"}
