"""Waiting for something to become true without sleeping: whoever changes the state rings, whoever waits looks again."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds before a wait is given up. Generous on purpose: nobody measures time by it."""


class Bell:
    """Rings on every change; wakes all who wait in the same event loop."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everybody who waits."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(self, look: Callable[[], T], complaint: Callable[[], str], patience: float = PATIENCE) -> T:
        """Return the first truthy value of `look`, tried now and at every ring.

        Raises:
            TimeoutError: there was none in time; says the complaint.
        """
        try:
            async with asyncio.timeout(patience):
                while not (found := look()):
                    await self.next_ring()
        except TimeoutError:
            raise TimeoutError(f"after {patience:g} s: {complaint()}") from None
        return found

    async def next_ring(self) -> None:
        """Wait for the next ring."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
