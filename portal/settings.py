"""Every setting, read once from the environment (prefix `GENVEJ_`) or from files when a command starts."""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from itertools import chain
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from matching.policy import Policy
from portal.settings_files import PREFIX, FilesSource
from portal.settings_issuers import IssuerSettings, faults_of_issuers
from portal.settings_keys import faults_of_keys
from portal.settings_map import MapSettings
from portal.settings_messages import MessageSettings
from portal.settings_rules import HELP_PHONE, THIS_MACHINE, faults_of_accounts, faults_of_mode
from providers.accounts import AccountPolicy
from providers.targets import HTTPS, Targets
from providers.vault import Vault


class Mode(StrEnum):
    """PRODUCTION has real people, and starts with nothing that is only good enough for trying things out."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(MessageSettings, MapSettings):
    """Names, meanings and defaults; the README lists the same, and a test compares the two.

    Those of the messages are `portal.settings_messages`, those of the map `portal.settings_map`.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True, extra="ignore"
    )

    mode: Mode = Field(
        default=Mode.DEVELOPMENT, description="`production` refuses to start with anything made for trying out."
    )
    database_url: str = Field(
        validation_alias=AliasChoices("GENVEJ_DATABASE_URL", "DATABASE_URL", "database_url"),
        description="Where the app and the worker log in.",
        repr=False,
    )
    field_keys: Annotated[list[str], NoDecode] = Field(
        description="Fernet keys that seal personal data, newest first, separated by commas.", repr=False
    )
    lookup_key: SecretStr = Field(description="Keys the hashes of codes and CPR numbers.")
    other_lookup_keys: Annotated[list[str], NoDecode] = Field(
        default=[],
        description="Lookup keys that are accepted as well: earlier ones, or the next one, separated by commas.",
        repr=False,
    )
    signing_key: SecretStr = Field(description="Signs the cursors of the API.")
    public_url: str = Field(default="http://localhost:8000", description="The address that people type.")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Other host names that requests may name, separated by commas."
    )
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Addresses and networks whose `X-Forwarded-For` says where a request comes from.",
    )
    demo: bool = Field(default=False, description="Every page says that the data is invented.")
    read_only: bool = Field(
        default=False, description="Nobody can hold, book, move or cancel; reading goes on as ever."
    )
    help_phone: str = Field(default=HELP_PHONE, description="The telephone number shown on every page.")
    pool_size: int = Field(default=10, ge=1, le=100, description="Database connections of each web process.")
    request_seconds: int = Field(
        default=30,
        ge=1,
        description="A request that takes longer is broken off; delivering the answer may take as long.",
    )
    requests_per_minute: int = Field(
        default=1200, ge=0, description="Pages and answers that one address may ask for, static files apart; 0 = any."
    )
    session_idle_minutes: int = Field(default=30, ge=1, description="A visit ends after so long without a page.")
    session_hours: int = Field(default=8, ge=1, description="A visit ends after so long in any case.")
    private_targets: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=(), description="Networks that are not public, and that may be called all the same."
    )
    target_ports: Annotated[tuple[int, ...], NoDecode] = Field(
        default=(HTTPS,), description="Ports that may be called, always over https."
    )
    issuers: dict[str, IssuerSettings] = Field(
        default={},
        description="Who else may say who somebody is: OpenID Connect issuers by keys of their own, as JSON.",
    )
    plan_folder: Path | None = Field(
        default=None,
        description="The worker takes in the plans that are put here, and moves each file to `done` or `failed`.",
    )
    policy: Policy = Field(
        default_factory=Policy, description="Times and limits, `GENVEJ_POLICY__NOTICE=PT12H` and so on."
    )
    accounts: AccountPolicy = Field(
        default_factory=AccountPolicy, description="The same around staff accounts, `GENVEJ_ACCOUNTS__FORGET=PT1H`."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, FilesSource(settings_cls)

    @field_validator("field_keys", "other_lookup_keys", "allowed_hosts", "target_ports", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return _parts(value) if isinstance(value, str) else value

    @field_validator("private_targets", mode="before")
    @classmethod
    def _split_networks(cls, value: object) -> object:
        try:
            return tuple(map(ip_network, _parts(value))) if isinstance(value, str) else value
        except ValueError as error:
            raise ValueError("GENVEJ_PRIVATE_TARGETS lists networks such as 10.20.0.0/16, and commas.") from error

    @field_validator("public_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("GENVEJ_PUBLIC_URL is an address such as https://genvej.example, with nothing after it.")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _is_fit(self) -> "Settings":
        rules = (faults_of_mode, faults_of_accounts, faults_of_issuers)
        faults = [*faults_of_keys(self.keys(), self.field_keys), *chain.from_iterable(rule(self) for rule in rules)]
        if faults:
            raise ValueError("\n".join(faults))
        return self

    @property
    def production(self) -> bool:
        """Whether real people are behind what is stored."""
        return self.mode is Mode.PRODUCTION

    @property
    def secure_cookies(self) -> bool:
        """Cookies are for https only, except on a developer's http://localhost."""
        return self.public_url.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """The host names that a request may name, without ports."""
        own = {urlsplit(self.public_url).hostname or "", *map(str.lower, self.allowed_hosts)}
        return frozenset(own if self.production else own | THIS_MACHINE)

    @property
    def targets(self) -> Targets:
        """What may be called, in the form in which the lower floors take it."""
        return Targets(self.private_targets, frozenset(self.target_ports))

    @property
    def forms_to(self) -> tuple[str, ...]:
        """The issuers' origins, to which forms are sent on; each once."""
        return tuple(dict.fromkeys(origin for issuer in self.issuers.values() for origin in issuer.leads_to))

    def vault(self) -> Vault:
        """The keys in the form in which the lower floors take them."""
        return _vault(tuple(self.field_keys), self.lookup_key.get_secret_value(), tuple(self.other_lookup_keys))

    def keys(self) -> dict[str, str]:
        """The keys that are any random text, by the name of their setting."""
        keys = {"GENVEJ_LOOKUP_KEY": self.lookup_key, "GENVEJ_SIGNING_KEY": self.signing_key}
        others = {f"GENVEJ_OTHER_LOOKUP_KEYS, key {n}": key for n, key in enumerate(self.other_lookup_keys, 1)}
        return {name: key.get_secret_value() for name, key in keys.items()} | others


@lru_cache(maxsize=8)
def _vault(keys: Sequence[str], lookup_key: str, others: Sequence[str]) -> Vault:
    """Made once: every request that reads or writes a sealed field asks for it."""
    return Vault(keys, lookup_key, others)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
