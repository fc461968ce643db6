"""The receiver as a process of its own."""

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from portal.receiver.app import create_receiver


def run_receiver(
    secret: str,
    store_path: Path | None = None,
    *,
    port: int,
    host: str = "127.0.0.1",
    ready: Callable[[int], None] | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM. Port 0 takes a free one; `ready` is told which, when it can be connected to.

    Raises OSError when the port is taken.
    """
    with socket.create_server((host, port)) as listener:
        if ready is not None:
            ready(listener.getsockname()[1])
        config = uvicorn.Config(create_receiver(secret, store_path), ws="none", log_level="warning")
        uvicorn.Server(config).run(sockets=[listener])
