"""`starling doctor`: every part that a run depends on, tried once, a line each."""

import asyncio
from collections.abc import Callable

from bot.settings import Settings
from bot.transport.connection import BadToken, try_once
from content.library import holds_packs, load_library
from content.problems import ContentError, counted
from db.engine import Database, DatabaseMissing, DatabaseUnavailable, DatabaseUrlError
from db.migrate import HEAD, current

Say = Callable[[str], object]


def examine(settings: Settings, say: Say) -> bool:
    """Try packs, database and token; say what was found; whether everything is well."""
    checks = (_examine_content, _examine_database, _examine_token)
    # All of them run, so that everything wrong is said at once.
    results = [check(settings, say) for check in checks]
    return all(results)


def _examine_content(settings: Settings, say: Say) -> bool:
    try:
        library = load_library(settings.content_dir)
    except ContentError as error:
        say(f"packs     wrong: {error}\n")
        return False
    if settings.content_dir is not None and not holds_packs(settings.content_dir):
        say(f"packs     wrong: CONTENT_DIR, {settings.content_dir}, holds no pack (*.yaml)\n")
        return False
    questions = counted(len(library.askable()), "question")
    say(f"packs     fine: {questions} in {counted(len(library.categories), 'category', 'categories')}\n")
    return True


def _examine_database(settings: Settings, say: Say) -> bool:
    try:
        database = Database(settings.database_url, must_exist=True)
    except DatabaseMissing as missing:
        if missing.hindrance is not None:
            say(f"database  wrong: {missing}, and {missing.hindrance}\n")
            return False
        say("database  fine: SQLite, will be made at the first start\n")
        return True
    except DatabaseUrlError as error:
        say(f"database  wrong: {error}\n")
        return False
    try:
        with database.transaction() as tx:
            revision = current(tx)
    except DatabaseUnavailable as error:
        say(f"database  wrong: {error}\n")
        return False
    finally:
        database.close()
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    state = "up to date" if revision == HEAD else "will be migrated at the next start"
    say(f"database  fine: {kind}, {state}\n")
    return True


def _examine_token(settings: Settings, say: Say) -> bool:
    token = settings.bot_token.get_secret_value()
    if not token:
        say("token     wrong: BOT_TOKEN is not set\n")
        return False
    try:
        username = asyncio.run(try_once(token, settings.bot_api_url))
    except BadToken:
        say("token     wrong: Telegram refuses BOT_TOKEN\n")
        return False
    except ConnectionError:
        say(f"token     unknown: {settings.bot_api_url} cannot be reached\n")
        return False
    say(f"token     fine: @{username}\n")
    return True
