"""The SQLite file: what is deleted is gone from the disk, and what is wrong with it is said."""

import random
import sqlite3
from datetime import timedelta

import pytest

from bot.errors import StoreError
from bot.store import open_store

from .builders import Clock, sent

SECRET = "What is the airspeed of an unladen swallow"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "bot.db"


def bytes_around(file):
    return b"".join(part.read_bytes() for part in file.parent.iterdir())


def test_the_folder_is_made_on_first_use(file):
    open_store(str(file)).close()
    assert file.exists()


def test_nobody_else_on_the_machine_can_read_what_people_asked(file):
    store = open_store(str(file))
    store.inbox.add(sent())
    assert {part.name: part.stat().st_mode & 0o077 for part in file.parent.iterdir()} == {
        "bot.db": 0,
        "bot.db-shm": 0,
        "bot.db-wal": 0,
    }
    store.close()


def test_a_forgotten_question_is_gone_from_the_file_and_from_its_log(file):
    store = open_store(str(file))
    for number in range(50):
        store.inbox.add(sent(f"{SECRET} {number}? {'?' * 10 * number}", source=str(number)))
    store.feedback.record("C1/1", "UALICE", "kinvolk", helpful=False)
    store.feedback.record_reason("C1/1", "UALICE", SECRET)
    assert SECRET.encode() in bytes_around(file)
    assert store.forget("UALICE").scrubbed
    assert SECRET.encode() not in bytes_around(file)
    assert b"UALICE" not in bytes_around(file)
    store.close()


def test_after_years_of_use_nothing_of_a_forgotten_person_is_left_in_the_file(file):
    """Rows of three people that come, grow and go leave copies of one another in the pages: seed 36 once did."""
    dice = random.Random(36)
    store = open_store(str(file))
    for number in range(1, 251):
        who, what = dice.choice(["UALICE", "UBOB", "UCAROL"]), dice.random()
        text = (SECRET if who == "UALICE" else "other ") * dice.choice([1, 3, 20, 40])
        if what < 0.55:
            store.inbox.add(sent(text, source=f"C1/{number}{who}", asker=who))
        elif what < 0.8:
            store.feedback.record(f"C/{dice.randrange(60)}", who, "kinvolk", helpful=False)
            store.feedback.record_reason(f"C/{dice.randrange(60)}", who, text)
        elif what < 0.9:
            store.inbox.handle(dice.randint(1, number), "dismissed", who)
        else:
            store.inbox.reopen(dice.randint(1, number))
    assert store.forget("UALICE").scrubbed
    assert SECRET.encode() not in bytes_around(file)
    assert b"UALICE" not in bytes_around(file)
    assert b"UBOB" in bytes_around(file)
    store.close()


def test_what_is_past_its_time_is_gone_from_the_file_as_soon_as_nobody_reads(file):
    clock = Clock()
    store = open_store(str(file), clock=clock)
    store.inbox.add(sent(SECRET))
    clock.now += 100
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM inbox").fetchall()
    store.expire(timedelta(seconds=50))
    assert SECRET.encode() in bytes_around(file)
    reader.close()
    store.expire(timedelta(seconds=50))
    assert SECRET.encode() not in bytes_around(file)
    store.close()


def test_another_process_that_reads_is_told_of_since_bytes_stay_until_it_is_done(file):
    store = open_store(str(file))
    store.inbox.add(sent())
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM inbox").fetchall()
    assert not store.forget("UALICE").scrubbed
    reader.close()
    store.close()


@pytest.mark.parametrize("content", [b"This is no database. " * 500, b"SQLite format 3\0" + b"\x07" * 5000])
def test_a_file_that_is_no_database_is_named_and_left_as_it_is(file, content):
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"bot\.db: it is (not a database|damaged).*left as it is"):
        open_store(str(file))
    assert file.read_bytes() == content


def test_a_damaged_page_is_named(file):
    store = open_store(str(file))
    for number in range(200):
        store.inbox.add(sent("x" * 1900, source=str(number)))
    store.close()
    content = bytearray(file.read_bytes())
    content[4096 * 5 : 4096 * 60] = b"\x55" * (4096 * 55)
    file.write_bytes(content)
    with pytest.raises(StoreError, match="it is damaged"):
        open_store(str(file)).inbox.items()


def test_a_read_only_file_says_so_and_can_still_be_read(file):
    store = open_store(str(file))
    store.inbox.add(sent())
    store.close()
    content = bytearray(file.read_bytes())
    # A file whose header asks for a newer way of writing is read-only for this SQLite, for root as well.
    # Source: https://www.sqlite.org/fileformat2.html#file_format_version_numbers
    content[18] = 3
    file.write_bytes(content)
    store = open_store(str(file))
    assert len(store.inbox.items()) == 1
    with pytest.raises(StoreError, match="it is read-only"):
        store.inbox.add(sent(source="2"))
    store.close()


def test_a_locked_file_says_so(file):
    store = open_store(str(file))
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        store.inbox.add(sent())
    other.execute("ROLLBACK")
    other.close()
    assert store.inbox.add(sent())[1]
    store.close()


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(str(tmp_path / "data" / "bot.db"))
