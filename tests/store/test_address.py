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


@pytest.mark.parametrize(
    "written",
    [
        "host=db.example.org dbname=faq user=bot password=secret",
        "host='db.example.org' dbname=faq user=bot password='secret'",
        "postgresql://db.example.org/faq?user=bot&password=secret",
        "jdbc:postgresql://db.example.org/faq?user=bot&password=secret&prepareThreshold=0",
        "postgres://bot:secret@db.example.org/faq?schema=public&connection_limit=1&pgbouncer=true",
    ],
)
def test_the_forms_of_other_libraries_are_understood_and_show_no_password(written):
    url = read_address(written, DATA)
    assert (url.host or url.query["host"], url.database, url.username, url.password) == (
        "db.example.org", "faq", "bot", "secret"
    )  # fmt: skip
    assert "secret" not in name_of(url)


def test_several_servers_are_understood():
    url = read_address("postgresql://bot@one:5432,two:5433/faq?target_session_attrs=read-write", DATA)
    assert url.query["host"] == ("one:5432", "two:5433")
    assert (url.username, url.database) == ("bot", "faq")


@pytest.mark.parametrize(("written", "mode"), [("require", "require"), ("true", "require"), ("0", "prefer")])
def test_the_wish_for_encryption_is_understood_in_the_words_of_other_drivers(written, mode):
    assert read_address(f"postgresql+asyncpg://h/faq?ssl={written}", DATA).query == {"sslmode": mode}


def test_a_misspelt_option_is_told_at_once():
    with pytest.raises(StoreError, match="has the option 'sslmod', which PostgreSQL does not know"):
        read_address("postgresql://bot@h/faq?sslmod=require", DATA)


def test_another_schema_is_refused_with_how_to_choose_it_since_tables_would_go_elsewhere():
    with pytest.raises(StoreError, match=r"\?schema=faq, .* Write \?options=-csearch_path%3Dfaq instead"):
        read_address("postgresql://bot:secret@h/faq?schema=faq", DATA)
    assert read_address("postgresql://h/faq?options=-csearch_path%3Dfaq", DATA).query == {
        "options": "-csearch_path=faq"
    }


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
        ("file:bot.db", "bot.db"),
        ("file:///var/lib/bot.db", "/var/lib/bot.db"),
        ('"./bot.db"', "bot.db"),
    ],
)
def test_every_way_to_write_a_file_is_understood(written, file):
    assert read_address(written, DATA).database == file


@pytest.mark.parametrize("written", ["sqlite://", "sqlite:///:memory:", ":memory:"])
def test_a_database_in_memory_is_refused_since_it_would_forget(written):
    with pytest.raises(StoreError, match="would forget everything"):
        read_address(written, DATA)


@pytest.mark.parametrize("written", ["~nobody-of-that-name/faq.db", "~x\0/faq.db"])
def test_a_file_in_the_home_of_nobody_is_refused(written):
    with pytest.raises(StoreError, match="not name a place on this machine"):
        read_address(written, DATA)


@pytest.mark.parametrize("written", [
        "mysql://u:secret@h/d", "postgres://u:secret@h:port/d", "postgresql:u:secret@h/d", "postgresql:/u:secret@h/d",
        "u:secret@h/d", "u:secret@h:5432/d", "host=h password='secret", "jdbc:mysql://u:secret@h/d",
    ],
)  # fmt: skip
def test_what_is_no_known_database_is_refused_without_its_password(written):
    with pytest.raises(StoreError, match="DATABASE_URL") as raised:
        read_address(written, DATA)
    assert "secret" not in str(raised.value)
    assert "postgresql://user:password@host/name" in raised.value.next_step


def test_a_database_is_named_without_its_password():
    assert name_of(read_address("postgres://bot:secret@h/d", DATA)) == "postgresql+psycopg://bot:***@h/d"
