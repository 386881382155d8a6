"""``python -m bot`` is the same as ``starling``."""

from bot.cli import main

main()
