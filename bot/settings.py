"""Settings from the environment; a missing or malformed one stops the start with one line that names it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import Misconfigured
from bot.strangers.guard import MESSAGES

# Any of these connects a real network.
_REAL = ("telegram_token", "slack_bot_token", "slack_client_id", "discord_token", "twilio_account_sid", "webhook_url")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Settings(BaseSettings):
    """The settings of design section 7 that exist so far; names in the environment are upper case."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    port: int = Field(default=8080, ge=0, le=65535)
    host: str = "127.0.0.1"
    public_url: str = ""
    data_dir: Path = Path("data")
    mongo_url: str = ""
    redis_url: str = ""
    secret_key: str = ""
    log_level: str = "INFO"
    owners: str = ""
    simulator: bool | None = None
    sandbox_seed: int = 1
    messages_a_minute: int = Field(default=MESSAGES, ge=1)
    anthropic_api_key: str = Field(default="", repr=False)
    anthropic_base_url: str = ""
    anthropic_model: str = ""
    telegram_token: str = Field(default="", repr=False)
    telegram_webhook_secret: str = Field(default="", repr=False)
    telegram_api_base: str = ""
    twilio_account_sid: str = ""
    twilio_auth_token: str = Field(default="", repr=False)
    twilio_whatsapp_from: str = ""
    twilio_api_base: str = ""
    slack_bot_token: str = Field(default="", repr=False)
    slack_signing_secret: str = Field(default="", repr=False)
    slack_app_token: str = Field(default="", repr=False)
    slack_client_id: str = ""
    slack_client_secret: str = Field(default="", repr=False)
    slack_api_base: str = ""
    discord_token: str = Field(default="", repr=False)
    discord_public_key: str = Field(default="", pattern="^([0-9a-fA-F]{64})?$")
    discord_api_base: str = ""
    discord_gateway_url: str = ""
    webhook_url: str = ""
    webhook_secret: str = Field(default="", repr=False)

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, level: str) -> str:
        if level.upper() not in _LEVELS:
            raise ValueError(f"must be one of {', '.join(_LEVELS)}")
        return level.upper()

    @field_validator("mongo_url")
    @classmethod
    def _mongo_scheme(cls, url: str) -> str:
        return _scheme(url, "mongodb://", "mongodb+srv://")

    @field_validator("discord_gateway_url")
    @classmethod
    def _socket_scheme(cls, url: str) -> str:
        return _scheme(url, "ws://", "wss://")

    @field_validator(
        "public_url", "anthropic_base_url", "telegram_api_base", "slack_api_base", "twilio_api_base",
        "discord_api_base", "webhook_url",
    )  # fmt: skip
    @classmethod
    def _web_address(cls, url: str) -> str:
        found = urlsplit(url)
        if url and not (found.scheme in ("http", "https") and found.hostname):
            raise ValueError("must be an address such as https://caravan.example")
        return url

    @field_validator("owners")
    @classmethod
    def _identities(cls, owners: str) -> str:
        if not all(re.fullmatch(r"[a-z]+:\S.*", o.strip()) for o in owners.split(",") if o.strip()):
            raise ValueError("must be a list such as telegram:123,slack:U0123")
        return owners

    @field_validator("redis_url")
    @classmethod
    def _redis_scheme(cls, url: str) -> str:
        return _scheme(url, "redis://", "rediss://", "unix://")

    @property
    def address(self) -> str:
        """What people's browsers reach us by."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach us."""
        return self.host in ("127.0.0.1", "::1", "localhost")

    @property
    def simulated(self) -> bool:
        """Whether the simulator runs: asked for, or on loopback with no real channel configured."""
        real = any(getattr(self, name) for name in _REAL)
        return self.loopback and not real if self.simulator is None else self.simulator

    @property
    def owner_identities(self) -> tuple[str, ...]:
        """Identity keys of owners, from `OWNERS`."""
        return tuple(o.strip() for o in self.owners.split(",") if o.strip())


def _scheme(url: str, *schemes: str) -> str:
    if url and not url.startswith(schemes):
        raise ValueError(f"must start with {' or '.join(schemes)}")
    return url


def read_settings() -> Settings:
    """Settings from the environment, an empty value counting as absent; Misconfigured names the first bad one."""
    try:
        return Settings(_env_ignore_empty=True)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise Misconfigured(f"{name}: {first['msg'].removeprefix('Value error, ')}") from wrong
