"""Logging: a stable event name and fields. Never a person's words, a name or the token."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

from bot.lean import absent

with absent(
    "rich"
):  # for tracebacks in colour; they quote people, so they are never shown, and it takes 4 MB
    import structlog


def configure(level: str, form: str) -> None:
    """Set logging up for the process; ``form`` is ``text`` or ``json``."""
    number = logging.getLevelNamesMapping()[level.upper()]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_values,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries log request lines and parameters, which hold the token and people's words.
    logging.disable(logging.CRITICAL)


def frames(error: BaseException) -> str:
    """Where an exception came from and its type, without its text, which may quote a person."""
    places = [
        f"{frame.name} ({frame.filename.rsplit('/', 2)[-2:][0]}/{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno})"
        for frame in traceback.extract_tb(error.__traceback__)[-8:]
    ]
    return f"{type(error).__name__} in " + " < ".join(reversed(places))


def _without_values(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its type and place."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        event["error"] = frames(error)
    return event
