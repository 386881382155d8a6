"""Refusals in Telegram's words. When they are due is decided in `checks` and in the methods."""


class ApiError(Exception):
    """A call that Telegram would refuse: ``code`` is HTTP status and error_code, ``description`` its text."""

    def __init__(self, code: int, description: str, retry_after_seconds: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after_seconds = retry_after_seconds


class SandboxError(Exception):
    """The stand-in itself cannot work, for example because a library is missing."""


def bad_request(text: str) -> ApiError:
    """Error 400 with `text`; its first letter is lowered as Telegram does, unless the text is a code in capitals."""
    if len(text) > 1 and not (text[1] == "_" or text[1].isupper()):
        text = text[0].lower() + text[1:]
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """Error 403 with `text`."""
    return ApiError(403, f"Forbidden: {text}")


def too_many_requests(retry_after_seconds: int) -> ApiError:
    """Error 429, to be tried again after whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after_seconds}", retry_after_seconds)


CHAT_NOT_FOUND = "chat not found"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
POLL_TERMINATED = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
POLL_TERMINATED_BY_WEBHOOK = "Conflict: terminated by setWebhook request"
WEBHOOK_IS_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
