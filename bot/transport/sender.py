"""The only way out: letters of the outbox go to Telegram, in order within a chat, replies before pushes.

Of several processes the one on duty sends (`db.duty`), so the limits are kept however many there are. At least once:
a letter is deleted after Telegram took it, so a crash in between repeats that one letter.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import structlog
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.clock import Clock, SetBack
from bot.domain.schedule import MAX_LATE
from bot.metrics import LETTERS, WAITING
from bot.transport import calls
from bot.transport.calls import Failure, Outcome
from bot.transport.client import Client
from bot.transport.limits import LONG_COST, LONG_UNITS, ChatPace, Gate
from bot.transport.outage import Outage
from bot.transport.queue import ChatQueue
from bot.usecases import letters, reach
from db import outbox
from db.duty import Duty
from db.engine import Database, DatabaseUnavailable
from db.outbox import LEASE, Lane, Letter

log = structlog.get_logger()

PUSHES_HELD_SECONDS = 3.0
"""Pushes claimed ahead, as seconds at the overall rate; a bound on what waits for another worker after a crash."""
PUSHES_HELD_LEAST = 100
PUSHES_HELD_MOST = 1000
REPLIES_HELD = 100
"""Replies claimed at once."""

POLL_SECONDS = 1.0
"""How often the outbox is looked through for letters that nobody handed over (after a crash, a 429, another worker)."""

WAIT_IN_MEMORY_SECONDS = 8.0
"""A longer 429 goes back into the outbox, so that a letter is never held beyond its claim."""

TYPING_FROM_SECONDS = 0.4
"""A chat that waits at least this long for its next message is shown that one is being written."""


class Sender:
    """Sends letters: those handed over at once, and those it finds in the outbox."""

    def __init__(
        self,
        bot: Client,
        database: Database,
        clock: Clock,
        *,
        per_second: float,
        on_token_refused: Callable[[], None],
        pace_of: Callable[[int], ChatPace] = ChatPace.of,
        alone_takes_updates: bool = True,
    ) -> None:
        self._pace_of = pace_of
        self._alone_takes_updates = alone_takes_updates
        self._is_on_duty = False
        self._has_taken_over = False
        self._duty: Duty | None = None
        self._bot = bot
        self._database = database
        self._clock = clock
        self._gate = Gate(per_second, time.monotonic)
        self._on_token_refused = on_token_refused
        self._chats: dict[int, ChatQueue] = {}
        self._working: dict[int, asyncio.Task[None]] = {}  # by chat
        self._holding: dict[int, Lane] = {}  # queued, in flight, or sent and not yet deleted
        self._pushes = 0
        self._pushes_held = min(
            PUSHES_HELD_MOST, max(PUSHES_HELD_LEAST, int(per_second * PUSHES_HELD_SECONDS))
        )
        self._sent: set[int] = set()
        self._flushing: asyncio.Task[None] | None = None
        self._answers: set[asyncio.Task[None]] = set()
        self._outage = Outage(time.monotonic)
        self._set_back = SetBack(clock)
        self._limited_until: dict[int, float] = {}
        self._wake = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look through the outbox, once on duty; `hand` may be called before."""
        self._pump = asyncio.create_task(self._pump_outbox(), name="outbox")
        loop = asyncio.get_running_loop()
        self._duty = Duty(
            self._database,
            on_change=lambda is_on: _call(loop, self._set_duty, is_on),
            on_news=lambda: _call(loop, self.look),
        )
        self._duty.start()

    @property
    def takes_directly(self) -> bool:
        """Whether letters just stored are to be claimed and handed over, instead of waiting in the outbox.

        Only where no other process stores letters of the same chats, lest a later one overtake an earlier one.
        """
        return self._is_on_duty and self._alone_takes_updates

    async def stop(self, grace_seconds: float = 3.0) -> None:
        """Let what is in flight end, at most that long; the rest stays in the outbox."""
        if self._pump is not None:
            self._pump.cancel()
        deadline = time.monotonic() + grace_seconds
        for chat in list(self._chats.values()):
            chat.letters.clear()
        tasks = list(self._working.values())
        if tasks:
            await asyncio.wait(tasks, timeout=max(0.0, deadline - time.monotonic()))
        for task in [*tasks, *self._answers]:
            task.cancel()
        if self._flushing is not None:
            await asyncio.wait([self._flushing], timeout=max(0.1, deadline - time.monotonic()))
        everything = [
            task for task in (self._pump, self._flushing, *tasks, *self._answers) if task is not None
        ]
        await asyncio.gather(*everything, return_exceptions=True)
        if self._duty is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._duty.stop)

    def hand(self, stored: Sequence[Letter], *, from_outbox: bool = False) -> None:
        """Send claimed letters, just committed or ``from_outbox``, without waiting; off duty they are left."""
        for letter in stored if self._is_on_duty else ():
            if letter.id in self._holding:
                continue
            self._holding[letter.id] = letter.lane
            self._pushes += letter.lane is Lane.PUSH
            chat = self._chats.get(letter.chat_id)
            if chat is None:
                chat = self._chats[letter.chat_id] = ChatQueue(self._pace_of(letter.chat_id))
            if from_outbox:  # it gives the older ones first; those that it does not give are gone
                chat.put_off = {put_off for put_off in chat.put_off if put_off > letter.id}
            chat.letters.append(letter)
            if letter.chat_id not in self._working:
                self._working[letter.chat_id] = asyncio.create_task(self._work(letter.chat_id, chat))

    def answer_tap(self, callback_id: str, text: str) -> None:
        """Stop the spinner on a button, with a notice if there is one. Too late or lost, it does not matter."""
        task = asyncio.create_task(self._answer_tap(callback_id, text))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    def look(self) -> None:
        """Look through the outbox now: something was put there."""
        self._wake.set()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is held or in flight."""
        return not self._holding and not self._sent and self._flushing is None

    async def _answer_tap(self, callback_id: str, text: str) -> None:
        with contextlib.suppress(TelegramError):
            await self._bot.call(
                "answerCallbackQuery", {"callback_query_id": callback_id, "text": text or None}
            )

    async def _work(self, chat_id: int, chat: ChatQueue) -> None:
        """Send one chat's letters, one after the other."""
        try:
            while chat.letters:
                letter = chat.letters[0]
                try:
                    finished = await self._send(chat_id, chat, letter)
                except DatabaseUnavailable as error:
                    log.warning("outbox_unavailable", reason=str(error))
                    await asyncio.sleep(POLL_SECONDS)
                    continue
                except Exception as error:
                    # A letter that breaks the sender must not stop the letters behind it.
                    log.error("letter_failed", letter=letter.id, kind=letter.kind, exc_info=error)
                    self._finish(letter, "dropped")
                    finished = True
                if finished:
                    if chat.letters and chat.letters[0].id == letter.id:
                        chat.letters.popleft()
                    self._let_go(letter)
                    chat.last_id, chat.failures = letter.id, 0
        finally:
            del self._working[chat_id]
            self._let_go_all(chat)
            if chat.is_forgotten(time.monotonic()):
                self._chats.pop(chat_id, None)

    async def _send(self, chat_id: int, chat: ChatQueue, letter: Letter) -> bool:
        """Try one letter, the first of the chat; False to try again."""
        if letter.lane is Lane.PUSH and self._clock.now() - letter.created_at > MAX_LATE:
            self._finish(letter, "dropped")
            return True
        if await self._follows_put_off(chat, letter):
            return True
        content = letters.unpack(letter.payload)
        while chat.last_id in self._sent and self._flushing is not None:
            # Until it is deleted, a crash repeats the letter before; so this one waits, lest two be repeated.
            await asyncio.wait([self._flushing])
        await self._wait_for_chat(chat_id, chat, letter, content)
        if chat.is_needless(letter):
            self._finish(letter, "needless")
            return True
        pace = chat.pace.edits if calls.is_edit(letter) else chat.pace.messages
        pace.take(time.monotonic(), calls.letter_cost(letter, content, LONG_UNITS, LONG_COST))
        await self._gate.enter(letter.lane)
        if not self._is_on_duty or not await self._still_ours(chat, letter):
            return True
        failure = await self._deliver(letter, content)
        if failure is None or failure.outcome is Outcome.SENT:
            self._outage.over()
            self._finish(letter, "sent")
            return True
        return await self._failed(chat_id, chat, letter, failure)

    async def _follows_put_off(self, chat: ChatQueue, letter: Letter) -> bool:
        """Put a letter off that came after others of its chat were, so that the outbox gives them back in order."""
        now = self._clock.now()
        if chat.put_off_until is None or min(chat.put_off, default=letter.id) >= letter.id:
            return False
        if now > chat.put_off_until + LEASE:  # they are with another worker, or withdrawn
            chat.put_off.clear()
            return False
        await self._database.run(outbox.postpone, letter.id, max(now, chat.put_off_until))
        return True

    async def _wait_for_chat(
        self, chat_id: int, chat: ChatQueue, letter: Letter, content: letters.Content
    ) -> None:
        pace = chat.pace.edits if calls.is_edit(letter) else chat.pace.messages
        cost = calls.letter_cost(letter, content, LONG_UNITS, LONG_COST)
        wait = pace.wait_seconds(time.monotonic(), cost)
        if wait >= TYPING_FROM_SECONDS and chat_id > 0:
            with contextlib.suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(wait):
                    await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
            wait = pace.wait_seconds(time.monotonic(), cost)
        while wait > 0:
            await asyncio.sleep(wait)
            wait = pace.wait_seconds(time.monotonic(), cost)

    async def _still_ours(self, chat: ChatQueue, letter: Letter) -> bool:
        """Whether our claim stands; renewed when most of it has passed while waiting."""
        now = self._clock.now()
        if now < letter.not_before - LEASE / 2:
            return True
        if not await self._database.run(outbox.renew, letter, now):
            return False
        if chat.letters and chat.letters[0].id == letter.id:
            chat.letters[0] = replace(letter, not_before=now + LEASE)
        return True

    async def _deliver(self, letter: Letter, content: letters.Content) -> Failure | None:
        """Call Telegram; a second time where its refusal has a way around."""
        as_new = plain = False
        for _ in range(3):
            try:
                await calls.deliver(self._bot, letter, content, as_new=as_new, plain=plain)
            except TelegramError as error:
                failure = calls.failure_of(error, letter.kind)
                if failure.outcome is Outcome.NOT_EDITABLE and not as_new:
                    as_new = True
                elif failure.outcome is Outcome.NOT_PARSED and not plain:
                    log.error("html_refused", letter=letter.id, kind=letter.kind, reason=failure.reason)
                    plain = True
                else:
                    return failure
            else:
                return None
        return Failure(Outcome.REJECTED, "no way around")

    async def _failed(self, chat_id: int, chat: ChatQueue, letter: Letter, failure: Failure) -> bool:
        LETTERS.labels(outcome=failure.outcome.name.lower()).inc()
        if failure.outcome is Outcome.RETRY_AT:
            return await self._limited(chat_id, chat, failure.retry_after_seconds)
        if failure.outcome is Outcome.UNREACHABLE:
            seconds, concerns_all = self._outage.pause_seconds(chat)
            log.warning("telegram_unreachable", reason=failure.reason, retry_seconds=round(seconds, 1))
            if concerns_all:
                self._gate.stop(seconds)
            await asyncio.sleep(seconds)
            return False
        if failure.outcome is Outcome.TOKEN_REFUSED:
            self._on_token_refused()
            return True
        if failure.outcome is Outcome.BLOCKED:
            log.info("person_blocked", reason=failure.reason)
            await self._database.run(reach.blocked, letter.chat_id, self._clock.now())
            self._let_go_all(chat)
            return True
        if failure.outcome is not Outcome.POINTLESS:
            log.error("letter_rejected", letter=letter.id, kind=letter.kind, reason=failure.reason)
        self._finish(letter, "dropped")
        return True

    async def _limited(self, chat_id: int, chat: ChatQueue, seconds: float) -> bool:
        """A 429. It covers this chat; a second chat refused in the same time means that it covers all."""
        now = time.monotonic()
        self._limited_until = {other: until for other, until in self._limited_until.items() if until > now}
        self._limited_until[chat_id] = now + seconds
        covers_all = len(self._limited_until) > 1
        log.warning("telegram_limited", retry_seconds=seconds, covers_all=covers_all)
        chat.pace.stop(now + seconds)
        if covers_all:
            self._gate.stop(seconds)
        if seconds <= WAIT_IN_MEMORY_SECONDS:
            return False
        chat.put_off_until = self._clock.now() + timedelta(seconds=seconds)
        while chat.letters:
            letter = chat.letters[0]
            await self._database.run(outbox.postpone, letter.id, chat.put_off_until)
            chat.put_off.add(letter.id)
            chat.letters.popleft()
            self._let_go(letter)
        return True

    def _let_go_all(self, chat: ChatQueue, but: int = 0) -> None:
        while len(chat.letters) > but:
            self._let_go(chat.letters.pop())

    def _let_go(self, letter: Letter) -> None:
        """Forget a letter; one that was sent is forgotten when it is deleted, lest it be claimed again before."""
        if letter.id not in self._sent:
            self._forget(letter.id)

    def _forget(self, letter_id: int) -> None:
        if self._holding.pop(letter_id, None) is Lane.PUSH:
            self._pushes -= 1
            if self._pushes < self._pushes_held // 2:
                self._wake.set()

    def _finish(self, letter: Letter, outcome: str) -> None:
        """Delete the letter soon; deletions that gather while one runs go together in the next."""
        LETTERS.labels(outcome=outcome).inc()
        self._sent.add(letter.id)
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while self._sent:
                batch = list(self._sent)
                try:
                    await self._database.run(outbox.done, batch)
                except DatabaseUnavailable:
                    await asyncio.sleep(POLL_SECONDS)
                    continue
                self._sent.difference_update(batch)
                for letter_id in batch:
                    self._forget(letter_id)
        finally:
            self._flushing = None

    def _set_duty(self, is_on_duty: bool) -> None:
        """Came on duty, or lost it: then what was not begun is another's to send."""
        self._is_on_duty = is_on_duty
        self._has_taken_over = False
        log.info("on_duty" if is_on_duty else "off_duty")
        if not is_on_duty:
            for chat in self._chats.values():
                self._let_go_all(chat, but=1)
        self.look()

    async def _pump_outbox(self) -> None:
        """Claim what waits in the outbox: replies nobody sent, and pushes as far as there is room for them."""
        while True:
            try:
                if self._is_on_duty:
                    await self._claim()
            except DatabaseUnavailable as error:
                log.warning("outbox_unavailable", reason=str(error))
            except Exception as error:
                log.error("outbox_failed", exc_info=error)
            # Not wait_for: up to Python 3.11 it swallows a cancellation that comes together with the event.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._wake.wait()
            self._wake.clear()

    async def _claim(self) -> None:
        now = self._clock.now()
        if not self._has_taken_over:
            # Whoever was on duty before is gone; what they had claimed is free at once, not when the claim ends.
            await self._database.run(outbox.release, now, frozenset(self._holding))
            self._has_taken_over = True
        if self._set_back.noticed():
            # Every wait in the outbox has become so much longer.
            await self._database.run(outbox.release, now, frozenset(self._holding), everything=True)
        held = frozenset(self._holding)
        replies = await self._database.run(outbox.claim, Lane.REPLY, now, REPLIES_HELD, held)
        self.hand(replies, from_outbox=True)
        room = self._pushes_held - self._pushes
        if room > 0:
            pushes = await self._database.run(outbox.claim, Lane.PUSH, now, room, frozenset(self._holding))
            self.hand(pushes, from_outbox=True)
        WAITING.set(len(self._holding))


def _call(loop: asyncio.AbstractEventLoop, function: Callable[..., None], *args: object) -> None:
    """Call in the loop from another thread; after its end nobody is left to care."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(function, *args)
