"""Bearer tokens by OAuth 2 client credentials, kept until shortly before they run out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from matching.reports.credentials import OAuth

_MARGIN = timedelta(seconds=30)
_USUAL_LIFE = 300


class NoToken(Exception):
    """The recipient's token service gave none; the text is ours."""


@dataclass(frozen=True, slots=True)
class _Token:
    value: str
    until: datetime


class Tokens:
    """The tokens of one process, by channel."""

    def __init__(self) -> None:
        self._known: dict[int, _Token] = {}

    async def token(self, channel_id: int, oauth: OAuth, client: httpx.AsyncClient, now: datetime) -> str:
        """A token that is good for the next attempt; raises NoToken, httpx.HTTPError, TargetRefused."""
        known = self._known.get(channel_id)
        if known is None or known.until <= now:
            known = self._known[channel_id] = await _fetch(oauth, client, now)
        return known.value

    def forget(self, channel_id: int) -> None:
        """The recipient did not take it any more."""
        self._known.pop(channel_id, None)


async def _fetch(oauth: OAuth, client: httpx.AsyncClient, now: datetime) -> _Token:
    form = {"grant_type": "client_credentials", **({"scope": oauth.scope} if oauth.scope else {})}
    response = await client.post(oauth.token_url, data=form, auth=(oauth.client_id, oauth.client_secret))
    try:
        answer = response.json()
        value, life = str(answer["access_token"]), int(answer.get("expires_in", _USUAL_LIFE))
    except (ValueError, KeyError, TypeError) as error:
        raise NoToken(f"The token service answered {response.status_code}") from error
    return _Token(value, now + timedelta(seconds=life) - _MARGIN)
