"""The stand-in as one thing to start and stop. What it answers is in the other modules."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

from aiohttp import web

from bot.sandbox.bot_api import BotApi
from bot.sandbox.callbacks import Callbacks
from bot.sandbox.client_api import ClientApi, Panel, PanelState, refusals
from bot.sandbox.faults import Faults
from bot.sandbox.limits import FloodGate, Limits
from bot.sandbox.markup import Parser
from bot.sandbox.methods import MessageMethods
from bot.sandbox.people import People
from bot.sandbox.profile import ProfileMethods
from bot.sandbox.state import BotProfile, State
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook

TOKEN = "123456789:sandbox-token-for-the-demo-and-tests"  # noqa: S105 - opens nothing but this sandbox
UPLOAD_BYTES = 50 * 1024 * 1024
"""Largest upload of a bot (Bot API, sending files)."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Sandbox:
    """A Telegram for one bot, on this machine, in memory.

    Args:
        token: the bot's token; any other is refused.
        now: the sandbox's clock, aware UTC; None takes the real one. Messages are dated with it.
        limits: the flood limits, by default about Telegram's; None lets everything through.
        panel: what the page's panel may do; None hides it.
        panel_state: what more the panel shows to a person; None shows the time only.
        history_limit: messages kept in each chat; None keeps all.
        press_seconds: how long an app waits for the answer to a pressed button.
        callback_seconds: how old a press may be when the bot answers it.
        webhook_retry_seconds: second pause after a failed delivery, doubled from there; the first is none.
        webhook_retry_at_most: longest such pause.

    Raises:
        SandboxError: tdjson is not installed.

    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "starling_sandbox_bot",
        first_name: str = "Starling",
        now: Callable[[], datetime] | None = None,
        limits: Limits | None = Limits(),  # noqa: B008 - frozen, so one for all is right
        panel: Panel | None = None,
        panel_state: PanelState | None = None,
        history_limit: int | None = None,
        reads_all_group_messages: bool = False,
        press_seconds: float = 10.0,
        callback_seconds: float = 15.0,
        webhook_retry_seconds: float = 1.0,
        webhook_retry_at_most: float = 60.0,
        first_update_id: int | None = None,
    ) -> None:
        bot = BotProfile(token, first_name, username, reads_all_group_messages)
        self.state = State(bot, now or _utc_now, history_limit)
        self.faults = Faults()
        first = first_update_id or random.randint(100_000_000, 900_000_000)  # noqa: S311 - no secret
        self.updates = UpdateQueue(first, time.monotonic)
        self.gate = FloodGate(limits, time.monotonic)
        callbacks = Callbacks(callback_seconds, time.monotonic, first * 4_000_000_000)
        self.people = People(self.state, self.updates, callbacks, press_seconds)
        set_pause_seconds = 0.0 if limits is None else 1.0
        pauses = (webhook_retry_seconds, webhook_retry_at_most)
        self.webhook = Webhook(self.state, self.updates, pauses, set_pause_seconds)
        self.url = ""
        self._runner: web.AppRunner | None = None
        profile = ProfileMethods(self.state)
        parser = Parser(self.state.complain)
        messages = MessageMethods(self.state, parser, self.gate, callbacks)
        bot_api = BotApi(self.state, messages, profile, self.updates, self.webhook, self.faults)
        client_api = ClientApi(
            self.state, self.people, profile, self.updates, self.faults, panel, panel_state
        )
        self._routes = [*bot_api.routes(), *client_api.routes()]

    @property
    def token(self) -> str:
        """The token under which the bot is known."""
        return self.state.bot.token

    @property
    def complaints(self) -> list[str]:
        """What a faithful bot would not have done: refused calls, unknown parameters, formatting that is lost."""
        return self.state.complaints

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. `url` tells where."""
        app = web.Application(client_max_size=UPLOAD_BYTES + 1024 * 1024, middlewares=[refusals])
        app.add_routes(self._routes)
        # Without cancellation a poller that was killed would go on waiting here and steal the next update.
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        self._runner = runner
        self.url = f"http://{host}:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Cut all connections and stop listening."""
        await self.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def announce_time(self, label: str = "") -> None:
        """Tell open pages that the clock was moved."""
        event = {"type": "time", "now": self.state.now().isoformat()}
        self.state.tell_everybody({**event, "label": label} if label else event)
