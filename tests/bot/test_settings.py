"""Settings from the environment and from .env: what counts as not set, and what is said about wrong ones."""

from pathlib import Path

import pytest

from bot.settings import DEFAULT_DATABASE_URL, TELEGRAM_API_URL, Settings, SettingsError, read_settings

TOKEN = "123456789:a-token-of-the-right-shape"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variables of the machine's own, and a folder without .env."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def complaints() -> list[str]:
    """The lines about settings that cannot be used."""
    with pytest.raises(SettingsError) as caught:
        read_settings()
    return str(caught.value).splitlines()


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_empty_setting_means_its_default(monkeypatch: pytest.MonkeyPatch, blank: str) -> None:
    """A line such as `WEB_PORT=` in a file sets nothing, whichever setting it is."""
    default = read_settings()
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), blank)
    assert read_settings() == default
    assert (default.bot_api_url, default.database_url) == (TELEGRAM_API_URL, DEFAULT_DATABASE_URL)


def test_blanks_around_a_setting_are_none_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A blank that was copied along with the token is not a part of it."""
    monkeypatch.setenv("BOT_TOKEN", f" {TOKEN} ")
    monkeypatch.setenv("WEB_HOST", " 0.0.0.0\n")
    settings = read_settings()
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.web_host == "0.0.0.0"


def test_every_wrong_setting_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever made three mistakes reads of three, whether one shows alone or only beside another setting."""
    monkeypatch.setenv("LOG_LEVEL", "banana")
    monkeypatch.setenv("WEB_PORT", "abc")
    monkeypatch.setenv("ROLE", "scheduler")
    monkeypatch.setenv("WEBHOOK_URL", "https://example.org/hook")
    monkeypatch.setenv("CONTENT_DIR", "/nowhere/at/all")
    names = [line.partition(":")[0] for line in complaints()]
    assert sorted(names) == ["CONTENT_DIR", "LOG_LEVEL", "ROLE", "WEBHOOK_SECRET", "WEB_PORT"]


def test_ids_that_are_none_are_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting is named once, however many entries of it are wrong."""
    monkeypatch.setenv("ADMIN_IDS", "ann, bob, 7")
    assert [line.partition(":")[0] for line in complaints()] == ["ADMIN_IDS"]


@pytest.mark.parametrize("token", ["no-colon", "123456789", ":abc", "abc:def", "1:a b", "1:ключ", "1:a/b#c"])
def test_token_of_impossible_form_is_told_by_name_only(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    """What BotFather cannot have given is told at once; what stands there may be another secret."""
    monkeypatch.setenv("BOT_TOKEN", token)
    (line,) = complaints()
    assert line.startswith("BOT_TOKEN: ")
    assert token not in line


@pytest.mark.parametrize(
    "url", ["telegram.org", "http://", "https:///bot", "http://127.0.0.1:abc", "http://127.0.0.1:99999"]
)
@pytest.mark.parametrize("name", ["BOT_API_URL", "WEBHOOK_URL"])
def test_address_without_a_server_is_told(monkeypatch: pytest.MonkeyPatch, name: str, url: str) -> None:
    """An address that leads nowhere would be tried for ever."""
    monkeypatch.setenv("WEBHOOK_SECRET", "secret")
    monkeypatch.setenv(name, url)
    (line,) = complaints()
    assert line.startswith(f"{name}: ")


def test_env_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """Windows' editor marks UTF-8; the first setting counts all the same."""
    (tmp_path / ".env").write_bytes(f"\ufeffBOT_TOKEN={TOKEN}\r\nWEB_PORT=\r\n".encode())
    assert read_settings().bot_token.get_secret_value() == TOKEN


def test_env_file_in_utf16_is_one_line(tmp_path: Path) -> None:
    """The line names the file and what to do; nothing of the file is shown."""
    (tmp_path / ".env").write_text(f"BOT_TOKEN={TOKEN}\n", encoding="utf-16")
    (line,) = complaints()
    assert line.startswith(".env: ")
    assert "UTF-8" in line


def test_env_file_in_another_codepage_is_one_line(tmp_path: Path) -> None:
    """An umlaut of an old editor is told like UTF-16."""
    (tmp_path / ".env").write_bytes(b"# f\xfcr den Bot\nWEB_PORT=1\n")
    assert [line.partition(":")[0] for line in complaints()] == [".env"]


def test_no_secret_is_in_the_text_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Token and webhook secret are hidden where settings are shown."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("WEBHOOK_SECRET", "a-hook-secret")
    shown = repr(read_settings())
    assert TOKEN not in shown
    assert "a-hook-secret" not in shown
