"""Which events this process may answer: asks its own memory first, then the ledger that all processes share.

While the database is out of order, memory alone decides: one process still answers each event once.
"""

from collections.abc import Sequence
from uuid import uuid4

from bot.batches import Batches
from bot.store.events import Claim
from bot.store.keeper import Keeper
from bot.store.seen import SeenEvents


class Ledger:
    """The states of bot.store.events, for the event loop. This process has a name that none ever had."""

    def __init__(self, keeper: Keeper, seen: SeenEvents | None = None, by: str = "") -> None:
        self._keeper = keeper
        self._seen = seen or SeenEvents()
        self._by = by or uuid4().hex
        self._claims = Batches(self._take_all)
        self._posts = Batches(self._begin_all)
        self._answers = Batches(self._record_all)

    async def take(self, keys: Sequence[str], *, redelivered: bool = False) -> bool:
        """Claim an event; True once in this process, and for one process alone."""
        return self._seen.record(*keys) and await self._claims.ask(Claim(keys, redelivered))

    async def begin_posting(self, keys: Sequence[str]) -> bool:
        """Note that a reply is handed to Slack; False, and nothing may be posted, where another process took over."""
        return await self._posts.ask(keys)

    async def record_answered(self, keys: Sequence[str]) -> None:
        """Note that the reply stands in Slack."""
        await self._answers.ask(keys)

    async def give_back(self, keys: Sequence[str]) -> None:
        """Let go of an event of which certainly nothing was posted, so that its next delivery is taken."""
        self._seen.forget(*keys)
        await self._keeper.save(lambda store: store.events.give_back(keys, self._by))

    async def _take_all(self, claims: list[Claim]) -> list[bool]:
        otherwise = [True] * len(claims)
        return await self._keeper.load(lambda store: store.events.take_all(claims, self._by), otherwise)

    async def _begin_all(self, events: list[Sequence[str]]) -> list[bool]:
        otherwise = [True] * len(events)
        return await self._keeper.load(lambda store: store.events.begin_posting_all(events, self._by), otherwise)

    async def _record_all(self, events: list[Sequence[str]]) -> list[None]:
        await self._keeper.save(lambda store: store.events.record_answered_all(events, self._by))
        return [None] * len(events)
