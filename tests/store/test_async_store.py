"""Answers go on, whatever the database does; saving works again by itself."""

import asyncio
from datetime import timedelta

import pytest
import structlog
from sqlalchemy import event

from bot.errors import StoreError
from bot.store import AsyncStore, Deduplication, open_store

from .builders import sent

YEAR = timedelta(days=365)


def numbers(address):
    store = open_store(address)
    found = sum(store.counts.since().values())
    store.close()
    return found


async def test_counts_are_saved_when_the_bot_ends(address, clock):
    async_store = AsyncStore(lambda: open_store(address), YEAR, clock)
    for _ in range(5):
        async_store.count("answer", "kinvolk", "mention")
    await async_store.close()
    assert numbers(address) == 5


async def test_a_full_disk_is_told_once_and_what_waited_is_saved_when_there_is_room(tmp_path, clock):
    address = f"sqlite:///{tmp_path / 'bot.db'}"
    full = {"pages": 1}

    def open_on_small_disk():
        store = open_store(address)

        def limit(connection, _):
            connection.execute(f"PRAGMA max_page_count = {full['pages']}")

        event.listen(store._database._engine, "connect", limit)
        store._database.close()
        return store

    async_store = AsyncStore(open_on_small_disk, YEAR, clock)
    question = sent("x" * 1900)
    with structlog.testing.capture_logs() as logs:
        async_store.count("answer", "kinvolk", "mention")
        for number in range(40):
            await async_store.save(lambda store, n=number: store.inbox.add(sent("x" * 1900, source=str(n))))
        assert not await async_store.save(lambda store: store.inbox.add(question))
        assert "the disk is full" in async_store.trouble
        full["pages"] = 1_000_000
        await async_store.flush()
        assert await async_store.save(lambda store: store.inbox.add(question))
        await async_store.close()
    assert [line["event"] for line in logs] == ["nothing can be saved, answers go on", "saving works again"]
    assert "Make room" in logs[0]["next_step"]
    assert numbers(address) == 1


async def test_a_database_that_failed_is_left_alone_for_a_moment_so_that_nobody_waits(tmp_path, clock):
    tries = []

    def open_it():
        tries.append(clock.now)
        return open_store(str(tmp_path / "no.db" / "bot.db"))

    (tmp_path / "no.db").write_text("in the way")
    async_store = AsyncStore(open_it, YEAR, clock)
    for _ in range(10):
        assert await async_store.load(lambda store: store.inbox.items(), otherwise=()) == ()
    assert len(tries) == 1
    await async_store.flush()
    assert len(tries) == 2
    (tmp_path / "no.db").unlink()
    await async_store.flush()
    assert await async_store.save(lambda store: store.inbox.add(sent()))
    assert async_store.trouble == ""
    await async_store.close()


async def test_what_queued_up_behind_a_call_that_failed_does_not_wait_for_the_database_too(tmp_path, clock):
    tries = []

    def open_it():
        tries.append(1)
        raise StoreError("The database does not answer.")

    async_store = AsyncStore(open_it, YEAR, clock)
    found = await asyncio.gather(
        *(async_store.load(lambda store: store.inbox.items(), otherwise=()) for _ in range(50))
    )
    assert found == [()] * 50
    assert len(tries) == 1
    await async_store.close()


async def test_a_file_that_was_removed_is_made_anew(tmp_path, clock):
    file = tmp_path / "bot.db"
    async_store = AsyncStore(lambda: open_store(str(file)), YEAR, clock)
    assert await async_store.save(lambda store: store.inbox.add(sent()))
    for part in tmp_path.iterdir():
        part.unlink()
    await async_store.save(lambda store: store.inbox.add(sent(source="2")))
    await async_store.flush()
    assert await async_store.save(lambda store: store.inbox.add(sent(source="3")))
    assert file.exists()
    await async_store.close()


