"""Every test that asks for `address` is held on both databases, each time on an empty one."""

from itertools import count
from pathlib import Path

import pytest

from bot.store import Store, open_store

from .builders import Clock

NUMBERS = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'data' / 'bot.db'}"
    return request.getfixturevalue("postgres").create_database(f"test_{next(NUMBERS)}")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(address: str, clock: Clock) -> Store:
    store = open_store(address, clock=clock)
    yield store
    store.close()
