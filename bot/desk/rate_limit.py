"""Limits how often a person, or a thread of bots, is answered. Remembers ids in memory, for one window of time."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

WINDOW = 60.0
"""Seconds over which questions are counted."""

MOST_PEOPLE = 20_000
"""People remembered at once: some 4 MB."""


class RateLimit:
    """Counts each person's questions within the current window."""

    def __init__(self, most: int, clock: Callable[[], float] = monotonic, window: float = WINDOW) -> None:
        self._most = most
        self._clock = clock
        self._window = window
        self._people: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def exceeds(self, person: str) -> int:
        """Count a question; return by how many it is too much: 0 is fine, 1 the first one beyond the limit."""
        now = self._clock()
        began, count = self._people.pop(person, (now, 0))
        if now - began >= self._window:
            began, count = now, 0
        self._people[person] = began, count + 1
        while len(self._people) > MOST_PEOPLE:
            self._people.popitem(last=False)
        return max(0, count + 1 - self._most)
