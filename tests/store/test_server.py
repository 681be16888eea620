"""The PostgreSQL server: what is deleted is gone from its tables' files, and who waits for it waits briefly."""

import threading
from itertools import count

import pytest
from sqlalchemy import text

from bot.errors import StoreError
from bot.store import open_store

from .builders import sent

SECRET = "What is the airspeed of an unladen swallow"
NUMBERS = count(1)


@pytest.fixture
def store(postgres):
    store = open_store(postgres.create_database(f"server_{next(NUMBERS)}"))
    yield store
    store.close()


def test_a_forgotten_question_is_gone_from_the_files_of_the_tables(postgres, store):
    for number in range(20):
        store.inbox.add(sent(f"{SECRET} {number}?", source=f"alice {number}", asker="UALICEONLYHERE"))
        store.inbox.add(sent("Other?", source=f"bob {number}", asker="UBOB"))
    store.feedback.record("C1/1", "UALICEONLYHERE", "kinvolk", helpful=False)
    store.feedback.record_reason("C1/1", "UALICEONLYHERE", SECRET)
    assert SECRET.encode() in postgres.bytes_of_tables()
    assert store.forget("UALICEONLYHERE").scrubbed
    assert SECRET.encode() not in postgres.bytes_of_tables()
    assert b"UALICEONLYHERE" not in postgres.bytes_of_tables()
    assert b"UBOB" in postgres.bytes_of_tables()


def test_somebody_who_reads_for_long_is_told_of_since_bytes_stay_until_that_is_done(store):
    store.inbox.add(sent(SECRET))
    with store._database.reading() as reader:
        reader.execute(text("SELECT * FROM inbox"))
        assert not store.forget("UALICE").scrubbed
    assert store.forget("UALICE").scrubbed


def test_nobody_waits_for_ever_for_a_lock(store):
    held, done = threading.Event(), threading.Event()

    def hold():
        with store._database.writing() as connection:
            connection.execute(text("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE"))
            held.set()
            done.wait(timeout=60)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(timeout=60)
    with pytest.raises(StoreError, match="lock timeout"):
        store.inbox.add(sent())
    done.set()
    holder.join()
    assert store.inbox.add(sent())[1]
