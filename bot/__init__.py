"""Starling: a daily interview partner in Telegram."""

__version__ = "0.1.0"
