"""Whether a person can be reached: blocking the bot stops the pushes, coming back brings them again."""

from datetime import datetime

from bot.domain.terms import PersonId
from bot.usecases import settings
from bot.usecases.turn import Turn
from db import outbox, people, reminders
from db.engine import Transaction


def blocked(tx: Transaction, person_id: PersonId, now_utc: datetime) -> None:
    """Telegram refuses messages to this person: no push is due until they come back; what waited is dropped."""
    outbox.remove_of(tx, person_id)
    person = people.lock(tx, person_id)
    if person is not None and person.blocked_at is None:
        people.change(tx, person, blocked_at=now_utc, next_push_at=None)
        reminders.drop(tx, person_id)


def came_back(turn: Turn) -> None:
    """The person wrote, tapped or unblocked the bot: pushes come again."""
    if turn.person.blocked_at is not None:
        turn.change(blocked_at=None)
        settings.reschedule(turn)
