"""What a screen is made of. Knows Telegram's shapes (rows of buttons, HTML), not its library."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: a label and either ``data`` (at most 64 bytes, built in `buttons`) or a ``url``."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ReplyButton:
    """One key of the keyboard under the text field; pressing it sends its label or the person's location."""

    label: str
    request_location: bool = False


Rows = tuple[tuple[Button, ...], ...]
ReplyRows = tuple[tuple[ReplyButton, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message: Telegram HTML of at most 4096 UTF-16 units after parsing, and what hangs below it.

    ``reply_rows`` None leaves the keyboard under the text field as it is, an empty tuple removes it.
    Telegram takes either inline ``rows`` or ``reply_rows`` with one message, never both. ``standing`` says where
    things stand: with two of them on their way to a person, the first has nothing to add to the second.
    """

    html: str
    rows: Rows = ()
    reply_rows: ReplyRows | None = None
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file to download, with an HTML caption of at most 1024 units after parsing."""

    filename: str
    content: bytes
    caption_html: str = ""