async def test_a_lost_server_is_found_again_without_a_restart(postgres, clock):
    address = postgres.create_database("lost")
    async_store = AsyncStore(lambda: open_store(address), YEAR, clock)
    deduplication = Deduplication(async_store)
    with structlog.testing.capture_logs() as logs:
        assert await deduplication.take(("event 1",))
        postgres.stop()
        try:
            assert await deduplication.take(("event 2",)), "answers go on"
            assert not await deduplication.take(("event 2",)), "and still none is given twice"
            async_store.count("answer", "kinvolk", "mention")
            await async_store.flush()
        finally:
            postgres.start()
        await async_store.flush()
        assert await deduplication.close(("event 2",)), "what came in the meantime can be posted"
        await async_store.close()
    assert [line["event"] for line in logs] == ["nothing can be saved, answers go on", "saving works again"]
    assert numbers(address) == 1


async def test_a_server_that_hangs_is_cut_off_and_found_again(postgres, clock):
    address = postgres.create_database("hangs")
    async_store = AsyncStore(lambda: open_store(address), YEAR, clock)
    deduplication = Deduplication(async_store)
    assert await deduplication.take(("event 1",))
    processes = postgres.pause()
    try:
        async with asyncio.timeout(60):
            asked = [deduplication.take((f"event {number}",)) for number in range(2, 22)]
            assert await asyncio.gather(*asked) == [True] * 20, "answers go on"
            assert "does not answer" in async_store.trouble
            await async_store.flush()
    finally:
        postgres.resume(processes)
    async with asyncio.timeout(60):
        while async_store.trouble:
            await async_store.flush()
        assert await async_store.save(lambda store: store.inbox.add(sent()))
        await async_store.close()


async def test_an_outage_takes_a_bounded_memory(tmp_path, clock):
    (tmp_path / "no.db").write_text("in the way")
    async_store = AsyncStore(lambda: open_store(str(tmp_path / "no.db" / "bot.db")), YEAR, clock)
    for number in range(11_000):
        async_store.count("answer", f"entry {number}", "mention")
    await async_store.flush()
    assert len(async_store._waiting) == 10_000


async def test_the_store_saves_counts_by_itself(address, clock):
    async_store = AsyncStore(lambda: open_store(address), YEAR, clock)
    async_store.count("answer", "kinvolk", "mention")
    following = asyncio.create_task(async_store.follow())
    async with asyncio.timeout(10):
        while async_store._waiting or not async_store._store:
            await asyncio.sleep(0.01)
    following.cancel()
    await async_store.close()
    assert numbers(address) == 1


async def test_an_error_of_the_program_itself_is_not_taken_for_an_outage(tmp_path, clock):
    async_store = AsyncStore(lambda: open_store(str(tmp_path / "bot.db")), YEAR, clock)
    with pytest.raises(ZeroDivisionError):
        await async_store.save(lambda store: 1 / 0)
    assert async_store.trouble == ""
    await async_store.close()


async def test_what_can_be_read_but_not_written_is_out_of_order_until_it_can_be_written(tmp_path, clock):
    file = tmp_path / "bot.db"
    open_store(str(file)).close()
    header = bytearray(file.read_bytes())
    writable, header[18] = bytes(header), 3  # tests/store/test_files.py says why
    file.write_bytes(header)
    async_store = AsyncStore(lambda: open_store(str(file)), YEAR, clock)
    with structlog.testing.capture_logs() as logs:
        assert await async_store.load(lambda store: store.inbox.items(), otherwise=None) == ()
        assert not await async_store.save(lambda store: store.inbox.add(sent()))
        for _ in range(3):
            await async_store.flush()
        assert "read-only" in async_store.trouble
        file.write_bytes(writable)
        await async_store.flush()
        assert await async_store.save(lambda store: store.inbox.add(sent()))
        await async_store.close()
    assert [line["event"] for line in logs] == ["nothing can be saved, answers go on", "saving works again"]
