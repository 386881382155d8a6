"""One turn of the conversation: what came, from whom, and what is said in return."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.domain import prompts
from bot.domain.schedule import local_date
from bot.domain.terms import PersonId
from bot.screens.message import Document, Message, Rows
from bot.usecases import letters
from content.library import Library
from db import people
from db.engine import Transaction
from db.outbox import NewLetter
from db.people import Person


@dataclass(slots=True)
class Turn:
    """Everything a use case works with: the open transaction, the locked person, the content and the time.

    ``key`` is unique to this turn and makes its letters unique. ``message_id`` is the message a tapped button
    hangs on, None if no button was tapped. What is said is collected here and written by the edge on commit.
    """

    tx: Transaction
    library: Library
    now_utc: datetime
    person: Person
    key: str
    message_id: int | None = None
    letters: list[NewLetter] = field(default_factory=list)
    toast: str = ""

    @property
    def person_id(self) -> PersonId:
        """The person whose turn it is."""
        return self.person.id

    @property
    def zone(self) -> str:
        """The person's zone; UTC until they chose one."""
        return self.person.zone or "UTC"

    @property
    def today(self) -> date:
        """The person's local date."""
        return local_date(self.zone, self.now_utc)

    @property
    def expecting(self) -> str:
        """What the next text is asked for, overtaken by a card or not; empty if nothing is."""
        return prompts.top(self.person.expecting).removeprefix(prompts.LATE)

    def expect(self, prompt: str) -> None:
        """Ask for that with the next text; a reply that was asked for waits until it is settled."""
        self.change(expecting=prompts.opened(self.person.expecting, prompt))

    def close(self, *kinds: str) -> None:
        """Ask no more for what these prompts ask for."""
        if self.person.expecting is not None:
            self.change(expecting=prompts.closed(self.person.expecting, *kinds))

    def overtake(self, *, by_itself: bool = False) -> None:
        """Before a card: what is typed next may be about that; ``by_itself`` if nobody asked for the card now."""
        if self.person.expecting is not None:
            self.change(expecting=prompts.overtaken(self.person.expecting, by_itself=by_itself))

    def say(self, message: Message) -> None:
        """Answer with a new message."""
        self.letters.append(letters.send(self._next_key(), self.person_id, message))

    def show(self, message: Message) -> None:
        """Put the message in the place of the one whose button was tapped; without a tap, say it.

        Only the first of several shown in a turn takes the place; the others follow it.
        """
        if self.message_id is None or any(letter.kind == letters.Kind.EDIT for letter in self.letters):
            self.say(message)
        else:
            self.letters.append(letters.edit(self._next_key(), self.person_id, self.message_id, message))

    def rekey(self, rows: Rows) -> None:
        """Change only the buttons of the message whose button was tapped."""
        if self.message_id is not None:
            self.letters.append(letters.keyboard(self._next_key(), self.person_id, self.message_id, rows))

    def hand(self, file: Document) -> None:
        """Answer with a file."""
        self.letters.append(letters.document(self._next_key(), self.person_id, file))

    def notice(self, text: str) -> None:
        """Answer a tap with a short notice over the chat; plain text of at most 200 characters."""
        self.toast = text

    def change(self, **changes: Any) -> None:
        """Store changed fields of the person."""
        self.person = people.change(self.tx, self.person, **changes)

    def _next_key(self) -> str:
        return f"{self.key}.{len(self.letters)}"
