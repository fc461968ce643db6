"""Bearer tokens by OAuth 2 client credentials, kept until shortly before they run out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

import httpx

from matching.reports.credentials import OAuth
from providers.asking import NoObject, ask

_MARGIN = timedelta(seconds=30)
_USUAL_LIFE = 300
_LONGEST_LIFE = 3600
"""Seconds; a token that is said to be good for longer is fetched anew all the same."""

_SECONDS = 10.0


class NoToken(Exception):
    """The recipient's token service gave none, whatever it did instead; the text is ours."""


@dataclass(frozen=True, slots=True)
class _Token:
    value: str
    until: datetime


class Tokens:
    """The tokens of one process, by channel."""

    def __init__(self) -> None:
        self._known: dict[int, _Token] = {}

    async def token(self, channel_id: int, oauth: OAuth, client: httpx.AsyncClient, now: datetime) -> str:
        """A token that is good for the next attempt; raises NoToken, and nothing else."""
        known = self._known.get(channel_id)
        if known is None or known.until <= now:
            known = self._known[channel_id] = await _fetch(oauth, client, now)
        return known.value

    def forget(self, channel_id: int) -> None:
        """The recipient did not take it any more."""
        self._known.pop(channel_id, None)


async def _fetch(oauth: OAuth, client: httpx.AsyncClient, now: datetime) -> _Token:
    form = {"grant_type": "client_credentials", **({"scope": oauth.scope} if oauth.scope else {})}
    proof = (oauth.client_id, oauth.client_secret)
    try:
        status, answer = await ask(client, "POST", oauth.token_url, seconds=_SECONDS, data=form, auth=proof)
    except NoObject as error:
        raise NoToken(str(error)) from error
    value = answer.get("access_token")
    if status != HTTPStatus.OK or not isinstance(value, str) or not _fits_a_header(value):
        raise NoToken(f"the service answered {status}")
    return _Token(value, now + _life(str(answer.get("expires_in"))) - _MARGIN)


def _fits_a_header(value: str) -> bool:
    """Without a sign that would end the header (RFC 6750, section 2.1, allows fewer signs still)."""
    return value.isascii() and value.isprintable() and value.strip() == value != ""


def _life(said: str) -> timedelta:
    """How long a token is kept; what is no number of seconds, or one beyond bearing, says nothing."""
    seconds = int(said) if said.isdecimal() and len(said) < 10 else _USUAL_LIFE
    return timedelta(seconds=min(seconds, _LONGEST_LIFE))
