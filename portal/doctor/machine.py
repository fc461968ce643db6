"""What can be seen without the database: settings, files, disk and time zones."""

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from matching.policy import Policy
from portal.assets import missing_files
from portal.doctor.findings import Finding, judged
from portal.settings import Settings
from portal.settings_files import PREFIX, SettingsInvalid, names_of
from portal.settings_keys import demo_keys
from portal.settings_reading import read_settings
from providers.accounts import AccountPolicy
from providers.clock import COPENHAGEN

_LEAST_FREE = 1 << 30
_OTHERS = {"GENVEJ_RECEIVER_SECRET", "GENVEJ_TEST_BROWSER", "GENVEJ_TEST_DATABASE_URL"}

# Danish winter and summer, by an hour that everybody knows.
_HOURS = {datetime(2026, 1, 15, 12, tzinfo=UTC): 13, datetime(2026, 7, 15, 12, tzinfo=UTC): 14}


def check_settings(database_url: str, environment: Mapping[str, str]) -> tuple[Settings | None, list[Finding]]:
    """The settings, if they can be used, and a finding for each that cannot, or that nobody knows."""
    strange = [Finding("settings", False, line) for line in _strange(environment)]
    try:
        settings = read_settings(database_url=database_url)
    except SettingsInvalid as error:
        return None, [*(Finding("settings", False, line) for line in error.lines), *strange]
    kind = "with a demo's keys" if demo_keys(settings.keys(), settings.field_keys) else "with keys of its own"
    well = Finding("settings", True, f"{settings.mode.value}, {settings.public_url}, {kind}")
    return settings, strange or [well]


def check_files(data: Path) -> Finding:
    """The data folder: nobody else reads its secrets, and there is room."""
    place = next(folder for folder in (data.resolve(), *data.resolve().parents) if folder.exists())
    free = shutil.disk_usage(place).free
    faults = [f"{name} can be read by others. Run: chmod go-rwx {name}" for name in _open_to_others(data)]
    if free < _LEAST_FREE:
        faults.append(f"Only {free >> 20} MB are free in {place}. Make room.")
    return judged("files", faults, f"{free >> 30} GB free; {'secrets closed' if data.exists() else 'no data folder'}")


def check_time_zones() -> Finding:
    """Danish time is known here, winter and summer."""
    wrong = [moment for moment, hour in _HOURS.items() if moment.astimezone(COPENHAGEN).hour != hour]
    faults = ["Danish time is wrong. Bring the time zones up to date: apt-get install tzdata"] if wrong else []
    return judged("time zones", faults, "Danish winter and summer time are known")


def check_front_end() -> Finding:
    """Every file that pages name is there."""
    missing = missing_files()
    faults = [f"Missing: {', '.join(missing)}. Run: npm ci --ignore-scripts, in static/"] if missing else []
    return judged("front end", faults, "every style, script and font is there")


def _strange(environment: Mapping[str, str]) -> Iterator[str]:
    """Variables with our prefix that are no settings: most likely a slip of the pen."""
    policies: dict[str, Any] = {"POLICY": Policy, "ACCOUNTS": AccountPolicy}
    limits = {f"{PREFIX}{name}__{field.name.upper()}" for name, policy in policies.items() for field in fields(policy)}
    known = names_of(list(Settings.model_fields)) | limits | _OTHERS
    for name in sorted(environment):
        # What stands of an issuer is read whole, and what nobody knows of it is refused there.
        if name.startswith(PREFIX) and name not in known and not name.startswith(f"{PREFIX}ISSUERS__"):
            near = get_close_matches(name, known, 1)
            yield f"{name} is no setting." + (f" Did you mean {near[0]}?" if near else " Leave it out.")


def _open_to_others(data: Path) -> list[Path]:
    kept = [data / "secrets.json", data / "postgres"]
    return [path for path in kept if path.exists() and os.stat(path).st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
