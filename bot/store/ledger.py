"""Which events this process may answer: asks its own memory first, then the ledger that all processes share.

While the database is out of order, memory alone decides: one process still answers each event once.
"""

from collections.abc import Sequence
from uuid import uuid4

from bot.store.keeper import Keeper
from bot.store.seen import SeenEvents


class Ledger:
    """The states of bot.store.events, for the event loop. This process has a name that none ever had."""

    def __init__(self, keeper: Keeper, seen: SeenEvents | None = None, by: str = "") -> None:
        self._keeper = keeper
        self._seen = seen or SeenEvents()
        self._by = by or uuid4().hex

    async def take(self, keys: Sequence[str], *, redelivered: bool = False) -> bool:
        """Claim an event; True once in this process, and for one process alone."""
        if not self._seen.record(*keys):
            return False
        return await self._keeper.load(
            lambda store: store.events.take(keys, self._by, redelivered=redelivered), otherwise=True
        )

    async def begin_posting(self, keys: Sequence[str]) -> bool:
        """Note that a reply is handed to Slack; False, and nothing may be posted, where another process took over."""
        return await self._keeper.load(lambda store: store.events.begin_posting(keys, self._by), otherwise=True)

    async def record_answered(self, keys: Sequence[str]) -> None:
        """Note that the reply stands in Slack."""
        await self._keeper.save(lambda store: store.events.record_answered(keys, self._by))

    async def give_back(self, keys: Sequence[str]) -> None:
        """Let go of an event of which certainly nothing was posted, so that its next delivery is taken."""
        self._seen.forget(*keys)
        await self._keeper.save(lambda store: store.events.give_back(keys, self._by))
