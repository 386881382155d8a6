"""Telegram: the only package that imports its library. In: poller, webhook. Out: sender."""
