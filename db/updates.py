"""Which updates were already handled."""

from datetime import datetime

from sqlalchemy import bindparam, delete, text

from db.engine import Transaction
from db.prepared import Prepared
from db.tables import UtcDateTime, updates

# Both databases understand this form; SQLAlchemy's constructs differ by dialect.
_REMEMBER = Prepared(
    text(
        "INSERT INTO updates (update_id, received_at) VALUES (:update_id, :received_at)"
        " ON CONFLICT DO NOTHING RETURNING update_id"
    ).bindparams(bindparam("received_at", type_=UtcDateTime))
)


def remember(tx: Transaction, update_id: int, now_utc: datetime) -> bool:
    """Remember the update; False if it was handled before.

    Ids are remembered, not compared: after a week without updates Telegram goes on at a random id
    (https://core.telegram.org/bots/api#update).
    """
    row = _REMEMBER.first(tx, {"update_id": update_id, "received_at": now_utc})
    return row is not None


def forget_before(tx: Transaction, moment_utc: datetime) -> int:
    """Forget the updates received before then; how many those were."""
    return tx.execute(delete(updates).where(updates.c.received_at < moment_utc)).rowcount
