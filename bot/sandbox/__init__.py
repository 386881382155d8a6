"""A local stand-in for Telegram: Bot API server and chat page, for `starling demo` and the tests.

Knows nothing of the rest of the project, so that what works against it works because of Telegram's rules alone.
"""
