"""Which events and jobs this process may do: its own memory decides first, then the database that all processes share.

While the database is away, memory alone decides about events: one process still answers each of them once.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from time import monotonic
from uuid import uuid4

from bot.store.async_store import AsyncStore, Batches
from bot.store.events import JOB_LEASE, Claim

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
        """Remember the keys of one event; return whether all of them were new."""
        self._forget_old()
        is_new = not any(key in self._seen for key in keys)
        for key in keys:
            self._seen.setdefault(key, self._clock())
        return is_new

    def __len__(self) -> int:
        return len(self._seen)

    def _forget_old(self) -> None:
        horizon = self._clock() - self._expiry
        while self._seen and (len(self._seen) > self._limit or next(iter(self._seen.values())) < horizon):
            self._seen.popitem(last=False)


class Deduplication:
    """The states of bot.store.events, for the event loop. This process has a name that none ever had."""

    def __init__(self, store: AsyncStore, seen: SeenEvents | None = None, by: str = "") -> None:
        self._store = store
        self._seen = seen or SeenEvents()
        self._by = by or uuid4().hex
        self._claims = Batches(self._take_all)  # many events come at once: one transaction for all of them
        self._closes = Batches(self._close_all)

    async def take(self, keys: Sequence[str], *, redelivered: bool = False) -> bool:
        """Claim an event; True once in this process, and for one process alone."""
        return self._seen.record(*keys) and await self._claims.ask(Claim(keys, redelivered))

    async def take_job(self, key: str) -> bool:
        """Claim a job; False where another process does it or has done it, or the database is away."""
        return await self._store.load(
            lambda store: store.events.take((key,), self._by, lease=JOB_LEASE), otherwise=False
        )

    async def close(self, keys: Sequence[str]) -> bool:
        """Close an event or job: nobody takes it again. False, and nothing may be posted, where another has it."""
        return await self._closes.ask(keys)

    async def release(self, keys: Sequence[str]) -> None:
        """Release what was certainly not posted: should this process end now, another one may take it."""
        await self._store.save(lambda store: store.events.release(keys, self._by))

    async def _take_all(self, claims: list[Claim]) -> list[bool]:
        otherwise = [True] * len(claims)
        return await self._store.load(lambda store: store.events.take_all(claims, self._by), otherwise)

    async def _close_all(self, several: list[Sequence[str]]) -> list[bool]:
        otherwise = [True] * len(several)
        return await self._store.load(lambda store: store.events.close_all(several, self._by), otherwise)
