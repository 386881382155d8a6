"""The command line: run, demo, content, coach, db, doctor."""

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot import lean, log
from bot.settings import Settings, SettingsError, read_settings

EXIT_FAILED = 1
EXIT_SETTING = 2

app = typer.Typer(
    name="starling",
    help="An interview partner that lives in Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
content_app = typer.Typer(help="Question packs: check, list, describe the format.", no_args_is_help=True)
db_app = typer.Typer(help="The database: migrate, back up.", no_args_is_help=True)
app.add_typer(content_app, name="content")
app.add_typer(db_app, name="db")


def main() -> None:
    """Entry of the console script."""
    app()


def _tell_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"starling {version('starling-interview')}\n")
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version and end."),
    ] = False,
) -> None:
    """An interview partner that lives in Telegram."""


@app.command()
def run() -> None:
    """Run the bot with the settings from the environment or .env."""
    settings = _settings()
    if not settings.bot_token.get_secret_value():
        _stop("BOT_TOKEN: must be set; without one there is `starling demo`", EXIT_SETTING)
    log.configure(settings.log_level, settings.log_format)
    with lean.for_good():
        library = _library(settings.content_dir)
        import structlog

        from bot import running
        from content.library import holds_packs

    if settings.content_dir is not None and not holds_packs(settings.content_dir):
        structlog.get_logger().warning("content_dir_without_packs", folder=str(settings.content_dir))

    try:
        running.run_loop(running.run(settings, library))
    except running.Stopped as stopped:
        _stop(str(stopped), stopped.code)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the chat page.", min=0, max=65535)] = 8080,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Try it in the browser: no token, no network, nothing is kept."""
    log.configure("warning", "text")
    library = _library(None)
    from bot import demo as demonstration
    from bot import running

    try:
        running.run_loop(demonstration.demonstrate(library, host, port))
    except running.Stopped as stopped:
        _stop(str(stopped), stopped.code)


