"""Thumbs: the last click of each person on each reply, counted per entry. In memory; holds ids only."""

from collections import Counter, OrderedDict

LIMIT = 50_000
"""Clicks remembered."""


class Feedback:
    """What people thought of answers."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._last_click: OrderedDict[tuple[str, str], tuple[str, bool]] = OrderedDict()

    def record(self, reply: str, person: str, entry_id: str, *, helpful: bool) -> None:
        """Remember a click; an earlier one of the same person on the same reply no longer counts."""
        self._last_click[reply, person] = (entry_id, helpful)
        if len(self._last_click) > self._limit:
            self._last_click.popitem(last=False)

    def counts(self) -> dict[str, tuple[int, int]]:
        """Give, for each entry with feedback, how many found it helpful and how many did not."""
        clicks = Counter(self._last_click.values())
        return {entry: (clicks[entry, True], clicks[entry, False]) for entry, _ in clicks}
