"""One process of a server for tests: `python -m tests.support.serving DESCRIPTOR ADDRESS`.

It answers on a socket that it inherits, at the worlds' own instant, and writes a line when it is ready.
"""

import asyncio
import socket
import sys

import uvicorn
from pydantic import SecretStr

from matching.policy import Policy
from portal.app import create_app
from portal.settings import Settings
from tests.support.patience import wait_for_locks
from tests.support.worlds import FIELD_KEY, LOOKUP_KEY, NOW

ROOMY = Policy(factor_attempts=100)
"""Twenty requests with one citizen's codes at once are under way before the first is known to be right."""


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write("ready\n")
        sys.stdout.flush()


def settings(url: str) -> Settings:
    """What the tests' own keys and the database's address make of the portal."""
    return Settings(
        database_url=url,
        field_keys=[FIELD_KEY],
        lookup_key=SecretStr(LOOKUP_KEY),
        signing_key=SecretStr("a signing key that only the tests know"),
        policy=ROOMY,
        # Everybody comes from one address; how many may is for the tests of traffic to say.
        requests_per_minute=0,
        # People can be told; no worker runs, so nobody is.
        mail_host="localhost",
        sms_url="https://sms.example",
        doctor_url="https://doctor.example",
    )


def main(descriptor: str, url: str) -> None:
    """Serve until the process is ended."""
    wait_for_locks()
    app = create_app(settings(url), clock=lambda: NOW)
    # On a busy machine a connection seems idle to one side and not yet to the other; here nobody closes it early.
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_keep_alive=120)
    asyncio.run(_Server(config).serve(sockets=[socket.socket(fileno=int(descriptor))]))


if __name__ == "__main__":
    main(*sys.argv[1:])
