"""What is done when a call of the Web API fails: wait as long as Slack says, or try again a little later.

Never gives up at the first stumble, and never goes on for ever: what is left after the tries is raised.
"""

from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import ClientConnectionError, ClientPayloadError
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse

LONGEST_WAIT = 120.0
"""Seconds, whatever Slack says: it is asked again then."""

CallSeen = Callable[[str, str], None]
"""Told of each call: its method, and Slack's word for why it failed, empty if it did not."""


def retry_handlers(seen: CallSeen | None = None) -> list[AsyncRetryHandler]:
    """Make the handlers that carry a call over a busy or stumbling Slack; stock ones try once more only."""
    return [
        *([_Watching(seen)] if seen else []),
        _RateLimitRetryHandler(max_retry_count=10),
        _ServerErrorRetryHandler(max_retry_count=3),
        AsyncConnectionErrorRetryHandler(
            max_retry_count=3, error_types=[ClientConnectionError, ClientPayloadError, TimeoutError]
        ),
    ]


def read_retry_after(error: SlackApiError) -> float | None:
    """Return the seconds that Slack wants to be left alone for; None where it refused for another reason."""
    response = error.response
    if getattr(response, "status_code", 0) != 429:
        return None
    return _seconds(getattr(response, "headers", {}))


def _seconds(headers: Mapping[str, object]) -> float:
    told = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    text = str(told[0] if isinstance(told, list) and told else told)
    return min(float(text), LONGEST_WAIT) if text.isdecimal() else 1.0


class _RateLimitRetryHandler(AsyncRateLimitErrorRetryHandler):
    """Waits as long as Slack says; not for chat.postMessage, whose order bot.slack.api.channel_queue keeps."""

    async def _can_retry_async(self, *, request: HttpRequest, response: HttpResponse | None = None, **_: Any) -> bool:
        return response is not None and response.status_code == 429 and not request.url.endswith("/chat.postMessage")


class _ServerErrorRetryHandler(AsyncServerErrorRetryHandler):
    """Tries again after every status of 500 and above; the stock one knows 500 and 503 alone."""

    async def _can_retry_async(self, *, response: HttpResponse | None = None, **_: Any) -> bool:
        return response is not None and response.status_code >= 500


class _Watching(AsyncRetryHandler):
    """Wants no retry: the SDK asks its handlers about every call, which is where calls can be counted."""

    def __init__(self, seen: CallSeen) -> None:
        super().__init__()
        self._seen = seen

    async def can_retry_async(
        self,
        *,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
        **_: Any,
    ) -> bool:
        self._seen(request.url.rpartition("/")[2], _reason(response, error))
        return False


def _reason(response: HttpResponse | None, error: Exception | None) -> str:
    if error is not None or response is None:
        return type(error).__name__
    if response.status_code != 200:
        return f"http_{response.status_code}"
    body = response.body or {}
    return "" if body.get("ok") else str(body.get("error") or "unknown")[:60]
