"""What whoever hosts Starling was told already, so that of several processes only one tells it."""

from datetime import datetime

from sqlalchemy import bindparam, delete, text

from db.engine import Transaction
from db.tables import UtcDateTime, notices

_TELL = text(
    "INSERT INTO notices (key, told_at) VALUES (:key, :told_at) ON CONFLICT DO NOTHING RETURNING key"
).bindparams(bindparam("told_at", type_=UtcDateTime))


def is_news(tx: Transaction, key: str, now_utc: datetime) -> bool:
    """Whether nobody has told this yet; from now on it counts as told."""
    return tx.execute(_TELL, {"key": key, "told_at": now_utc}).first() is not None


def forget(tx: Transaction, beginning: str) -> None:
    """Let what has a key with this beginning be news again."""
    tx.execute(delete(notices).where(notices.c.key.startswith(beginning, autoescape=True)))
