"""HTTP for python-telegram-bot through aiohttp, at a tenth of the cost of its stock transport."""

import http
import json
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import aiohttp
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
UPLOAD_SECONDS = 60.0
CONNECTIONS = 64
USER_AGENT = "starling"
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class JsonBody:
    """The parameters of a call, ready to be sent, in the place of the library's `RequestData`."""

    content: bytes


class AiohttpRequest(BaseRequest):
    """One pool of connections. Its errors never show an address, for that holds the token."""

    def __init__(self, connections: int = CONNECTIONS) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds a response may take unless a call says otherwise."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300),
                headers={"User-Agent": USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | JsonBody | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the pool never refuses, it waits
    ) -> tuple[int, bytes]:
        """One request; the status and body of the answer.

        Raises:
            telegram.error.TimedOut: no answer in time. The request may have been carried out.
            telegram.error.NetworkError: the server could not be reached, or broke off.
        """
        if self._session is None:
            raise NetworkError("the connection pool is not open")
        seconds = _seconds(read_timeout, READ_SECONDS)
        headers = None
        if isinstance(request_data, JsonBody):
            data: Any = request_data.content
            headers = _JSON
        else:
            data = _body(request_data)
            if request_data is not None and request_data.multipart_data:
                seconds += _seconds(write_timeout, UPLOAD_SECONDS)
        timeout = _timeout(seconds, _seconds(connect_timeout, CONNECT_SECONDS))
        try:
            async with self._session.request(
                method, _address(url), data=data, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(_cause(error)) from None

    async def download(self, url: str, limit_bytes: int) -> bytes:
        """A file, of which no more is read than one byte beyond the limit.

        Raises:
            telegram.error.NetworkError, TimedOut: it could not be fetched.
        """
        if self._session is None:
            raise NetworkError("the connection pool is not open")
        content = bytearray()
        try:
            async with self._session.get(
                url, timeout=_timeout(READ_SECONDS, CONNECT_SECONDS), allow_redirects=False
            ) as response:
                if response.status != http.HTTPStatus.OK:
                    raise NetworkError(f"status {response.status}")
                async for piece in response.content.iter_any():
                    content += piece
                    if len(content) > limit_bytes:
                        break
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(_cause(error)) from None
        return bytes(content[: limit_bytes + 1])

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a Bot API server gives it: with a result, or with why there is none.

        Raises:
            telegram.error.NetworkError: it is something else, such as a page of a server in between. The library
                would log it whole.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise NetworkError("no JSON") from None
        if not isinstance(answer, dict) or not (
            "result" in answer if answer.get("ok") else "error_code" in answer
        ):
            raise NetworkError("no answer of a Bot API server")
        return answer


def retry_after_seconds(error: RetryAfter) -> float:
    """How long Telegram says to wait after a 429."""
    with warnings.catch_warnings():
        # The library warns at every reading that this will be a timedelta one day; both are read here.
        warnings.simplefilter("ignore")
        value = error.retry_after
    return float(value if isinstance(value, int) else value.total_seconds())


def _seconds(value: Any, default: float) -> float:
    return float(value) if isinstance(value, int | float) else default


@lru_cache(maxsize=8)
def _timeout(total_seconds: float, connect_seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=total_seconds, connect=connect_seconds)


@lru_cache(maxsize=32)
def _address(url: str) -> URL:
    """The few addresses there are, read once."""
    return URL(url)


def _body(request_data: RequestData | None) -> Any:
    if request_data is None:
        return None
    if not request_data.multipart_data:
        return request_data.json_parameters or None
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form


def _cause(error: BaseException) -> str:
    """What went wrong, as a type and a system error; the texts of HTTP errors may hold the address."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"cannot connect: {error.os_error.strerror or type(error).__name__}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__
