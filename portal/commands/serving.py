"""The parts of a running portal, each as a command of its own."""

import asyncio
from logging import INFO
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from portal.commands.logs import log_to_stderr
from portal.commands.place import DEFAULT_DATA, DataOption, database, fail, settings_for
from portal.commands.running import HOST, listen
from portal.connections import settle, web_server
from portal.receiver import run_receiver
from portal.worker import run_worker, worker_config
from providers import database as databases
from providers.reference import load_reference

HostOption = Annotated[str, typer.Option(help="The address to listen on.")]
PortOption = Annotated[int, typer.Option(help="The port to listen on; 0 = any free one.")]


def serve(data: DataOption = DEFAULT_DATA, host: HostOption = HOST, port: PortOption = 8000) -> None:
    """Serve the pages and the API."""
    log_to_stderr(INFO)
    # The whole application is only loaded by who serves it: every other command starts in half the time.
    from portal.app import create_app

    with database(data) as url:
        settings = settings_for(url, data)
        listener = listen(host, port)
        config = web_server(create_app(settings), trusted_proxies=settings.trusted_proxies)
        settle()
        uvicorn.Server(config).run(sockets=[listener])


def worker(data: DataOption = DEFAULT_DATA) -> None:
    """Deliver reports, tell people, and do what time asks for: refresh offers, drop holds, end visits, seal the log."""
    log_to_stderr(INFO)
    with database(data) as url:
        settings = settings_for(url, data)
        run_worker(worker_config(settings))


def receiver(
    secret: Annotated[str, typer.Option(envvar="GENVEJ_RECEIVER_SECRET", help="The shared secret, whsec_….")],
    store: Annotated[Path, typer.Option(help="Where received reports are kept, one JSON line each.")],
    host: HostOption = HOST,
    port: PortOption = 8001,
) -> None:
    """Receive reports as a municipality's own system would: check the signature, keep each message once."""
    try:
        run_receiver(secret, store, host=host, port=port, ready=lambda number: typer.echo(f"Port {number}"))
    except OSError as error:
        fail(f"Port {port} on {host} cannot be used: {error.strerror}.")


def migrate(data: DataOption = DEFAULT_DATA) -> None:
    """Bring the database to the newest migration and the newest reference data."""

    async def run(url: str) -> None:
        await databases.migrate(url)
        async with databases.connected(url):
            await load_reference()

    with database(data) as url:
        asyncio.run(run(url))
        typer.echo("The database is up to date.")
