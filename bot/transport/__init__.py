"""Telegram: the only package that imports its library. In: poller, webhook. Out: sender."""

from bot.lean import absent

with absent("click"):  # its HTTP client, which is not used here, would load a command line of its own: 3 MB
    import telegram

__all__ = ["telegram"]
