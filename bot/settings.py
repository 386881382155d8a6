"""What whoever hosts Starling may set, through environment variables or a file .env; read once at start."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEFAULT_DATABASE_URL = "sqlite:///data/starling.db"
TELEGRAM_API_URL = "https://api.telegram.org"


class SettingsError(Exception):
    """A setting is wrong or missing; the text is one line that names it and never shows a secret."""


class Settings(BaseSettings):
    """All settings; the field names are the variables' names in lower case."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    bot_token: SecretStr = SecretStr("")
    bot_api_url: str = TELEGRAM_API_URL
    database_url: str = DEFAULT_DATABASE_URL
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    role: Literal["all", "web", "scheduler"] = "all"
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65535)
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    allowed_user_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    content_dir: Path | None = None
    send_rate_per_second: float = Field(default=30.0, gt=0, le=10_000)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"

    @field_validator("admin_ids", "allowed_user_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        """Numbers with commas between them, as people write them in a file."""
        return [part for part in value.replace(",", " ").split() if part] if isinstance(value, str) else value

    @field_validator("log_level", "log_format", "role", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @field_validator("content_dir", mode="before")
    @classmethod
    def _no_dir(cls, value: Any) -> Any:
        return value or None

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _http(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")


def read_settings(**given: Any) -> Settings:
    """The settings from the environment, with ``given`` on top.

    Raises:
        SettingsError: one of them cannot be used.
    """
    try:
        settings = Settings(**given)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "settings"
        raise SettingsError(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
    if settings.webhook_url and not settings.webhook_secret.get_secret_value():
        raise SettingsError("WEBHOOK_SECRET: must be set when WEBHOOK_URL is")
    if settings.role == "web" and not settings.webhook_url:
        raise SettingsError("ROLE: web workers take updates by webhook; set WEBHOOK_URL")
    if settings.role != "all" and settings.database_url.startswith("sqlite"):
        raise SettingsError("ROLE: several processes need PostgreSQL; set DATABASE_URL")
    if settings.content_dir is not None and not settings.content_dir.is_dir():
        raise SettingsError(f"CONTENT_DIR: there is no folder {settings.content_dir}")
    return settings
