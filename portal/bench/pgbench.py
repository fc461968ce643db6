"""pgbench, PostgreSQL's own benchmark: the same statements with nothing of Python around them."""

import asyncio
import os
import re
import shutil
import tempfile
from asyncio.subprocess import PIPE
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from portal.bench.figures import Turn
from portal.embedded.programs import folder_for


class PgbenchFailed(RuntimeError):
    """It is not there, or a statement failed; the text says which."""


async def pgbench(url: str, script: str, *, role: str, clients: int, each: int, variables: Mapping[str, int]) -> Turn:
    """Each client runs the script `each` times with prepared statements: transactions in a second."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "script.sql").write_text(script)
        given = [part for variable, value in variables.items() for part in ("-D", f"{variable}={value}")]
        process = await asyncio.create_subprocess_exec(
            *(_program(), "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-t", str(each), *given),
            *("-l", "--log-prefix", str(folder / "log"), "-f", str(folder / "script.sql"), url),
            env=os.environ | {"PGOPTIONS": f"-c role={role}"},
            stdout=PIPE,
            stderr=PIPE,
        )
        out, errors = await process.communicate()
        found = re.search(r"tps = ([0-9.]+)", out.decode())
        if process.returncode or not found:
            raise PgbenchFailed(errors.decode().strip()[-500:])
        return Turn(float(found[1]), _logged(folder))


def _logged(folder: Path) -> list[float]:
    """How long each transaction took: the third column of the log, in microseconds."""
    return [int(line.split()[2]) / 1000 for log in folder.glob("log*") for line in log.read_text().splitlines()]


def literal(value: object) -> str:
    r"""A value as it stands in a script. Whatever it is, it is quoted, so that its type is found as a parameter's is.

    A colon would begin a variable, quoted or not, so it is written `\072`.
    """
    if value is None:
        return "NULL"
    text = _text(value)
    for sign, written in (("\\", "\\\\"), ("'", "''"), (":", "\\072")):
        text = text.replace(sign, written)
    return f"E'{text}'"


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case bytes():
            return f"\\x{value.hex()}"
        case datetime() | UUID():
            return str(value)
        case timedelta():
            return f"{value.total_seconds()} seconds"
        case list() | tuple():
            return "{" + ",".join(_element(item) for item in value) + "}"
        case _:
            return str(value)


def _element(value: object) -> str:
    if value is None:
        return "NULL"
    text = _text(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _program() -> str:
    """Beside the server's other programs, or in the path."""
    beside = folder_for(None) / "pgbench"
    found = str(beside) if beside.exists() else shutil.which("pgbench")
    if not found:
        raise PgbenchFailed("pgbench is not installed; it comes with PostgreSQL's server or contrib package.")
    return found
