"""The npm packages that a folder's `package-lock.json` names, installed by the npm that is a Python package."""

from pathlib import Path

from portal.setup import stamp
from portal.setup.steps import run, step


def ensure(folder: Path, python: Path) -> None:
    """Install the packages into `folder`/node_modules unless they are there."""
    modules = folder / "node_modules"
    wanted = stamp.digest(modules, folder / "package.json", folder / "package-lock.json")
    if stamp.has(modules, wanted):
        return
    with step(f"npm packages of {folder.name}/package-lock.json"):
        # No package needs to run anything of its own in order to be served as a file.
        run([python.with_name("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder)
        stamp.write(modules, [wanted])
