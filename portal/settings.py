"""Every setting, read once from the environment (prefix `GENVEJ_`) when a command starts."""

from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from matching.policy import Policy
from providers.vault import Vault, VaultKeyInvalid


class Settings(BaseSettings):
    """Names, meanings and defaults; the README lists the same, and a test compares the two."""

    model_config = SettingsConfigDict(env_prefix="GENVEJ_", env_nested_delimiter="__", extra="ignore")

    database_url: str = Field(
        validation_alias=AliasChoices("GENVEJ_DATABASE_URL", "DATABASE_URL", "database_url"),
        description="Where the app and the worker log in.",
    )
    field_keys: Annotated[list[str], NoDecode] = Field(
        description="Fernet keys that seal personal data, newest first, separated by commas."
    )
    lookup_key: SecretStr = Field(min_length=32, description="Keys the hashes of codes and CPR numbers.")
    signing_key: SecretStr = Field(min_length=32, description="Signs the cursors of the API.")
    public_url: str = Field(default="http://localhost:8000", description="The address that people type.")
    demo: bool = Field(default=False, description="Every page says that the data is invented.")
    help_phone: str = Field(default="00 00 00 00", description="The telephone number shown on every page.")
    pool_size: int = Field(default=10, ge=1, le=100, description="Database connections of each web process.")
    session_idle_minutes: int = Field(default=30, ge=1, description="A visit ends after so long without a page.")
    session_hours: int = Field(default=8, ge=1, description="A visit ends after so long in any case.")
    policy: Policy = Field(
        default_factory=Policy, description="Times and limits, `GENVEJ_POLICY__NOTICE=PT12H` and so on."
    )

    @field_validator("field_keys", mode="before")
    @classmethod
    def _split_keys(cls, value: object) -> object:
        return [key.strip() for key in value.split(",") if key.strip()] if isinstance(value, str) else value

    @model_validator(mode="after")
    def _keys_must_work(self) -> "Settings":
        try:
            self.vault()
        except VaultKeyInvalid as error:
            raise ValueError("GENVEJ_FIELD_KEYS holds something that is not a Fernet key") from error
        return self

    @property
    def secure_cookies(self) -> bool:
        """Cookies are for https only, except on a developer's http://localhost."""
        return self.public_url.startswith("https://")

    def vault(self) -> Vault:
        """The keys in the form in which the lower floors take them."""
        if not self.field_keys:
            raise ValueError("GENVEJ_FIELD_KEYS holds no key")
        return Vault(self.field_keys, self.lookup_key.get_secret_value())
