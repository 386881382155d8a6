"""The content in force, which may be exchanged while the program runs."""

from dataclasses import dataclass

from content.library import Library


@dataclass(slots=True)
class Shelf:
    """Holds the library; a turn takes it once and keeps to it."""

    library: Library
