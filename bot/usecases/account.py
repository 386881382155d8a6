"""Erasing everything that is stored about a person."""

from bot.screens import account as screen
from bot.screens.buttons import Tap
from bot.usecases.turn import Turn
from db import answers, interviews, mocks, outbox, packs, people, search, stories, undecided

CONFIRM_WITHIN_SECONDS = 600
"""An older [Delete everything] asks anew, so that a stray tap far up in the chat erases nothing."""


def ask_deletion(turn: Turn, *, again: bool = False) -> None:
    """/deleteme: what would go, and whether it shall."""
    stored = answers.everything(turn.tx, turn.person_id)
    between = undecided.of_person(turn.tx, turn.person_id)
    held_back = undecided.held(turn.tx, turn.person_id)
    over = interviews.of_person(turn.tx, turn.person_id)
    sent = [pack for pack, _text in packs.every(turn.tx, turn.person_id)]
    held = screen.Held(
        answers=sum(1 for answer in stored if answer.submitted_at is not None),
        drafts=sum(1 for answer in stored if answer.submitted_at is None and any(answer.texts.values())),
        undecided=(0 if between is None else len(between.texts)) + len(held_back),
        stories=len(stories.every(turn.tx, turn.person_id)),
        mocks=len(mocks.every(turn.tx, turn.person_id)),
        interviews=sum(1 for each in over if each.day != turn.person.target_date),
        packs=sum(1 for pack in sent if pack.kept),
        waiting=sum(1 for pack in sent if not pack.kept),
        interview=turn.person.target_date is not None,
    )
    turn.show(screen.confirm(held, int(turn.now_utc.timestamp()), again=again))


def delete_everything(turn: Turn, tap: Tap) -> None:
    """[Delete everything] (dd): nothing of the person stays but the address of the last message."""
    if not _is_answer_to_now(turn, tap.number(0)):
        ask_deletion(turn, again=True)
        return
    outbox.remove_of(turn.tx, turn.person_id)
    people.remove(turn.tx, turn.person_id)
    search.erase_traces(turn.tx)
    turn.show(screen.DELETED)


def keep(turn: Turn, _tap: Tap) -> None:
    """[Keep] (dk)."""
    turn.show(screen.KEPT)


def _is_answer_to_now(turn: Turn, stamp: int | None) -> bool:
    """Whether the question was asked a short while ago, and of this person as they are stored now.

    Somebody who deleted everything and set up anew is asked anew; a second tap, which finds nothing but the row
    that it made itself, is let through.
    """
    if stamp is None or not 0 <= turn.now_utc.timestamp() - stamp <= CONFIRM_WITHIN_SECONDS:
        return False
    if stamp >= int(turn.person.created_at.timestamp()):
        return True
    is_set_up = turn.person.minute_of_day is not None or turn.person.zone is not None
    return not is_set_up and not answers.everything(turn.tx, turn.person_id)
