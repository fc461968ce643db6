"""What the operating system must bring, and how to get it.

Debian 12 is what we claim and test: there the missing packages are installed. Elsewhere, and without the right to
install, one line tells what to do.
"""

import importlib.util
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from portal.embedded import programs
from portal.setup import apt
from portal.setup.steps import SetupError


@dataclass(frozen=True)
class Need:
    """Something the system must have: how to see that it is there, and the packages that bring it per system."""

    name: str
    present: Callable[[], bool]
    debian: str
    fedora: str = ""
    macos: str = ""


VENV = Need("Python's venv", lambda: importlib.util.find_spec("ensurepip") is not None, debian="python3-venv")
SERVER = Need(
    "PostgreSQL 15 or newer with PostGIS",
    lambda: bool(programs.installed()),
    debian="postgresql postgresql-postgis",
    fedora="postgresql-server postgresql-contrib postgis",
    macos="postgresql@17 postgis",
)
TIME_ZONES = Need(
    "time zones", lambda: _exists("usr/share/zoneinfo/Europe/Copenhagen"), debian="tzdata", fedora="tzdata"
)
PANGO = Need(
    "Pango",
    lambda: _exists("usr/lib*/libpangoft2-1.0.*", "usr/lib/*/libpangoft2-1.0.*", "opt/homebrew/lib/libpangoft2-1.0.*"),
    debian="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    fedora="pango",
    macos="pango",
)
FONTS = Need(
    "fonts",
    lambda: _exists("usr/share/fonts/**/*.?tf", "System/Library/Fonts/*.?tf"),
    debian="fonts-dejavu-core",
    fedora="dejavu-sans-fonts",
)
BROWSERS = (
    *("chromium-headless-shell", "headless_shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable", "chrome"),
)
"""The tests' browsers. The one without windows comes first: the same engine, for two thirds of the work."""

BROWSER = Need(
    "Chromium",
    lambda: any(map(shutil.which, BROWSERS)),
    debian="chromium-headless-shell",
    fedora="chromium-headless",
    macos="chromium",
)


def needed(*, server: bool, browser: bool, rest: bool) -> list[Need]:
    """What a command needs: a server of our own, a browser for the tests, and the rest that nearly all have."""
    choice = {VENV: True, SERVER: server, TIME_ZONES: rest, PANGO: rest, FONTS: rest, BROWSER: browser}
    return [need for need, wanted in choice.items() if wanted]


def ensure(needs: list[Need]) -> None:
    """Install what is missing. Raises SetupError with the command for a person to run, when that is not possible."""
    missing = _missing(needs)
    if missing and apt.available():
        names = [name for need in missing for name in need.debian.split()]
        apt.install(names, keep_server_idle=SERVER in missing)
        missing = _missing(needs)
    if missing:
        raise SetupError(advice(missing))


def advice(missing: list[Need]) -> str:
    """The one line for a person: what is missing and the command that brings it."""
    ways = {
        "sudo apt-get install {} (Debian, Ubuntu)": [need.debian for need in missing],
        "sudo dnf install {} (Fedora, untested)": [need.fedora for need in missing],
        "brew install {} (macOS, untested)": [need.macos for need in missing],
    }
    commands = [way.format(" ".join(filter(None, names))) for way, names in ways.items() if any(names)]
    return f"Missing: {', '.join(need.name for need in missing)}. Install with: {'; or '.join(commands)}."


def _missing(needs: list[Need]) -> list[Need]:
    importlib.invalidate_caches()
    return [need for need in needs if not need.present()]


def _exists(*patterns: str) -> bool:
    return any(True for pattern in patterns for _ in Path("/").glob(pattern))
