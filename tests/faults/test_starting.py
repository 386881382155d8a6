"""Starts that cannot succeed, or not yet: one clear line, a retry where that helps, an exit code where it does not."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from db.migrate import HEAD
from tests.faults.child import Child, free_port
from tests.faults.storage import Storage
from tests.faults.world import World

EXIT_FAILED = 1
EXIT_SETTING = 2


async def _line_of_exit(child: Child, code: int) -> str:
    """The one line that it left with."""
    assert await child.exits() == code, child.output
    assert len(child.lines) == 1, child.output
    return child.lines[0]


async def test_wrong_token_is_one_line_and_exit_2(world: World, sqlite_url: str) -> None:
    """A token that Telegram does not know (401) ends the start; the line names the setting, not its value."""
    child = world.start(sqlite_url, BOT_TOKEN="123456789:another-token-of-the-right-shape")
    line = await _line_of_exit(child, EXIT_SETTING)
    assert "BOT_TOKEN" in line
    assert "another-token" not in child.output


@pytest.mark.parametrize("token", ["no-token", "1:a b", "1:ключ", "123:a/b#c?d"])
async def test_malformed_token_is_one_line_and_exit_2(world: World, sqlite_url: str, token: str) -> None:
    """What cannot be a token ends the start in the same way."""
    child = world.start(sqlite_url, BOT_TOKEN=token)
    line = await _line_of_exit(child, EXIT_SETTING)
    assert "BOT_TOKEN" in line
    assert token not in child.output


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", ""),
        ("WEB_PORT", "many"),
        ("DATABASE_URL", "mysql://root:open-sesame@127.0.0.1/x"),
        ("DATABASE_URL", "not a url, open-sesame"),
        ("BOT_API_URL", "telegram.org"),
        ("ADMIN_IDS", "open-sesame"),
        ("LOG_LEVEL", "loud"),
        ("CONTENT_DIR", "/nowhere/at/all"),
        ("WEBHOOK_URL", "https://example.org/without-a-secret"),
        ("DATABASE_URL", "postgresql://ann:open-sesame@127.0.0.1:abc/x"),
        ("DATABASE_URL", "postgresql://ann:open-sesame@127.0.0.1:99999/x"),
        ("DATABASE_URL", "postgresql://ann:pass@open-sesame@127.0.0.1/x"),
        ("DATABASE_URL", "postgresql://ann:open-sesame@127.0.0.1/x?colour=red"),
        ("DATABASE_URL", "postgresql://ann:open-sesame@127.0.0.1/x?sslmode=perhaps"),
        ("DATABASE_URL", "sqlite:////tmp"),
        ("DATABASE_URL", "sqlite://data/starling.db"),
    ],
)
async def test_wrong_setting_is_one_line_and_exit_2(
    world: World, sqlite_url: str, name: str, value: str
) -> None:
    """A setting that cannot be used is named; what it holds may be a secret and is not shown."""
    child = world.start(sqlite_url, **{name: value})
    line = await _line_of_exit(child, EXIT_SETTING)
    assert name.removesuffix("_URL") in line
    assert "open-sesame" not in child.output
    assert child.events() == [], "nothing was tried"


async def test_token_of_blanks_is_told_before_anything_is_made(world: World, tmp_path: Path) -> None:
    """A run that cannot begin leaves no database behind."""
    child = world.start(f"sqlite:///{tmp_path}/new/starling.db", BOT_TOKEN=" ")
    assert "must be set" in await _line_of_exit(child, EXIT_SETTING)
    assert not (tmp_path / "new").exists()


async def test_each_wrong_setting_is_a_line(world: World, sqlite_url: str) -> None:
    """Two mistakes are mended in one go."""
    child = world.start(sqlite_url, LOG_LEVEL="banana", WEB_PORT="abc")
    assert await child.exits() == EXIT_SETTING
    assert sorted(line.split(":")[1].strip() for line in child.lines) == ["LOG_LEVEL", "WEB_PORT"]


async def test_unreachable_server_is_tried_until_it_appears(world: World, sqlite_url: str) -> None:
    """One line for each try, no more; when the server appears, the bot works."""
    port = free_port()
    child = world.start(sqlite_url, BOT_API_URL=f"http://127.0.0.1:{port}")
    await child.logs("telegram_unreachable", times=2)
    assert child.lines == []
    late = Sandbox(limits=None)
    await late.start(port=port)
    try:
        person = World(late, world.folder).someone()
        person.write("/help")
        await person.reads("/history")
    finally:
        await late.stop()


async def test_server_that_answers_nonsense_is_tried_again(world: World, sqlite_url: str) -> None:
    """A 502 with a page of HTML while starting is no reason to give up."""
    world.fault("bad_gateway", times=2)
    child = await world.run(sqlite_url)
    assert len(child.events("telegram_unreachable")) == 2


async def test_second_starling_on_one_file_is_refused(world: World, sqlite_url: str) -> None:
    """SQLite takes one process; the second says so and leaves the first alone."""
    first = await world.run(sqlite_url)
    second = world.start(sqlite_url)
    line = await _line_of_exit(second, EXIT_FAILED)
    assert "another Starling" in line
    assert first.process.poll() is None


async def test_file_that_is_no_database_is_one_line(world: World, tmp_path: Path) -> None:
    """Some other file at the database's place is told apart from a database that is just not ready."""
    path = tmp_path / "letters.db"
    path.write_text("Dear Ann, this is no database. " * 100)
    child = world.start(f"sqlite:///{path}")
    line = await _line_of_exit(child, EXIT_FAILED)
    assert "database" in line
    assert path.read_text().startswith("Dear Ann")


