"""The cluster: the folder in which the server keeps its data. It is either whole or not there."""

import os
import shutil
import subprocess
from pathlib import Path

from portal.embedded import account, programs
from portal.embedded.errors import EmbeddedError

DATABASE = "genvej"
SUPERUSER = "postgres"

_INITDB = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions", f"--username={SUPERUSER}")


def ensure(cluster: Path, *, durable: bool) -> Path:
    """Make the cluster unless it is there, and return the folder of the programs that fit it."""
    if not cluster.exists():
        _make(cluster, durable=durable)
    if cluster.stat().st_uid != account.owner()[0]:
        raise EmbeddedError(f"{cluster} belongs to another user; start as that user or choose another --data folder.")
    return programs.folder_for(int((cluster / "PG_VERSION").read_text()))


def _make(cluster: Path, *, durable: bool) -> None:
    """Build beside the final name and rename at the end: a kill on the way leaves nothing that looks finished."""
    unfinished = cluster.with_name(cluster.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(unfinished, *account.owner())
    handle = os.open(unfinished, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _fill(account.path_for_server(unfinished, handle), handle, durable=durable)
    finally:
        os.close(handle)
    unfinished.rename(cluster)


def _fill(path: str, handle: int, *, durable: bool) -> None:
    folder = programs.folder_for(None)
    create = f"CREATE DATABASE {DATABASE}\n\n"
    _run([str(folder / "initdb"), "-D", path, *_INITDB, *([] if durable else ["--no-sync"])], handle)
    # The single-user server needs neither a socket nor a client; -j makes an empty line end a statement.
    _run([str(folder / "postgres"), "--single", "-j", "-D", path, "postgres"], handle, create)


def _run(command: list[str], handle: int, text: str = "") -> None:
    options = account.process_options(handle)
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, **options)  # noqa: S603 # nosec B603
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise EmbeddedError(f"{Path(command[0]).name} failed: {' '.join(last)}")
