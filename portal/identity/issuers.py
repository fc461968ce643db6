"""All issuers of a running portal, and those that a page has buttons for."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

from starlette.exceptions import HTTPException
from starlette.requests import Request

from portal.identity.calling import issuer_client
from portal.identity.issuer import Issuer
from portal.settings import Settings
from portal.settings_issuers import IssuerKind

Issuers = Mapping[str, Issuer]


@dataclass(frozen=True, slots=True)
class Door:
    """A button: where it leads, and whose name stands on it."""

    action: str
    name: str


@asynccontextmanager
async def issuers_of(settings: Settings) -> AsyncIterator[Issuers]:
    """The issuers of the settings; none of them is called before somebody wants to go there."""
    if not settings.issuers:
        yield {}
        return
    async with issuer_client(settings.targets) as client:
        yield {key: Issuer(key, one, client, settings.public_url) for key, one in settings.issuers.items()}


def issuer_named(request: Request, key: str) -> Issuer:
    """One of them; any other name is a page that does not exist (404)."""
    found = cast(Issuers, request.app.state.issuers).get(key)
    if found is None:
        raise HTTPException(404)
    return found


def doors(request: Request, kind: IssuerKind) -> list[Door]:
    """The buttons for those who are of this kind, in the order of the settings."""
    issuers = cast(Issuers, request.app.state.issuers).values()
    return [Door(f"/log-ind/{one.key}", one.settings.name) for one in issuers if one.settings.kind is kind]
