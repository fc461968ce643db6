"""What a channel needs to prove who sends, sealed in one piece: a signature's secret, a token, or a way to get one."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from providers.vault import Vault


class OAuth(BaseModel):
    """Client credentials (RFC 6749, section 4.4) with which a token is fetched."""

    model_config = ConfigDict(frozen=True)

    token_url: str
    client_id: str
    client_secret: str
    scope: str | None = None


class Credentials(BaseModel):
    """`secret` signs a webhook; until `previous_until` the one before it signs as well. `token` is a bearer token."""

    model_config = ConfigDict(frozen=True)

    secret: str | None = None
    previous: str | None = None
    previous_until: datetime | None = None
    token: str | None = None
    oauth: OAuth | None = None

    def secrets(self, now: datetime) -> list[str]:
        """The secrets that sign at this instant, the newest first."""
        overlap = self.previous is not None and self.previous_until is not None and now < self.previous_until
        return [secret for secret in (self.secret, self.previous if overlap else None) if secret]

    def rotated(self, secret: str, until: datetime) -> "Credentials":
        """With a new secret, beside which the present one is good until an instant."""
        return self.model_copy(update={"secret": secret, "previous": self.secret, "previous_until": until})


def seal_credentials(credentials: Credentials, vault: Vault) -> bytes:
    return vault.seal(credentials.model_dump_json(exclude_none=True).encode())


def open_credentials(sealed: bytes, vault: Vault) -> Credentials:
    """The credentials again; raises InvalidToken for a key that is gone, ValueError for anything that is none."""
    text = vault.open(sealed).decode()
    # Channels that are older than the other kinds hold the bare secret.
    return Credentials(secret=text) if text.startswith("whsec_") else Credentials.model_validate_json(text)
