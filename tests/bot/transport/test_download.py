"""Files that people sent, as they are fetched from a Bot API server."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from telegram.error import NetworkError

from bot.transport.request import AiohttpRequest

LIMIT = 1000


@pytest.fixture
async def served() -> AsyncIterator[tuple[AiohttpRequest, str]]:
    """A request, and the address of a server with files on it."""

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 400)
            await asyncio.sleep(0)

    async def small(_request: web.Request) -> web.Response:
        return web.Response(body=b"small")

    async def elsewhere(_request: web.Request) -> web.Response:
        raise web.HTTPFound("/small")

    app = web.Application()
    app.router.add_get("/small", small)
    app.router.add_get("/endless", endless)
    app.router.add_get("/elsewhere", elsewhere)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    request = AiohttpRequest()
    await request.initialize()
    yield request, f"http://127.0.0.1:{runner.addresses[0][1]}"
    await request.shutdown()
    await runner.cleanup()


async def test_a_file_comes_whole(served: tuple[AiohttpRequest, str]) -> None:
    """What is within the limit is all there."""
    request, root = served
    assert await request.download(f"{root}/small", LIMIT) == b"small"
    assert await request.download(f"{root}/small", 5) == b"small"


async def test_no_more_is_read_than_shows_that_it_is_too_much(served: tuple[AiohttpRequest, str]) -> None:
    """A file that never ends, whatever size was told, costs one byte beyond the limit."""
    request, root = served
    assert len(await request.download(f"{root}/endless", LIMIT)) == LIMIT + 1


@pytest.mark.parametrize("path", ["gone", "elsewhere"])
async def test_what_is_not_there_is_an_error(served: tuple[AiohttpRequest, str], path: str) -> None:
    """Neither a page that says so nor another address is taken for the file."""
    request, root = served
    with pytest.raises(NetworkError, match="status"):
        await request.download(f"{root}/{path}", LIMIT)


async def test_an_error_names_no_address(served: tuple[AiohttpRequest, str]) -> None:
    """The address of a file holds the token."""
    request, _root = served
    with pytest.raises(NetworkError) as failed:
        await request.download("http://127.0.0.1:9/file/bot1:secret/a.yaml", LIMIT)
    assert "secret" not in str(failed.value)
