"""Small values for tests of the store."""

from typing import Any

from bot.store import Sent


class Clock:
    """Time that passes when a test says so."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def sent(text: str = "Does it run on toasters?", **changes: Any) -> Sent:
    values = {"source": "C1/1.1", "asker": "UALICE", "channel": "C1", "thread": "1.1", "surface": "mention"}
    values |= {"best": "toasters", "confidence": 0.25}
    return Sent(text=text, **(values | changes))
