"""A database of an older version opens in this one, and the version before goes on saving beside this one."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.errors import StoreError
from bot.store import Counted, open_store, read_address
from bot.store.database import Database
from bot.store.migrate import NEWEST, alembic_config, migrate
from bot.store.tables import METADATA, inbox

from .builders import sent


def opened(address, tmp_path):
    return Database(read_address(address, tmp_path))


def test_a_database_of_the_first_version_keeps_what_it_holds(address, tmp_path):
    old = opened(address, tmp_path)
    migrate(old, to="0001")
    with old.writing() as connection:
        connection.execute(text("INSERT INTO counts VALUES ('2026-11-24', 'kinvolk', 'answer', 'mention', 7)"))
        connection.execute(
            text("INSERT INTO feedback VALUES ('C1/1', 'UBOB', 'kinvolk', :helpful, NULL, 1000.5)"), {"helpful": True}
        )
    old.close()
    store = open_store(address)
    assert store.counts.since() == {Counted("2026-11-24", "kinvolk", "answer", "mention"): 7}
    assert store.feedback.by_entry()[0].up == 1
    assert store.inbox.add(sent())[1]
    store.close()


def test_questions_of_the_second_version_keep_what_became_of_them(address, tmp_path):
    old = opened(address, tmp_path)
    migrate(old, to="0002")
    rows = [("1", "open"), ("2", "dismissed")]
    names = [column.name for column in inbox.columns if column.name not in ("id", "shown")]
    with old.writing() as connection:
        for source, status in rows:
            row = {"source": source, "text": "Why?", "at": 1.0, "sent_on": True, "confidence": 0.5, "status": status}
            row |= {"told": False, "written": False, "handled_at": None, "card": "C1/1"}
            statement = f"INSERT INTO inbox ({', '.join(names)}) VALUES ({', '.join(':' + name for name in names)})"
            connection.execute(text(statement), {name: row.get(name, "") for name in names})
    old.close()
    store = open_store(address)
    found = store.inbox.items(("open", "dismissed"))
    assert [(item.sent.source, item.status, item.shown) for item in found] == [
        ("1", "open", "open"), ("2", "dismissed", "dismissed")
    ]  # fmt: skip
    assert store.inbox.outdated() == ()
    store.close()


def test_the_steps_make_the_tables_that_the_queries_speak_of(address, tmp_path):
    open_store(address).close()
    database = opened(address, tmp_path)
    with database.reading() as connection:
        found = inspect(connection)
        for table in METADATA.sorted_tables:
            made = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            assert made == {column.name: column.nullable for column in table.columns}, table.name
            indexed = {tuple(index["column_names"]) for index in found.get_indexes(table.name) if not index["unique"]}
            assert indexed == {tuple(index.columns.keys()) for index in table.indexes}, table.name
            keys = found.get_pk_constraint(table.name)["constrained_columns"]
            assert keys == table.primary_key.columns.keys()
    database.close()


def test_the_newest_schema_is_the_last_step():
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == NEWEST


def test_several_processes_may_open_a_new_database_at_once(address):
    troubles = []

    def open_it():
        try:
            store = open_store(address)
            store.counts.add({Counted("2026-11-24", "", "answer", "mention"): 1})
            store.close()
        except Exception as error:
            troubles.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    store = open_store(address)
    assert list(store.counts.since().values()) == [4]
    store.close()


STARTER = """
import sys
from bot.store import Counted, open_store
print("ready", flush=True)
sys.stdin.readline()
store = open_store(sys.argv[1])
store.counts.add({Counted("2026-11-24", "", "answer", "mention"): 1})
store.close()
"""


def test_several_programs_may_make_a_database_at_the_same_moment(address):
    starters = [
        subprocess.Popen([sys.executable, "-c", STARTER, address], stdin=-1, stdout=-1, stderr=-1, text=True)
        for _ in range(4)
    ]
    assert all(starter.stdout.readline() == "ready\n" for starter in starters)
    for starter in starters:
        starter.stdin.write("\n")
        starter.stdin.flush()
    assert [starter.communicate()[1] for starter in starters] == [""] * 4
    store = open_store(address)
    assert list(store.counts.since().values()) == [4]
    store.close()


def test_a_database_of_another_program_is_left_alone(address, tmp_path):
    foreign = opened(address, tmp_path)
    with foreign.writing() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER)"))
    foreign.close()
    with pytest.raises(StoreError, match="holds another program's tables: events"):
        open_store(address)


def statements_of(revision, dialect):
    file = Path(__file__).with_name(f"statements_of_{revision}.jsonl")
    assert file.exists(), "record them before you add a revision: python -m tests.store.record_statements"
    found = map(json.loads, file.read_text().splitlines())
    return [(each["sql"], each["parameters"]) for each in found if each["on"] == dialect]


def test_the_version_before_goes_on_saving_beside_a_database_of_this_version(address, tmp_path):
    revision = ScriptDirectory.from_config(alembic_config()).get_revision(NEWEST)
    open_store(address).close()
    database = opened(address, tmp_path)
    for sql, several in statements_of(revision.down_revision, database.url.get_backend_name()):
        with database.writing() as connection:
            for parameters in several:
                connection.exec_driver_sql(sql, tuple(parameters) if isinstance(parameters, list) else parameters)
    database.close()
    store = open_store(address)
    assert store.counts.since() == {Counted("2026-11-24", "kinvolk", "answer", "mention"): 3}
    assert [(thumbs.down, thumbs.reasons) for thumbs in store.feedback.by_entry()] == [(1, ("too old",))]
    found = store.inbox.items(("open", "answered"))
    assert [(item.sent.text, item.status) for item in found] == [
        ("Does it run on toasters?", "answered"), ("Why?", "open")
    ]  # fmt: skip
    assert not store.events.take(("event Ev1",), "new", redelivered=True), "what it had answered stays answered"
    assert store.inbox.add(sent("And this one?", source="4"))[1]
    store.close()


def newer(address, tmp_path, by):
    open_store(address).close()
    database = opened(address, tmp_path)
    with database.writing() as connection:
        revision = f"{int(NEWEST) + by:04}"
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    database.close()


def test_this_version_goes_on_saving_beside_a_database_of_the_next_one(address, tmp_path):
    newer(address, tmp_path, by=1)
    store = open_store(address)
    assert store.inbox.add(sent())[1]
    store.close()


def test_a_database_of_a_much_newer_version_is_left_alone(address, tmp_path):
    newer(address, tmp_path, by=2)
    with pytest.raises(StoreError, match="newer version of the bot"):
        open_store(address)
