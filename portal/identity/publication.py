"""What an issuer publishes about itself (OpenID Connect Discovery 1.0): read when it is first needed, kept for a while.

An issuer that is down costs each process one call in half a minute. Whoever comes meanwhile is told at once, or is
served by what was read before.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

from portal.identity.calling import ask
from portal.identity.errors import IssuerSilent
from portal.settings_issuers import IssuerSettings

log = structlog.get_logger(__name__)

_KEPT = timedelta(hours=1)
_PAUSE = timedelta(seconds=30)


class Metadata(BaseModel):
    """Where the issuer's pages and its programs are."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    end_session_endpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """`keys` are those that the issuer signs with."""

    metadata: Metadata
    keys: KeySet
    read_at: datetime


class Publications:
    """The newest publication of one issuer that could be had."""

    def __init__(self, issuer: IssuerSettings, client: httpx.AsyncClient) -> None:
        self._issuer = issuer
        self._client = client
        self._kept: Publication | None = None
        self._tried_at: datetime | None = None
        self._one_at_a_time = asyncio.Lock()

    async def current(self, now: datetime, *, newer_keys: bool = False) -> Publication:
        """What was read last, read again when it is old or `newer_keys` may be there; raises IssuerSilent."""
        if self._kept is None or newer_keys or now - self._kept.read_at >= _KEPT:
            async with self._one_at_a_time:
                await self._try(now)
        if self._kept is None:
            raise IssuerSilent
        return self._kept

    async def _try(self, now: datetime) -> None:
        """Whoever waited for another one's call to end makes no second one."""
        if self._tried_at is not None and now - self._tried_at < _PAUSE:
            return
        self._tried_at = now
        try:
            self._kept = await read_publication(self._issuer, self._client, now)
        except IssuerSilent as error:
            log.warning("issuer_silent", issuer=self._issuer.name, why=_why(error))


async def read_publication(issuer: IssuerSettings, client: httpx.AsyncClient, now: datetime) -> Publication:
    """Ask the issuer. Raises IssuerSilent; `details["faults"]` holds sentences when what it says does not fit."""
    found = await _read(client, issuer.url.rstrip("/") + "/.well-known/openid-configuration")
    try:
        metadata = Metadata.model_validate(found)
    except ValidationError as error:
        raise IssuerSilent(faults=["What it publishes lacks one of its addresses."]) from error
    if faults := list(misfits(metadata, issuer)):
        raise IssuerSilent(faults=faults)
    try:
        keys = KeySet.import_key_set(await _read(client, metadata.jwks_uri))  # type: ignore[arg-type]
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise IssuerSilent(faults=["The keys that it publishes cannot be used."]) from error
    return Publication(metadata, keys, now)


async def _read(client: httpx.AsyncClient, url: str) -> dict[str, Any]:
    status, found = await ask(client, "GET", url)
    if status != 200:
        raise IssuerSilent(faults=[f"It answers {status} where its description should be."])
    return found


def misfits(metadata: Metadata, issuer: IssuerSettings) -> Iterator[str]:
    """Sentences about what is not as it was agreed. People are sent to no pages but those that were."""
    if metadata.issuer != issuer.url:
        yield f"It calls itself {metadata.issuer}. Set __URL to that, to the letter, if it is the one you mean."
    for address in filter(None, (metadata.authorization_endpoint, metadata.end_session_endpoint)):
        parts = urlsplit(address)
        if (origin := f"{parts.scheme}://{parts.netloc}") not in issuer.leads_to:
            yield f"It sends people to {origin}. Add that to __ORIGINS if it may."


def faults_in(error: IssuerSilent) -> list[str]:
    """What does not fit, in sentences for whoever set the issuer up; none if it simply does not answer."""
    return cast("list[str]", error.details.get("faults", []))


def _why(error: IssuerSilent) -> str:
    return " ".join(faults_in(error)) or type(error.__cause__).__name__
