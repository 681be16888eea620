"""DATABASE_URL as people write it."""

from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import read_address
from bot.store.address import name_of

DATA = Path("data")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2", "POSTGRES"])
def test_every_way_to_write_postgresql_is_understood(scheme):
    url = read_address(f"{scheme}://bot:secret@db.example.org:5433/faq?sslmode=require", DATA)
    assert (url.drivername, url.host, url.port, url.database) == ("postgresql+psycopg", "db.example.org", 5433, "faq")
    assert (url.username, url.password, url.query["sslmode"]) == ("bot", "secret", "require")


@pytest.mark.parametrize(("written", "password"), [("p@ss/w#rd", "p@ss/w#rd"), ("p%40ss", "p@ss"), ("a:b", "a:b")])
def test_a_password_may_hold_what_addresses_are_made_of(written, password):
    url = read_address(f"postgres://bot:{written}@localhost/faq", DATA)
    assert (url.password, url.host) == (password, "localhost")


def test_a_socket_is_understood_in_both_ways():
    assert read_address("postgresql://%2Frun%2Fpg/faq", DATA).host == "/run/pg"
    assert read_address("postgresql:///faq?host=/run/pg", DATA).query["host"] == "/run/pg"


@pytest.mark.parametrize(
    ("written", "file"),
    [
        (None, "data/flatcar-faq.db"),
        ("  ", "data/flatcar-faq.db"),
        ("sqlite:///bot.db", "bot.db"),
        ("sqlite:////var/lib/bot.db", "/var/lib/bot.db"),
        ("sqlite+aiosqlite:///bot.db?timeout=5", "bot.db"),
        ("sqlite3:///my%20bot.db", "my bot.db"),
        ("sqlite:bot.db", "bot.db"),
        ("/var/lib/bot.db", "/var/lib/bot.db"),
        ('"./bot.db"', "bot.db"),
    ],
)
def test_every_way_to_write_a_file_is_understood(written, file):
    assert read_address(written, DATA).database == file


@pytest.mark.parametrize("written", ["sqlite://", "sqlite:///:memory:", ":memory:"])
def test_a_database_in_memory_is_refused_since_it_would_forget(written):
    with pytest.raises(StoreError, match="would forget everything"):
        read_address(written, DATA)


@pytest.mark.parametrize("written", ["mysql://u:secret@h/d", "postgres://u:secret@h:port/d"])
def test_what_is_no_known_database_is_refused_without_its_password(written):
    with pytest.raises(StoreError, match="DATABASE_URL") as raised:
        read_address(written, DATA)
    assert "secret" not in str(raised.value)
    assert "postgresql://user:password@host/name" in raised.value.next_step


def test_a_database_is_named_without_its_password():
    assert name_of(read_address("postgres://bot:secret@h/d", DATA)) == "postgresql+psycopg://bot:***@h/d"
