"""No event is answered twice, and none is remembered for ever."""

from bot.store import SeenEvents


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_event_is_new_once() -> None:
    seen = SeenEvents()
    assert seen.record("a")
    assert not seen.record("a")


def test_one_known_key_is_enough_to_know_an_event() -> None:
    seen = SeenEvents()
    seen.record(("event", "Ev1"), ("message", "C1", "1.1"))
    assert not seen.record(("event", "Ev2"), ("message", "C1", "1.1"))
    assert not seen.record(("event", "Ev2"), ("message", "C9", "9.9"))


def test_events_are_forgotten_after_their_time() -> None:
    clock = Clock()
    seen = SeenEvents(clock, expiry=10)
    seen.record("a")
    clock.now = 10.5
    assert seen.record("a")


def test_a_flood_of_events_does_not_fill_the_memory() -> None:
    seen = SeenEvents(limit=100)
    for number in range(1000):
        seen.record(number)
    assert len(seen) <= 101
    assert not seen.record(999)
