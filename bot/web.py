"""The small web server: /healthz, /metrics, and the webhook if there is one."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

DEFAULT_WEBHOOK_PATH = "/webhook"


def webhook_path(webhook_url: str) -> str:
    """The path Telegram posts to, which is the one in the address given to it."""
    path = urlsplit(webhook_url).path
    return path if path not in {"", "/"} else DEFAULT_WEBHOOK_PATH


class WebServer:
    """Serves until stopped."""

    def __init__(
        self,
        host: str,
        port: int,
        healthy: Callable[[], Awaitable[bool]],
        webhook: tuple[str, Handler] | None,
    ) -> None:
        self._host = host
        self._port = port
        self._healthy = healthy
        app = web.Application(client_max_size=1024 * 1024)
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/metrics", self._metrics)
        if webhook is not None:
            app.router.add_post(*webhook)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=3.0)

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: the address is taken or not this machine's.
        """
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    @property
    def port(self) -> int:
        """The port in use, also when 0 was asked for."""
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Let requests in flight end, then stop listening."""
        await self._runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        healthy = await self._healthy()
        return web.json_response({"healthy": healthy}, status=200 if healthy else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
