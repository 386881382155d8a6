"""HTTP/1.1 for the stub, by hand: a framework would take the second core from what is measured."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Parameters = dict[str, Any]

Answer = tuple[int, bytes]
"""Status and JSON body."""

Route = Callable[[str, Parameters], Answer | Awaitable[Answer]]
"""Path and parameters of a request; a plain answer costs no task."""

_END = b"\r\n\r\n"


class Protocol(asyncio.Protocol):
    """One connection of a client; its requests are answered in order, one at a time."""

    def __init__(self, route: Route) -> None:
        self._route = route
        self._buffer = bytearray()
        self._transport: Any = None
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self._task is not None:
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._take()

    def _take(self) -> None:
        while self._task is None:
            end = self._buffer.find(_END)
            if end < 0:
                return
            head = bytes(self._buffer[:end])
            headers = _headers(head)
            size = int(headers.get(b"content-length", b"0"))
            if len(self._buffer) < end + len(_END) + size:
                return
            body = bytes(self._buffer[end + len(_END) : end + len(_END) + size])
            del self._buffer[: end + len(_END) + size]
            target = urlsplit(head.split(b" ", 2)[1].decode())
            parameters = dict(parse_qsl(target.query)) | read_body(headers.get(b"content-type", b""), body)
            answer = self._route(target.path, parameters)
            if isinstance(answer, tuple):
                self._write(answer)
            else:
                self._task = asyncio.ensure_future(self._wait(answer))

    async def _wait(self, answer: Awaitable[Answer]) -> None:
        done = await answer
        self._task = None
        self._write(done)
        self._take()

    def _write(self, answer: Answer) -> None:
        status, body = answer
        self._transport.write(
            b"HTTP/1.1 %d OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (status, len(body), body)
        )


class Poster:
    """One kept connection that posts JSON and waits for the status."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._target = urlsplit(url)
        lines = [f"POST {self._target.path} HTTP/1.1", f"Host: {self._target.netloc}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += ["Content-Type: application/json", "Content-Length: "]
        self._head = "\r\n".join(lines).encode()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, body: bytes) -> int:
        """Post; the status. Raises ConnectionError or asyncio.IncompleteReadError when the other end is gone."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._target.hostname, self._target.port)
        reader, writer = self._streams
        try:
            writer.write(self._head + b"%d\r\n\r\n%b" % (len(body), body))
            head = await reader.readuntil(_END)
            headers = _headers(head[: -len(_END)])
            await reader.readexactly(int(headers.get(b"content-length", b"0")))
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            raise
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        """Close the connection; the next post opens another."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def read_body(content_type: bytes, body: bytes) -> Parameters:
    """The parameters in a body: a form, a multipart form without its files, or JSON."""
    if not body:
        return {}
    if content_type.startswith(b"application/json"):
        given: Parameters = json.loads(body)
        return given
    if content_type.startswith(b"multipart/form-data"):
        boundary = content_type.partition(b"boundary=")[2].strip(b'"')
        return dict(_fields(body.split(b"--" + boundary)[1:-1]))
    return dict(parse_qsl(body.decode()))


def _fields(pieces: list[bytes]) -> list[tuple[str, str]]:
    found = []
    for piece in pieces:
        head, _, value = piece.partition(_END)
        name = head.partition(b'name="')[2].partition(b'"')[0].decode()
        found.append((name, "" if b"filename=" in head else value.removesuffix(b"\r\n").decode()))
    return found


def _headers(head: bytes) -> dict[bytes, bytes]:
    lines = head.split(b"\r\n")[1:]
    return {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