@app.command()
def coach() -> None:
    """Read answers as JSON lines on standard input, write what the coach says as JSON lines.

    A line that cannot be read gives {"id", "error"}, and the exit code 1 at the end.
    """
    from bot.coaching import coached

    library = _library(None)
    failed = False
    for number, record in enumerate(sys.stdin.buffer, start=1):
        if not record.strip():
            continue
        said, was_read = coached(number, record, library)
        failed = failed or not was_read
        # Half a character, cut from a pair, is not UTF-8; JSON writes it as this escape.
        sys.stdout.buffer.write(said.encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()
    if failed:
        raise typer.Exit(EXIT_FAILED)


@app.command()
def doctor() -> None:
    """Check settings, packs, database and token, and say what is wrong in a line each."""
    from bot import doctor as examination

    settings = _settings()
    log.configure("error", "text")
    if not examination.examine(settings, sys.stdout.write):
        raise typer.Exit(EXIT_FAILED)


@content_app.command("check")
def content_check(paths: Annotated[list[Path] | None, typer.Argument()] = None) -> None:
    """Check packs, the shipped ones by default, and name everything that is wrong."""
    from content.library import check
    from content.problems import counted

    checked = check(paths or [])
    for problem in checked.problems:
        sys.stderr.write(f"{problem}\n")
    for note in checked.notes:
        sys.stdout.write(f"{note}\n")
    questions = sum(len(category.questions) for category in checked.categories)
    if checked.problems:
        raise typer.Exit(EXIT_FAILED)
    found = f"{counted(len(checked.categories), 'category', 'categories')}, {counted(questions, 'question')}"
    sys.stdout.write(f"{found}, nothing wrong.\n")


@content_app.command("list")
def content_list(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """List the questions."""
    library = _library(_settings().content_dir)
    rows = [
        {
            "id": question.id,
            "category": category.id,
            "prompt": question.prompt,
            "points": [point.id for point in question.points],
            "retired": question.retired,
        }
        for category in library.categories
        for question in category.questions
    ]
    if as_json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return
    for row in rows:
        sys.stdout.write(f"{row['id']}  {row['prompt']}\n")


@content_app.command("schema")
def content_schema() -> None:
    """Print the JSON Schema of a pack, for editors."""
    from content.schema import schema_text

    sys.stdout.write(schema_text())


@content_app.command("new")
def content_new(
    category_id: Annotated[str, typer.Argument(metavar="ID", help="The new category's id.")],
    folder: Annotated[Path | None, typer.Option("--in", help="Folder; CONTENT_DIR, else this one.")] = None,
) -> None:
    """Write a new pack, in which `starling content check` names what is still to be filled in."""
    from content.library import ENDING, is_category_id
    from content.skeleton import schema_path_from, skeleton

    if not is_category_id(category_id):
        _stop(
            f"{category_id}: an id is lower-case words joined by hyphens, at most 32 characters", EXIT_FAILED
        )
    target = (folder or _settings().content_dir or Path()) / f"{category_id}{ENDING}"
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(skeleton(schema_path_from(target.parent)))
    except FileExistsError:
        _stop(f"{target}: is there already, and stays as it is", EXIT_FAILED)
    except OSError as error:
        _stop(f"{target}: cannot be written: {error.strerror}", EXIT_FAILED)
    sys.stdout.write(f"{target}\n")


@content_app.command("preview")
def content_preview(
    wanted: Annotated[str, typer.Argument(metavar="ID", help="Id of a question or of a category.")],
    path: Annotated[
        Path | None, typer.Argument(help="Pack or folder to look in; CONTENT_DIR unless given.")
    ] = None,
) -> None:
    """Print what people will see of a question: the card, the steps with their hints, the model answer, the tips."""
    from bot.preview import preview

    shown = preview(_library(path or _settings().content_dir), wanted)
    if shown is None:
        _stop(f"{wanted}: no pack has a question or a category of this id", EXIT_FAILED)
    sys.stdout.write(f"{shown}\n")


@db_app.command("migrate")
def db_migrate() -> None:
    """Bring the database to the newest shape; `starling run` does so by itself."""
    from db.migrate import migrate

    changed = _with_database(migrate)
    sys.stdout.write("Migrated.\n" if changed else "Nothing to do.\n")


@db_app.command("backup")
def db_backup(target: Annotated[Path, typer.Argument(help="File to write; must not exist.")]) -> None:
    """Copy the SQLite database, also while Starling runs."""
    from db.backup import back_up

    _with_database(lambda database: back_up(database, target), must_exist=True)
    sys.stdout.write(f"Copied to {target}.\n")


def _with_database(work: Any, *, must_exist: bool = False) -> Any:
    from db.backup import BackupError
    from db.engine import Database, DatabaseMissing, DatabaseRefused, DatabaseUnavailable, DatabaseUrlError
    from db.migrate import SchemaTooNew

    settings = _settings()
    try:
        database = Database(settings.database_url, must_exist=must_exist)
    except DatabaseMissing as error:
        _stop(str(error), EXIT_FAILED)
    except DatabaseUrlError as error:
        _stop(str(error), EXIT_SETTING)
    try:
        return work(database)
    except DatabaseRefused as error:
        _stop(f"DATABASE_URL: {error}", EXIT_SETTING)
    except (DatabaseUnavailable, SchemaTooNew, BackupError) as error:
        _stop(str(error), EXIT_FAILED)
    finally:
        database.close()


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsError as error:
        _stop(str(error), EXIT_SETTING)


def _library(extra_dir: Path | None) -> Any:
    from content.library import load_library
    from content.problems import ContentError

    try:
        return load_library(extra_dir)
    except ContentError as error:
        _stop(str(error), EXIT_FAILED)


def _stop(lines: str, code: int) -> NoReturn:
    sys.stderr.writelines(f"starling: {line}\n" for line in lines.splitlines())
    raise typer.Exit(code)