async def test_database_of_a_newer_starling_is_one_line(world: World, database_url: str) -> None:
    """A program does not touch tables it does not know."""
    storage = Storage(database_url)
    storage.change("UPDATE alembic_version SET version_num = '9999'")
    try:
        child = world.start(database_url)
        line = await _line_of_exit(child, EXIT_FAILED)
    finally:
        storage.change(f"UPDATE alembic_version SET version_num = '{HEAD}'")  # noqa: S608 - our own name
    assert "9999" in line


async def test_port_taken_is_one_line_and_exit_2(world: World, sqlite_url: str) -> None:
    """Another program on the web port is a matter of settings."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        child = world.start(sqlite_url, WEB_PORT=str(port))
        line = await _line_of_exit(child, EXIT_SETTING)
    assert "WEB_PORT" in line
    assert str(port) in line


async def test_refused_webhook_is_one_line_and_exit_2(world: World, sqlite_url: str) -> None:
    """An address that Telegram does not take is a matter of settings."""
    child = world.start(sqlite_url, WEBHOOK_URL="http://198.51.100.7/hook", WEBHOOK_SECRET="a-hook-secret")
    line = await _line_of_exit(child, EXIT_SETTING)
    assert "WEBHOOK_URL" in line
    assert "a-hook-secret" not in child.output


async def test_broken_pack_is_clear_lines_and_an_exit(world: World, sqlite_url: str, tmp_path: Path) -> None:
    """Each problem is a line with the file's name; nothing is started with half the questions."""
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "half.yaml").write_text("id: half\ntitle: [unclosed\n")
    (packs / "empty.yaml").write_text("id: empty\nsurprise: 1\n")
    child = world.start(sqlite_url, CONTENT_DIR=str(packs))
    assert await child.exits() == EXIT_FAILED
    assert "half.yaml" in child.output
    assert "empty.yaml" in child.output
    assert all("yaml" in line for line in child.lines)


async def test_folder_without_packs_is_a_warning(world: World, sqlite_url: str, tmp_path: Path) -> None:
    """A folder that was named and holds nothing is pointed out, and no reason not to start."""
    packs = tmp_path / "packs"
    packs.mkdir()
    child = await world.run(sqlite_url, CONTENT_DIR=str(packs))
    assert len(child.events("content_dir_without_packs")) == 1


