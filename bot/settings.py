"""What whoever hosts Starling may set, through environment variables or a file .env; read once at start."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

DEFAULT_DATABASE_URL = "sqlite:///data/starling.db"
TELEGRAM_API_URL = "https://api.telegram.org"
ENV_FILE = ".env"

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")


class SettingsError(Exception):
    """Settings are wrong or missing; the text is a line for each, which names it and never shows a secret."""


class _ContentSettings(BaseSettings):
    """Where more packs are, which the demo asks for as well; and how all settings are read."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_file_encoding="utf-8", extra="ignore", hide_input_in_errors=True
    )

    content_dir: Path | None = None

    @model_validator(mode="before")
    @classmethod
    def _set(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Only what is set: without blanks around it, and without what then is empty."""
        stripped = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
        return {name: value for name, value in stripped.items() if value != ""}

    @field_validator("content_dir")
    @classmethod
    def _folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError(f"there is no folder {value}")
        return value


class Settings(_ContentSettings):
    """All settings; the field names are the variables' names in lower case. An empty one means its default."""

    bot_token: SecretStr = SecretStr("")
    bot_api_url: str = TELEGRAM_API_URL
    database_url: str = Field(default=DEFAULT_DATABASE_URL, repr=False)  # may hold a password
    webhook_url: str = ""
    webhook_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    role: Literal["all", "web", "scheduler"] = "all"
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65535)
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    allowed_user_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    send_rate_per_second: float = Field(default=30.0, gt=0, le=10_000)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if token and not _TOKEN.fullmatch(token):
            raise ValueError("is no token; those of @BotFather are digits, a colon, then letters and digits")
        return value

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _http(cls, value: str) -> str:
        if not value:
            return value
        if not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        try:
            parts = urlsplit(value)
            leads_somewhere = bool(parts.hostname) and parts.port != 0
        except ValueError:
            leads_somewhere = False
        if not leads_somewhere:
            raise ValueError("must name a server, and a port from 1 to 65535 if any")
        return value.rstrip("/")

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        if info.data.get("webhook_url") and not value.get_secret_value():
            raise ValueError("must be set when WEBHOOK_URL is")
        return value

    @field_validator("log_level", "log_format", "role", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @field_validator("role")
    @classmethod
    def _role(cls, value: str, info: ValidationInfo) -> str:
        # What is wrong itself is not among the data, and is told for itself.
        if value == "web" and info.data.get("webhook_url") == "":
            raise ValueError("web workers take updates by webhook; set WEBHOOK_URL")
        if value != "all" and info.data.get("database_url", "").startswith("sqlite"):
            raise ValueError("several processes need PostgreSQL; set DATABASE_URL")
        return value

    @field_validator("admin_ids", "allowed_user_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        """Numbers with commas between them, as people write them in a file."""
        return [part for part in value.replace(",", " ").split() if part] if isinstance(value, str) else value


_AnySettings = TypeVar("_AnySettings", bound=_ContentSettings)


class _GivenSettings(Settings):
    """Settings that neither the environment nor a file has a say in."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is given."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


def given_settings(**given: Any) -> Settings:
    """Exactly these settings and the defaults, whatever the environment holds."""
    return _GivenSettings(**given)


def read_settings(**given: Any) -> Settings:
    """The settings from the environment, with ``given`` on top.

    Raises:
        SettingsError: some of them cannot be used, or the file .env cannot be read.
    """
    return _read(Settings, given)


def read_content_dir() -> Path | None:
    """CONTENT_DIR alone, whatever the other settings are; None if it is not set.

    Raises:
        SettingsError: there is no such folder, or the file .env cannot be read.
    """
    return _read(_ContentSettings, {}).content_dir


def _read(kind: type[_AnySettings], given: dict[str, Any]) -> _AnySettings:
    try:
        return kind(**given)
    except ValidationError as error:
        raise SettingsError("\n".join(_lines(error))) from None
    except UnicodeDecodeError:
        raise SettingsError(f"{ENV_FILE}: is not in UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{ENV_FILE}: cannot be read: {error.strerror}") from None


def _lines(error: ValidationError) -> list[str]:
    """A line for each setting that is wrong."""
    said: dict[str, str] = {}
    for fault in error.errors(include_input=False, include_url=False):
        name = str(fault["loc"][0]).upper() if fault["loc"] else "settings"
        said.setdefault(name, f"{name}: {fault['msg'].removeprefix('Value error, ')}")
    return list(said.values())
