"""The library's `Bot`, with updates as they came and calls without objects. Reading updates is `updates`' task."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from telegram import Bot
from telegram.error import NetworkError

from bot.transport.request import AiohttpRequest, JsonBody


class Client(Bot):
    """A `Bot` that can be asked for updates it has not read, and make the calls of every step at a low cost.

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

    async def fetch_file(self, file_id: str, limit_bytes: int) -> bytes:
        """What is in a file that somebody sent (https://core.telegram.org/bots/api#getfile), or its beginning.

        Of a larger file there are ``limit_bytes`` and one more.

        Raises:
            telegram.error.TelegramError: it could not be fetched.
        """
        described = await self._post("getFile", {"file_id": file_id})
        path = described.get("file_path") if isinstance(described, dict) else None
        request = self.request
        if not isinstance(path, str) or not isinstance(request, AiohttpRequest):
            raise NetworkError("no path of a file")
        return await request.download(f"{self.base_file_url}/{path}", limit_bytes)

    async def call(self, method: str, parameters: Mapping[str, Any]) -> None:
        """Call a method of which only matters that it is done; parameters that are None are left out.

        The library's own methods make objects of what is sent and of the message that comes back, which costs
        three times what the request does.

        Raises:
            telegram.error.TelegramError: as from the library's methods.
        """
        given = {name: value for name, value in parameters.items() if value is not None}
        body = JsonBody(json.dumps(given, ensure_ascii=False).encode())
        await self.request.post(f"{self.base_url}/{method}", body)  # type: ignore[arg-type]  # read by our own request
