"""`genvej demo`: everything at once on invented data, from an empty folder to a first contact booked and reported."""

import asyncio
import dataclasses
import json
import socket
from datetime import UTC, datetime
from logging import WARNING
from pathlib import Path
from typing import Annotated

import typer

from matching.demo import DemoCode
from matching.demo import demo_codes as list_codes
from matching.invariants import broken_invariants
from portal.commands.building import build_demo
from portal.commands.logs import log_to_stderr
from portal.commands.place import (
    DEFAULT_DATA,
    DataOption,
    Secrets,
    database,
    fail,
    make_secrets,
    read_secrets,
    settings_for,
)
from portal.commands.running import HOST, address_of, listen, serving, until_ended
from portal.commands.showing import console, step, table
from portal.commands.touring import TourFailed, tour
from portal.receiver import create_receiver
from portal.settings import Settings
from portal.worker import work, worker_config
from providers.database import connected
from providers.demo.logins import demo_logins

SHOWN_CODES = 12


def demo(
    data: DataOption = DEFAULT_DATA,
    port: Annotated[int, typer.Option(help="The port of the portal; 0 = any free one.")] = 8000,
    once: Annotated[bool, typer.Option("--once", help="Show everything, then end instead of serving.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the demo's data away and make it anew.")] = False,
) -> None:
    """Build the demo where it is missing, book one time, show its report, and serve until Ctrl-C."""
    # The tour's own tables say what happened; only trouble is worth a line between them.
    log_to_stderr(WARNING)
    # The receiver stands in for every municipality's own system; it takes whatever port is free.
    portal, receiver = listen(HOST, port), listen(HOST, 0)
    with database(data) as url:
        secrets = make_secrets(data)
        settings = settings_for(url, data, public_url=address_of(portal))
        asyncio.run(build_demo(url, secrets, settings, report_to=address_of(receiver), fresh=fresh))
        asyncio.run(_serve(settings, secrets, portal, receiver, store=data / "received.jsonl", once=once))


def demo_codes(
    data: DataOption = DEFAULT_DATA,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON list, and nothing else.")] = False,
) -> None:
    """List the codes of the demo's plans, those that can be booked first."""
    secrets = read_secrets(data)
    if secrets is None:
        fail(f"There is no demo in {data}. Make one with: python3 -m portal demo")
    with database(data) as url:
        codes = asyncio.run(_codes(settings_for(url, data), secrets))
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(code) for code in codes], default=str, ensure_ascii=False, indent=1))
    else:
        _show_codes(codes)


async def _serve(
    settings: Settings, secrets: Secrets, portal: socket.socket, receiver: socket.socket, *, store: Path, once: bool
) -> None:
    stop = asyncio.Event()
    # The whole application is only loaded by who serves it: every other command starts in half the time.
    from portal.app import create_app

    config = worker_config(settings)
    async with (
        serving(create_receiver(secrets.receiver_secret, store), receiver),
        serving(create_app(settings), portal),
    ):
        worker = asyncio.create_task(work(config, stop))
        try:
            await _show(settings, secrets, address_of(portal), address_of(receiver), once=once)
            if not once:
                console.print("All codes: genvej demo-codes.  End with Ctrl-C.")
                await until_ended()
        finally:
            stop.set()
            await worker


async def _show(settings: Settings, secrets: Secrets, portal: str, receiver: str, *, once: bool) -> None:
    """The tour. A demo that is to serve does so even when, for instance, all its plans are booked by now."""
    try:
        await tour(portal, receiver, await _codes(settings, secrets))
    except TourFailed as error:
        if once:
            fail(str(error))
        console.print(f"[yellow]{error}[/]")
    await _check(settings)
    _show_codes((await _codes(settings, secrets))[:SHOWN_CODES])
    async with connected(settings.database_url, pool_size=2):
        logins = await demo_logins(datetime.now(UTC))
    rows = [(login.name, login.post.role, login.organisation or "–") for login in logins]
    table(f"Demo logins: one press each at {portal}/ind", ("Name", "Role", "Organisation"), rows)
    console.print(f"\nThe portal: [bold]{portal}[/]   Received reports: {receiver}")


async def _check(settings: Settings) -> None:
    """What must be true of all cases is true, whatever was booked: seats, offers, choices, events and reports."""
    with step("Seats, offers, choices, events and reports agree"):
        async with connected(settings.database_url, pool_size=1):
            faults = await broken_invariants(datetime.now(UTC), notice=settings.policy.notice)
    if faults:
        fail("\n".join(faults))


async def _codes(settings: Settings, secrets: Secrets) -> list[DemoCode]:
    async with connected(settings.database_url, pool_size=2):
        return await list_codes(
            seed=bytes.fromhex(secrets.seed),
            vault=settings.vault(),
            now=datetime.now(UTC),
            policy=settings.policy,
        )


def _show_codes(codes: list[DemoCode]) -> None:
    rows = [
        (c.code, c.access_code, c.date_of_birth, c.state, c.plan_type, c.level, c.package, c.postal_code, c.opens_on)
        for c in codes
    ]
    columns = ("Code", "Access code", "Born", "State", "Plan type", "Level", "Package", "Near", "Private from")
    table("Demo codes: type the code at the front page, then the access code and the date of birth", columns, rows)
