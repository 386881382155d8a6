"""What stands in front of several web workers: hands each delivery to one that lives, by turns."""

import itertools
from collections.abc import Callable, Sequence

import aiohttp
from aiohttp import web

ANSWER_SECONDS = 20.0


class Proxy:
    """Forwards to ``127.0.0.1`` at the ports that ``ports`` names at that moment; 502 when none answers."""

    def __init__(self, ports: Callable[[], Sequence[int]]) -> None:
        self._ports = ports
        self._turns = itertools.count()
        self.url = ""

    async def start(self) -> None:
        """Listen on a free port; `url` tells where."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS))
        app = web.Application(client_max_size=1024 * 1024)
        app.router.add_post("/telegram", self._forward)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/telegram"

    async def stop(self) -> None:
        """Cut all connections."""
        await self._runner.cleanup()
        await self._session.close()

    async def _forward(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.startswith("X-Telegram")}
        ports = self._ports()
        first = next(self._turns)
        for number in range(len(ports)):
            port = ports[(first + number) % len(ports)]
            try:
                async with self._session.post(
                    f"http://127.0.0.1:{port}/telegram", data=body, headers=headers
                ) as answer:
                    return web.Response(status=answer.status)
            except (aiohttp.ClientError, TimeoutError):
                continue
        return web.Response(status=502)
