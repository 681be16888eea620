"""The natural limit of chat.postMessage: one message a second in a channel. Off unless it is asked for.

Source: https://docs.slack.dev/apis/web-api/rate-limits . Slack lets short bursts pass, this does not.
"""

import time
from collections.abc import Callable

from .messages import Json
from .outages import Outage, rate_limited

INTERVAL = 1.0
METHOD = "chat.postMessage"


class Pace:
    """Remembers when a message was last let through to each channel."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.is_kept = False
        self._last: dict[str, float] = {}

    def check(self, method: str, arguments: Json) -> Outage | None:
        """Give the refusal that a message which comes too soon gets; None lets it through."""
        if not self.is_kept or method != METHOD:
            return None
        channel, now = str(arguments.get("channel")), self.clock()
        if now - self._last.get(channel, -INTERVAL) < INTERVAL:
            return rate_limited(int(INTERVAL))
        self._last[channel] = now
        return None
