"""The settings for a command: read, or refused with one line for each fault."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsError

from portal.settings import Settings
from portal.settings_files import PREFIX, SUFFIX, SettingsInvalid
from portal.settings_keys import RECIPE

_KEYS = ("GENVEJ_FIELD_KEYS", "GENVEJ_LOOKUP_KEY", "GENVEJ_SIGNING_KEY")


def read_settings(**values: Any) -> Settings:
    """The settings as the environment has them, `values` on top; raises SettingsInvalid with a line for each fault."""
    try:
        return Settings(**values)
    except SettingsError:
        # Pydantic names the field but may repeat what stands in it. Only the issuers are written as JSON.
        raise SettingsInvalid(["GENVEJ_ISSUERS, or one of its parts that holds several values, is not JSON."]) from None
    except ValidationError as error:
        raise SettingsInvalid(list(_lines(error))) from None


def _lines(error: ValidationError) -> Iterator[str]:
    """Pydantic's faults as sentences. What was set is never repeated, for it may be a secret."""
    for fault in error.errors(include_input=False, include_url=False):
        name = PREFIX + "__".join(str(part) for part in fault["loc"]).upper().removeprefix(PREFIX)
        if fault["type"] == "missing":
            by_file = f", or {name}{SUFFIX}" if len(fault["loc"]) == 1 or name.endswith("SECRET") else ""
            yield f"{name} is missing. Set it{by_file}." + (f" {RECIPE}" if name in _KEYS else "")
        elif fault["type"] == "extra_forbidden":
            yield f"{name} is no setting. Leave it out."
        elif fault["type"] == "value_error":
            yield from str(fault["ctx"]["error"]).splitlines()
        else:
            yield f"{name} cannot be used: {fault['msg']}."
