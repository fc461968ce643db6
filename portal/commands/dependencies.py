"""`genvej check-dependencies`: has anything that we build on become known to be unsafe?"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from portal.commands.place import fail

_ROOT = Path(__file__).parents[2]
_LOCK = "requirements-test.lock"
"""Holds all of the runtime's lock as well."""

_SECONDS = 600
_UNCHECKED = 2
"""The exit code when an answer could not be had: neither good nor bad."""


def check_dependencies(
    advisories: Annotated[
        str | None, typer.Option("--advisories", help="Another service that speaks OSV, for the Python packages.")
    ] = None,
) -> None:
    """Hold the locked packages, Python's and the front end's, against the known advisories. It needs the network."""
    if find_spec("pip_audit") is None:
        fail("pip-audit comes with the packages of the tests. Install them with: python3 -m portal test --help")
    faults = [*_of_python(_python(advisories)), *_of_front_end(_front_end())]
    for fault in faults:
        typer.echo(f"✗ {fault}")
    if faults:
        raise typer.Exit(1)
    typer.echo(f"✓ Nothing is known against any package of {_LOCK} and static/package-lock.json.")


def _python(advisories: str | None) -> Any:
    command = [sys.executable, "-m", "pip_audit", "-r", _LOCK, "--disable-pip", "--progress-spinner", "off"]
    command += ["-f", "json", "-s", "osv", *(["--osv-url", advisories] if advisories else [])]
    return _asked(command, _ROOT, "dependencies")


def _front_end() -> Any:
    return _asked([str(Path(sys.executable).with_name("npm")), "audit", "--json"], _ROOT / "static", "vulnerabilities")


def _asked(command: Sequence[str], folder: Path, answer: str) -> Any:
    """The part `answer` of what an auditing program says. Without one it has not reached its service."""
    try:
        # The network's own proxy and certificates stand in the environment, so the program gets all of it.
        done = subprocess.run(  # noqa: S603 # nosec B603
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        return json.loads(done.stdout)[answer]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError, TypeError):
        name = "npm" if answer == "vulnerabilities" else "pip-audit"
        typer.echo(f"{name} could not ask for advisories. It needs the network; not everything was checked.", err=True)
        raise typer.Exit(_UNCHECKED) from None


def _of_python(dependencies: list[dict[str, Any]]) -> Iterator[str]:
    for package in dependencies:
        for known in package.get("vulns", []):
            mended = ", ".join(known["fix_versions"]) or "no version yet"
            yield f"{package['name']} {package['version']}: {known['id']}, mended in {mended}"


def _of_front_end(vulnerabilities: dict[str, dict[str, Any]]) -> Iterator[str]:
    for name, known in vulnerabilities.items():
        titles = [via["title"] for via in known["via"] if isinstance(via, dict)]
        yield f"{name}: {'; '.join(titles) or 'by what it needs'} ({known['severity']})"
