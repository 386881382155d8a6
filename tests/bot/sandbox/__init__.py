"""Tests of the stand-in for Telegram, over real HTTP."""
