"""Write down every statement that this version sends to its database: the next version's schema must still take them.

python -m tests.store.record_statements     before a revision is added; writes statements_of_REVISION.jsonl
"""

import json
import re
import tempfile
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import event

from bot.store import Counted, Store, open_store
from bot.store.migrate import NEWEST
from tests.postgres import find_programs, running_cluster

from .builders import Clock, sent

OURS = re.compile(r"\b(FROM|INTO|UPDATE) (events|replies|feedback|inbox|counts)\b")
ASKED = Counted("2026-11-24", "kinvolk", "answer", "mention")


def use_everything(store: Store) -> None:
    keys = ("event Ev1", "message C1 1.1")
    store.events.take(keys, "old")
    store.events.close(keys, "old")
    store.events.take(("event Ev3",), "old")
    store.events.release(("event Ev3",), "old")
    store.events.record_reply("D1", "1.1", "1.2")
    store.events.record_reply("D1", "3.1", "3.2")
    store.events.forget_reply("D1", "3.2")
    store.feedback.record("C1/1", "UBOB", "kinvolk", helpful=True)
    store.feedback.record("C1/1", "UBOB", "kinvolk", helpful=False)
    store.feedback.record_reason("C1/1", "UBOB", "too old")
    store.counts.add({ASKED: 2})
    store.counts.add({ASKED: 1})
    item, _ = store.inbox.add(sent())
    kept, _ = store.inbox.add(sent("Why?", source="2"), sent_on=False)
    store.inbox.add(sent("Why?", source="2"))
    store.inbox.add(sent("When?", source="3", asker="UEVE"))
    store.inbox.handle(item.id, "answered", "UMAGGIE", entry="kinvolk")
    store.inbox.handle(kept.id, "dismissed", "UMAGGIE")
    store.inbox.reopen(kept.id)
    store.inbox.record_card(item.id, "CMAINT/5.5")
    store.inbox.record_shown(item.id, "answered")
    store.inbox.outdated()
    store.inbox.without_card()
    store.inbox.untold()
    store.inbox.record_told(item.id)
    store.inbox.record_written([item.id])
    store.stats(date(2026, 11, 24))
    store.expire(timedelta(days=365))
    store.forget("UEVE")


def record(address: str) -> list[tuple[str, list[object]]]:
    store = open_store(address, clock=Clock())
    found: list[tuple[str, list[object]]] = []

    def note(_, cursor, statement, parameters, context, executemany):
        if OURS.search(statement):
            found.append((" ".join(statement.split()), list(parameters) if executemany else [parameters]))

    event.listen(store._database._engine, "before_cursor_execute", note)
    use_everything(store)
    store.close()
    return found


def main() -> None:
    programs = find_programs()
    assert programs, "PostgreSQL is needed"
    with tempfile.TemporaryDirectory() as folder, running_cluster(programs) as cluster:
        addresses = {"sqlite": f"sqlite:///{folder}/bot.db", "postgresql": cluster.create_database("recorded")}
        lines = [
            json.dumps({"on": name, "sql": sql, "parameters": parameters})
            for name, address in addresses.items()
            for sql, parameters in record(address)
        ]
    Path(__file__).with_name(f"statements_of_{NEWEST}.jsonl").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
