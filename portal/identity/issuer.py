"""An issuer: from the address that people are sent to until its word about them (OpenID Connect Core 1.0, 3.1)."""

from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

import httpx
import structlog
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from portal.identity.calling import ask
from portal.identity.errors import AnswerRefused, IssuerSilent
from portal.identity.handshake import Handshake
from portal.identity.publication import Publications
from portal.identity.tokens import Claims, KeyUnknown, read_claims
from portal.identity.userinfo import with_userinfo
from portal.settings_issuers import IssuerSettings

log = structlog.get_logger(__name__)


class Issuer:
    """`public_url` is where this portal is. `key` is the issuer's name in the settings and in addresses of ours."""

    def __init__(self, key: str, settings: IssuerSettings, client: httpx.AsyncClient, public_url: str) -> None:
        self.key = key
        self.settings = settings
        self._client = client
        self._public_url = public_url
        self._published = Publications(settings, client)

    @property
    def way_back(self) -> str:
        """Where people come back to. Each issuer has its own, so that no other one's answer gets in (RFC 9700, 4.4)."""
        return f"{self._public_url}/log-ind/{self.key}"

    async def address_to_sign_in(self, state: str, handshake: Handshake, now: datetime) -> str:
        """Where to send the person; raises IssuerSilent."""
        published = await self._published.current(now)
        seconds = str(self.settings.max_age_minutes * 60) if self.settings.max_age_minutes else None
        wishes = {"acr_values": self.settings.acr_values or None, "response_mode": "query", "max_age": seconds}
        secrets = {"nonce": handshake.nonce, "code_challenge": create_s256_code_challenge(handshake.verifier)}
        return str(
            prepare_grant_uri(
                published.metadata.authorization_endpoint,
                self.settings.client_id,
                "code",
                redirect_uri=self.way_back,
                scope=self.settings.scope,
                state=state,
                **self.settings.parameters | wishes | secrets | {"code_challenge_method": "S256"},
            )
        )

    async def address_to_sign_out(self, then: str, now: datetime) -> str | None:
        """Where the person's visit at the issuer ends, to come back to our page `then`; None if that cannot be had.

        No token is shown: it would say in an address who the person is.
        """
        try:
            endpoint = (await self._published.current(now)).metadata.end_session_endpoint
        except IssuerSilent:
            return None
        question = {"client_id": self.settings.client_id, "post_logout_redirect_uri": f"{self._public_url}{then}"}
        return str(httpx.URL(endpoint).copy_merge_params(question)) if endpoint else None

    async def claims(self, code: str, handshake: Handshake, now: datetime) -> Claims:
        """What the issuer says about whoever came back with `code`; raises AnswerRefused or IssuerSilent."""
        metadata = (await self._published.current(now)).metadata
        tokens = await self._redeem(metadata.token_endpoint, code, handshake)
        try:
            claims = await self._read(tokens, handshake, now)
            if self.settings.userinfo:
                claims = await with_userinfo(self._client, metadata.userinfo_endpoint, tokens, claims)
        except AnswerRefused as error:
            log.warning("answer_refused", issuer=self.key, why=type(error.__cause__).__name__)
            raise
        return claims

    async def _read(self, tokens: dict[str, Any], handshake: Handshake, now: datetime) -> Claims:
        """Issuers change their keys at any time, so a key that nobody knows is looked for once more."""
        try:
            keys = (await self._published.current(now)).keys
            return read_claims(tokens, keys, self.settings, nonce=handshake.nonce, now=now)
        except KeyUnknown:
            keys = (await self._published.current(now, newer_keys=True)).keys
            return read_claims(tokens, keys, self.settings, nonce=handshake.nonce, now=now)

    async def _redeem(self, endpoint: str, code: str, handshake: Handshake) -> dict[str, Any]:
        """The tokens for a code, which counts once; the secret shows that it is us, the verifier that it is the same
        visit."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.way_back,
            "code_verifier": handshake.verifier,
        }
        name, secret = self.settings.client_id, self.settings.client_secret.get_secret_value()
        if self.settings.client_auth == "client_secret_post":
            how: dict[str, Any] = {"data": form | {"client_id": name, "client_secret": secret}}
        else:
            # Both are written as in a form before they are joined (RFC 6749, 2.3.1).
            how = {"data": form, "auth": httpx.BasicAuth(quote_plus(name), quote_plus(secret))}
        status, answer = await ask(self._client, "POST", endpoint, **how)
        if 400 <= status < 500:
            log.warning("code_refused", issuer=self.key, status=status)
            raise AnswerRefused
        if status != 200:
            raise IssuerSilent
        return answer
