"""A portal that takes an issuer's word: the home municipality and a clinic have business numbers that it names."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from starlette.applications import Starlette

from matching.models import AuditEntry
from providers.accounts import Post
from providers.models import Municipality, Provider
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.issuers import (
    ANOTHER_CVR,
    CVR,
    STAFF,
    Person,
    RunningIssuer,
    an_issuer,
    citizen,
    employee,
    taking_its_word,
)
from tests.support.pages import Page, Visitor
from tests.support.receivers import bound_socket
from tests.support.staff import an_invitation
from tests.support.staff_pages import at_a_browser
from tests.support.worlds import HOME, a_provider

NOW = datetime.now(UTC).replace(microsecond=0)
"""Cookies of the issuer end by the real clock, so it is real; and it stands still, there and here."""

AT_HOME = Post(Role.VISITATOR, municipality=HOME)
BUTTON = f"/log-ind/{STAFF}"

_serial = count(1)


@dataclass
class Office:
    """`clinic` is a private provider with a business number of its own."""

    app: Starlette
    issuer: RunningIssuer
    clock: Clock
    clinic: Provider

    def somebody(self) -> Visitor:
        """At a browser in which nobody has been before."""
        return at_a_browser(self.app)

    async def employee(self, cvr: str = CVR, **of_them: Any) -> Person:
        """Somebody whom the issuer knows, and the portal does not."""
        return await self.issuer.knows(f"employee-{next(_serial)}", **employee(cvr, **of_them))

    async def citizen(self, cpr: str, **of_them: Any) -> Person:
        return await self.issuer.knows(f"citizen-{next(_serial)}", **citizen(cpr), **of_them)

    async def colleague(self, post: Post = AT_HOME, cvr: str = CVR) -> Person:
        """Somebody who has taken a post by the issuer's word."""
        person, visitor = await self.employee(cvr), self.somebody()
        page = await visitor.get(f"/invitation/{await an_invitation(post, now=self.clock.now)}")
        await person.signs_in(visitor, page, BUTTON)
        return person

    async def comes(self, person: Person, *, til: str = "") -> tuple[Visitor, Page]:
        """Somebody signs in at a browser of their own; the page on which they arrive."""
        visitor = self.somebody()
        return visitor, await person.signs_in(
            visitor, await visitor.get("/ind", **({"til": til} if til else {})), BUTTON
        )

    async def log(self) -> list[tuple[str, str]]:
        """What was written to the look-up log, and how it ended."""
        return [(entry.action, entry.result) for entry in await AuditEntry.all().order_by("id")]


@asynccontextmanager
async def an_office(url: str) -> AsyncIterator[Office]:
    """On the empty database `url`."""
    clock = Clock(NOW)
    async with an_issuer(NOW) as issuer:
        with bound_socket() as nobody:
            settings = taking_its_word(issuer.url, f"http://127.0.0.1:{nobody.getsockname()[1]}")
            async with running_app(url, clock, **settings) as app:
                await Municipality.filter(code=HOME).update(cvr=CVR)
                clinic = await a_provider("private")
                await Provider.filter(id=clinic.id).update(cvr=ANOTHER_CVR, name="Klinik Prøve")
                yield Office(app, issuer, clock, clinic)
