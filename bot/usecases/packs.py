"""A person's own packs: taking one in, keeping, showing and removing it; and the library as that person sees it."""

import threading
from collections import OrderedDict

from bot.domain.terms import CategoryId
from bot.screens import general
from bot.screens import packs as screen
from bot.screens.answering import place
from bot.screens.buttons import Tap
from bot.usecases import drafts
from bot.usecases.turn import Turn
from content.library import Library
from content.private import (
    PACKS_MAX,
    QUESTIONS_MAX,
    PrivatePack,
    as_own,
    own_category_id,
    read_private,
)
from content.schema import Category
from db import packs
from db.engine import Transaction
from db.packs import Pack, Sent
from db.people import Person

READ_PACKS_HELD = 64
"""Packs that a process holds as read; reading one of the largest anew takes a few hundredths of a second."""


class _ReadPacks:
    """Packs as read, those used last; several threads ask at once. A text has one digest, so none is ever stale."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[int, str], Category | None] = OrderedDict()

    def category(self, tx: Transaction, pack: Pack) -> Category | None:
        """What is in the pack; None if this version of the program reads it no more."""
        key = pack.id, pack.digest
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        read = read_private(f"{pack.name}.yaml", packs.text(tx, pack.id).encode()).category
        own = None if read is None else as_own(read, pack.id)
        with self._lock:
            self._held[key] = own
            if len(self._held) > READ_PACKS_HELD:
                self._held.popitem(last=False)
        return own


_READ_PACKS = _ReadPacks()


def library_of(tx: Transaction, library: Library, person: Person) -> Library:
    """The library as this person sees it: what is there for everybody, and behind it the packs they keep."""
    if not person.has_packs:
        return library
    found = (_READ_PACKS.category(tx, pack) for pack in packs.kept(tx, person.id))
    return library.with_more(category for category in found if category is not None)


def receive(turn: Turn, sent: PrivatePack) -> None:
    """A file that may be a pack came: what is wrong with it, or what is in it and whether to keep it."""
    where = _where(turn)
    category = sent.category
    if category is None:
        turn.say(screen.broken(sent.problems, where))
        return
    older, refusal = _room(turn, sent.name, len(category.questions))
    if refusal:
        turn.say(screen.refused(refusal, where))
        return
    row = Sent(sent.name, category.title, len(category.questions), sent.text, sent.digest)
    pack_id = packs.put_waiting(turn.tx, turn.person_id, row, turn.now_utc)
    replaces = None if older is None else older.title
    turn.say(screen.preview(pack_id, category, replaces=replaces, where=where))


def refuse_size(turn: Turn) -> None:
    """The file is too large to be fetched."""
    turn.say(screen.refused(screen.TOO_LARGE, _where(turn)))


def tell_not_fetched(turn: Turn) -> None:
    """Telegram did not give the file."""
    turn.say(screen.refused(screen.NOT_FETCHED, _where(turn)))


def keep(turn: Turn, pack_id: int) -> None:
    """[Keep it] (pkk): the pack's questions are asked from now on."""
    pack = packs.get(turn.tx, turn.person_id, pack_id)
    if pack is None:
        turn.notice(screen.GONE)
        return
    if not pack.kept:
        _older, refusal = _room(turn, pack.name, pack.questions)
        if refusal:
            turn.show(screen.refused(refusal))
            return
        pack_id = packs.keep(turn.tx, pack)
        _choose_category(turn, own_category_id(pack_id))
    turn.show(screen.kept(pack_id, pack.title, own_category_id(pack_id)))


def drop(turn: Turn, pack_id: int) -> None:
    """[Drop it] (pkd): nothing of the file is kept."""
    pack = packs.get(turn.tx, turn.person_id, pack_id)
    if pack is None or pack.kept:
        turn.notice(screen.GONE)
        return
    packs.remove(turn.tx, pack_id)
    turn.show(screen.DROPPED)


def open_packs(turn: Turn) -> None:
    """/packs and [Your packs] (pkl)."""
    turn.show(screen.listed([_own(pack) for pack in packs.kept(turn.tx, turn.person_id)]))


def open_pack(turn: Turn, pack_id: int) -> None:
    """One pack (pko)."""
    pack = _kept(turn, pack_id)
    if pack is not None:
        turn.show(screen.one(_own(pack), own_category_id(pack.id)))


def ask_removal(turn: Turn, pack_id: int) -> None:
    """[Remove] (pkr): whether it shall go."""
    pack = _kept(turn, pack_id)
    if pack is not None:
        turn.show(screen.confirm_removal(_own(pack)))


def remove(turn: Turn, pack_id: int) -> None:
    """[Remove it] (pkx): its questions are asked no more; answers to them stay."""
    pack = _kept(turn, pack_id)
    if pack is None:
        return
    packs.remove(turn.tx, pack.id)
    chosen = turn.person.category_ids
    left = tuple(one for one in chosen or () if one != own_category_id(pack.id))
    turn.change(has_packs=bool(packs.kept(turn.tx, turn.person_id)), category_ids=left or None)
    turn.notice(screen.REMOVED)
    open_packs(turn)


def hand_example(turn: Turn, _tap: Tap) -> None:
    """[An example to fill in] (pke)."""
    turn.hand(screen.example())


def _room(turn: Turn, name: str, questions: int) -> tuple[Pack | None, str]:
    """The kept pack whose place one of this name would take; and why there is no room for it, empty if there is."""
    kept = packs.kept(turn.tx, turn.person_id)
    older = next((pack for pack in kept if pack.name == name), None)
    others = [pack for pack in kept if pack is not older]
    held = sum(pack.questions for pack in others)
    if len(others) >= PACKS_MAX:
        return older, screen.TOO_MANY_PACKS
    if held + questions > QUESTIONS_MAX:
        return older, screen.too_many_questions(held, questions)
    return older, ""


def _choose_category(turn: Turn, category_id: CategoryId) -> None:
    """Who has chosen some categories and sends a pack wants to be asked that, too."""
    chosen = turn.person.category_ids
    if chosen is not None and category_id not in chosen:
        chosen = (*chosen, category_id)
    turn.change(has_packs=True, category_ids=chosen)


def _kept(turn: Turn, pack_id: int) -> Pack | None:
    """The pack if it is this person's and kept; else a notice is given and None."""
    pack = packs.get(turn.tx, turn.person_id, pack_id)
    if pack is None or not pack.kept:
        turn.notice(screen.REMOVED_ALREADY)
        return None
    return pack


def _own(pack: Pack) -> screen.OwnPack:
    return screen.OwnPack(pack.id, pack.name, pack.title, pack.questions)


def _where(turn: Turn) -> str:
    """The line on an answer in progress, which a file does not touch; empty without one."""
    stored = drafts.active(turn)
    return "" if stored is None else general.still_at(place(stored.draft, stored.naming))
