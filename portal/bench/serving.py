"""A server of a benchmark as a process of its own: `python -m portal.bench.serving SOCKET MODULE:FUNCTION`.

The function is given the settings of the environment and what stands on the standard input as JSON, and answers an
ASGI application. The process writes a line when it is ready.
"""

import json
import socket
import sys
from importlib import import_module
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from portal.connections import settle, web_server
from portal.settings import Settings
from portal.settings_reading import read_settings

READY = b"ready\n"


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.buffer.write(READY)
        sys.stdout.buffer.flush()


def portal(settings: Settings, _: Any) -> ASGIApp:
    """The portal itself."""
    from portal.app import create_app  # Only the process that serves it loads the whole application.

    return create_app(settings)


def main(descriptor: str, name: str) -> None:
    """Serve on a socket that is inherited, until the process is ended."""
    module, _, function = name.partition(":")
    made: ASGIApp = getattr(import_module(module), function)(read_settings(), json.load(sys.stdin))
    # As `genvej serve` does, with the quicker event loop where there is one.
    settle()
    _Server(web_server(made, log_level="warning")).run(sockets=[socket.socket(fileno=int(descriptor))])


if __name__ == "__main__":
    main(*sys.argv[1:])