@pytest.mark.slow
async def test_unreachable_postgres_is_tried_then_one_line(world: World) -> None:
    """A PostgreSQL that is just starting gets ten seconds; the password is in no line."""
    child = world.start(f"postgresql://ann:open-sesame@127.0.0.1:{free_port()}/starling")
    line = await _line_of_exit(child, EXIT_FAILED)
    assert "database" in line
    assert 2 <= len(child.events("database_unavailable")) <= 10
    assert "open-sesame" not in child.output


@contextlib.asynccontextmanager
async def _refusing_postgres(code: str, message: str) -> AsyncIterator[str]:
    """URL of a server that speaks PostgreSQL's protocol just far enough to refuse everybody."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        size = int.from_bytes(await reader.readexactly(4), "big")
        await reader.readexactly(size - 4)
        fields = b"".join(
            f"{kind}{text}\0".encode() for kind, text in (("S", "FATAL"), ("C", code), ("M", message))
        )
        writer.write(b"E" + (len(fields) + 5).to_bytes(4, "big") + fields + b"\0")
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"postgresql://ann:open-sesame@127.0.0.1:{port}/diary?sslmode=disable&gssencmode=disable"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("28P01", 'password authentication failed for user "ann"'),
        ("28000", 'role "ann" does not exist'),
        ("28000", 'role "ann" is not permitted to log in'),
        ("28000", 'no pg_hba.conf entry for host "10.0.0.9", user "ann", database "diary", no encryption'),
        ("3D000", 'database "diary" does not exist'),
        ("42501", 'permission denied for database "diary"'),
    ],
)
async def test_postgres_that_does_not_let_us_in_is_one_line_at_once(
    world: World, code: str, message: str
) -> None:
    """A wrong password or name does not mend itself, so it is tried once; the line says which it is."""
    async with _refusing_postgres(code, message) as url:
        child = world.start(url)
        line = await _line_of_exit(child, EXIT_SETTING)
    assert "DATABASE_URL" in line
    assert message in line
    assert child.events() == []
    assert "open-sesame" not in child.output


async def test_postgres_that_is_starting_up_is_tried_again(world: World) -> None:
    """A server that says itself that it will soon be there is waited for."""
    async with _refusing_postgres("57P03", "the database system is starting up") as url:
        child = world.start(url)
        await child.logs("database_unavailable", times=2)


async def test_database_that_a_real_postgres_does_not_have_is_one_line(
    world: World, postgres_url: str
) -> None:
    """What the stand-in above says is what PostgreSQL says."""
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    child = world.start(postgres_url.replace(f"/{name}?", "/nowhere?"))
    assert 'database "nowhere" does not exist' in await _line_of_exit(child, EXIT_SETTING)
    assert child.events() == []


async def test_folder_that_cannot_be_written_is_one_line(world: World, tmp_path: Path) -> None:
    """Without the right to write there, the line says that it is the database's file."""
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    if os.access(folder, os.W_OK):  # root may write anywhere but where nothing can be made
        folder = Path("/proc")
    child = world.start(f"sqlite:///{folder}/starling.db")
    line = await _line_of_exit(child, EXIT_SETTING)
    assert "DATABASE_URL" in line
    assert child.events() == [], "it was tried once"


async def test_folder_that_cannot_be_made_is_one_line(world: World, tmp_path: Path) -> None:
    """A file where the folder should be is a matter of settings."""
    (tmp_path / "file").write_text("")
    child = world.start(f"sqlite:///{tmp_path}/file/starling.db")
    assert "folder" in await _line_of_exit(child, EXIT_SETTING)


@pytest.mark.slow
async def test_locked_file_is_waited_for(world: World, sqlite_url: str) -> None:
    """Another process that holds the file for a while, such as a backup, only delays the start."""
    with Storage(sqlite_url).locked():
        child = world.start(sqlite_url)
        await child.logs("database_unavailable")
    await child.logs("started")
    assert child.lines == []
