"""Loading a library without what it would load only because that happens to be installed."""

import contextlib
import sys
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def absent(*names: str) -> Iterator[None]:
    """What is imported within finds none of these modules, as if they were not installed; those that are loaded stay.

    None in the place of a module says so to the import system (the language reference, section 5.3.1).
    """
    modules: dict[str, Any] = sys.modules
    hidden = [name for name in names if name not in modules]
    modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            del modules[name]
