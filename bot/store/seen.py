"""Which events were taken before, so that none is answered twice. Holds ids only, in memory, for a limited time."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic

EXPIRY = 3600.0
"""Seconds. Slack's last retry of an event comes some six minutes after the first try; a reconnect can add to that."""

LIMIT = 50_000
"""Keys held at most: an hour of seven events a second, each with two keys, in some 10 MB."""


class SeenEvents:
    """A set of keys that forgets: the oldest go after `expiry` seconds, or once there are more than `limit`."""

    def __init__(self, clock: Callable[[], float] = monotonic, expiry: float = EXPIRY, limit: int = LIMIT) -> None:
        self._clock = clock
        self._expiry = expiry
        self._limit = limit
        self._seen: OrderedDict[Hashable, float] = OrderedDict()

    def record(self, *keys: Hashable) -> bool:
        """Remember the keys of one event; tell whether all of them were new."""
        self._forget_old()
        is_new = not any(key in self._seen for key in keys)
        for key in keys:
            self._seen.setdefault(key, self._clock())
        return is_new

    def forget(self, *keys: Hashable) -> None:
        """Take keys for new ones again."""
        for key in keys:
            self._seen.pop(key, None)

    def __len__(self) -> int:
        return len(self._seen)

    def _forget_old(self) -> None:
        horizon = self._clock() - self._expiry
        while self._seen and (len(self._seen) > self._limit or next(iter(self._seen.values())) < horizon):
            self._seen.popitem(last=False)
