"""The OpenID Connect issuers whose word is taken: who somebody is, and for whom they work.

Each has a short key of its own, `GENVEJ_ISSUERS__MITID__URL=…` for the one called `mitid`. Which claims say what is
the issuer's or its broker's agreement with us, so each is a setting.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from providers.outgoing import TargetRefused, check_url

if TYPE_CHECKING:
    from portal.settings import Settings

_KEY = re.compile(r"[a-z0-9_]{1,40}")


class IssuerKind(StrEnum):
    """STAFF: for whom they work is what counts. CITIZEN: who they are, by CPR number."""

    STAFF = "staff"
    CITIZEN = "citizen"


class IssuerSettings(BaseModel):
    """One issuer. The README lists the same, and a test compares the two."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: IssuerKind = Field(description="`staff` or `citizen`: who signs in there.")
    name: str = Field(min_length=1, max_length=60, description="What stands on the button.")
    url: str = Field(max_length=200, description="The issuer, spelt as its tokens spell it.")
    client_id: str = Field(min_length=1, description="Under which the issuer knows this portal.")
    client_secret: SecretStr = Field(description="The secret that it has given with it; or its file, by `_FILE`.")
    client_auth: Literal["client_secret_basic", "client_secret_post"] = Field(
        default="client_secret_basic", description="How the secret is shown: `client_secret_post` is the other way."
    )
    scope: str = Field(default="openid", description="What is asked for, separated by spaces.")
    parameters: dict[str, str] = Field(
        default={}, description="What else the issuer wants to be asked with, as a JSON object."
    )
    origins: str = Field(
        default="", description="Where its pages lead on the way, beside its own address, separated by spaces."
    )
    two_factors: bool = Field(default=False, description="It never lets anybody in with less than two factors.")
    acr_values: str = Field(
        default="", description="Those of its `acr` that mean two factors, separated by spaces; they are asked for."
    )
    max_age_minutes: int = Field(
        default=0, ge=0, description="How long ago people may have shown who they are there; asked for. 0 = any time."
    )
    userinfo: bool = Field(default=False, description="It tells the claims at its userinfo, not in its tokens.")
    cpr_claim: str = Field(default="", description="The claim with the CPR number; required for citizens.")
    cvr_claim: str = Field(default="nemlogin.cvr", description="The claim with the business number.")
    p_number_claim: str = Field(default="nemlogin.p_number", description="The claim with the production unit, if any.")
    person_claim: str = Field(
        default="nemlogin.persistent_professional_id", description="The claim by which one employee is known again."
    )
    name_claim: str = Field(default="name", description="The claim with the employee's name.")

    @model_validator(mode="before")
    @classmethod
    def _read_secret(cls, values: Any) -> Any:
        """`client_secret_file` names a file that holds the secret."""
        if not isinstance(values, Mapping) or not (path := values.get("client_secret_file")):
            return values
        if "client_secret" in values:
            raise ValueError("An issuer's client secret and its file are both set. Keep one of them.")
        try:
            secret = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError("An issuer's client secret is in a file that cannot be read.") from error
        return {name: value for name, value in values.items() if name != "client_secret_file"} | {
            "client_secret": secret
        }

    @property
    def leads_to(self) -> tuple[str, ...]:
        """The origins of its pages: its own, and those that it sends people on to."""
        parts = urlsplit(self.url)
        return (f"{parts.scheme}://{parts.netloc}", *self.origins.split())


def faults_of_issuers(settings: "Settings") -> Iterator[str]:
    """One sentence for each thing about an issuer that cannot be right, with what to do."""
    for key, issuer in settings.issuers.items():
        name = f"GENVEJ_ISSUERS__{key.upper()}"
        if not _KEY.fullmatch(key):
            yield f"{name} is called something that cannot stand in an address. Take letters, figures and _."
        if not _is_fit(issuer.url, settings) or issuer.url.endswith("/.well-known/openid-configuration"):
            yield f"{name}__URL is an address such as https://login.example, where the issuer is."
        if settings.production and not issuer.url.startswith("https://"):
            yield f"{name}__URL must begin with https:// in production."
        if any(_origin(origin) != origin for origin in issuer.origins.split()):
            yield f"{name}__ORIGINS lists addresses such as https://login.example, with nothing after them."
        if issuer.kind is IssuerKind.CITIZEN and not issuer.cpr_claim:
            yield f"{name}__CPR_CLAIM is missing. Set it to the claim in which the issuer gives the CPR number."
        if issuer.kind is IssuerKind.CITIZEN and not (issuer.two_factors or issuer.acr_values):
            yield f"{name} must say when two factors were shown. Set {name}__ACR_VALUES, or {name}__TWO_FACTORS."


def _is_fit(url: str, settings: "Settings") -> bool:
    try:
        check_url(url, settings.targets)
    except TargetRefused:
        return False
    return not (urlsplit(url).query or urlsplit(url).fragment)


def _origin(text: str) -> str:
    parts = urlsplit(text)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} else ""
