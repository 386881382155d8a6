"""The library's `Bot`, with updates as they came. Reading them is `updates`' task, one by one."""

from collections.abc import Sequence
from typing import Any

from telegram import Bot
from telegram.error import NetworkError


class Client(Bot):
    """A `Bot` that can be asked for updates it has not read.

    Its own `get_updates` reads all of an answer or, if one of them has another shape than it knows, none, and then
    logs them all with the words in them.
    """

    async def fetch_updates(
        self,
        *,
        offset: int | None,
        limit: int,
        timeout_seconds: int,
        allowed: Sequence[str],
        read_seconds: float,
    ) -> list[Any]:
        """The JSON of each waiting update (https://core.telegram.org/bots/api#getupdates).

        Raises:
            telegram.error.TelegramError: the call failed or brought no list.
        """
        asked = {"offset": offset, "limit": limit, "timeout": timeout_seconds, "allowed_updates": allowed}
        result = await self._post("getUpdates", asked, read_timeout=read_seconds)
        if not isinstance(result, list):
            raise NetworkError("no list of updates")
        return result
