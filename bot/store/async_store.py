"""The store for the event loop: one worker thread, and the one place where trouble with the database ends.

Whatever the database does, answers go on: a call that fails says so by its result, and an outage is two lines in the
log, one when it begins and one when saving works again. Counts wait in memory meanwhile.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any, Generic, Literal, TypeVar

import structlog

from bot.dialogue import Surface
from bot.errors import StoreError
from bot.store.stats import Counted, Happening
from bot.store.store import Store

FLUSH = 1.0
"""Seconds between two saves of the counts, and between two tries of a database that is out of order."""

EXPIRE_EVERY = 3600.0
"""Seconds between two deletions of what is too old."""

LONGEST = 5.0
"""Seconds for which a server may think about what was due at once; then it is cut off."""

LIMIT = 10_000
"""Different counts that wait in memory; a year's outage of a large FAQ has fewer."""

Given = TypeVar("Given")
Found = TypeVar("Found")
Else = TypeVar("Else")

log = structlog.stdlib.get_logger(__name__)


class Batches(Generic[Given, Found]):
    """Collects what is asked for while the batch before it is done: one change of threads, or one transaction, for all.

    One event loop uses it.
    """

    def __init__(self, do: Callable[[list[Given]], Awaitable[Sequence[Found]]], most: int = 100) -> None:
        """`do` returns one result for each, in order, or raises and has done nothing: then each is done alone."""
        self._do = do
        self._most = most
        self._due: list[tuple[Given, asyncio.Future[Found]]] = []
        self._doing: asyncio.Task[None] | None = None

    async def ask(self, given: Given) -> Found:
        """Return the result for one; raises what `do` raises for it."""
        answer: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self._due.append((given, answer))
        if self._doing is None or self._doing.done():
            self._doing = asyncio.create_task(self._work_off())
        return await answer

    async def _work_off(self) -> None:
        while self._due:
            batch, self._due = self._due[: self._most], self._due[self._most :]
            await self._answer(batch)

    async def _answer(self, batch: list[tuple[Given, asyncio.Future[Found]]]) -> None:
        try:
            results = await self._do([given for given, _ in batch])
        except Exception as error:
            if len(batch) == 1:
                _fail(batch[0][1], error)
                return
            for each in batch:
                await self._answer([each])
            return
        for (_, answer), result in zip(batch, results, strict=True):
            if not answer.cancelled():
                answer.set_result(result)


def in_thread(
    executor: Executor, do: Callable[[list[Given]], Sequence[Found]]
) -> Callable[[list[Given]], Awaitable[Sequence[Found]]]:
    """Return the `do` of batches that are worked off in a thread."""

    async def do_there(batch: list[Given]) -> Sequence[Found]:
        return await asyncio.get_running_loop().run_in_executor(executor, do, batch)

    return do_there


def _fail(answer: "asyncio.Future[Found]", error: Exception) -> None:
    if not answer.cancelled():
        answer.set_exception(error)


class AsyncStore:
    """Saves and loads for the bot; opens the store when it is first needed, and anew after every failure.

    After a failure `flush` alone tries the database again, so that nobody else waits for it.
    """

    def __init__(
        self, open_it: Callable[[], Store], retention: timedelta, clock: Callable[[], float] = monotonic
    ) -> None:
        self._open = open_it
        self._retention = retention
        self._clock = clock
        self._store: Store | None = None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._waiting: Counter[Counted] = Counter()
        self._expire_at = 0.0
        self._work_off = in_thread(self._worker, _do_all)
        self._batches: Batches[Callable[[], Any], tuple[Any, Exception | None]] = Batches(self._work_off_or_interrupt)
        self.trouble = ""
        """Why nothing can be saved at the moment; empty if all is well."""
        self.failures = 0
        """How often the database did not do what it was asked for."""

    async def save(self, work: Callable[[Store], object]) -> bool:
        """Do something in the worker; return whether it is safe in the database."""

        def do(store: Store) -> bool:
            work(store)
            return True

        return await self.load(do, otherwise=False)

    async def load(self, work: Callable[[Store], Found], otherwise: Else) -> Found | Else:
        """Do something in the worker and return its result, or `otherwise` where the database does not do it."""
        return otherwise if self.trouble else await self._do(work, otherwise, gives_way=True)

    def count(self, kind: Happening, entry: str, surface: Surface | Literal["click"]) -> None:
        """Count something that happened now; it is saved within a second or two. Never waits."""
        what = Counted(datetime.now(UTC).date().isoformat(), entry, kind, surface)
        if what in self._waiting or len(self._waiting) < LIMIT:
            self._waiting[what] += 1

    async def follow(self) -> None:
        """Save counts, and delete what is too old, until cancelled."""
        while True:
            await self.flush()
            if self._clock() >= self._expire_at and await self.save(lambda store: store.expire(self._retention)):
                self._expire_at = self._clock() + EXPIRE_EVERY
            await asyncio.sleep(FLUSH)

    async def flush(self) -> None:
        """Save the counts that wait, and see whether a database that was out of order works again.

        Counts that could not be saved go on waiting.
        """
        taken, self._waiting = self._waiting, Counter()

        def save(store: Store) -> bool:
            store.counts.add(taken)
            if self.trouble:
                store.events.expire()  # a write, which alone tells whether all is well
            return True

        if not (taken or self.trouble) or await self._do(save, otherwise=False):
            self._note_that_all_is_well()
        else:
            self._waiting.update(taken)

    async def close(self) -> None:
        """Save what waits, and let go of the database."""
        await self.flush()
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._let_go()

    async def _do(self, work: Callable[[Store], Found], otherwise: Else, *, gives_way: bool = False) -> Found | Else:
        """Do it with all else that is due: under load that is many to one change of threads."""
        found: Found | Else
        found, error = await self._batches.ask(partial(self._try, work, otherwise, gives_way))
        if error is not None:
            raise error
        return found

    async def _work_off_or_interrupt(self, works: list[Callable[[], Any]]) -> Sequence[tuple[Any, Exception | None]]:
        working = asyncio.ensure_future(self._work_off(works))
        ended, _ = await asyncio.wait({working}, timeout=LONGEST)
        if not ended and (store := self._store):
            store.interrupt()
        return await working

    def _try(self, work: Callable[[Store], Found], otherwise: Else, gives_way: bool) -> Found | Else:
        """Work, in the worker's thread; what queued up behind the call that failed would wait as long as that did."""
        if gives_way and self.trouble:
            return otherwise
        try:
            if self._store is None:
                self._store = self._open()
            return work(self._store)
        except StoreError as error:
            self._note_trouble(error)
            return otherwise

    def _note_trouble(self, error: StoreError) -> None:
        self._let_go()
        self.failures += 1
        if not self.trouble:
            log.error("nothing can be saved, answers go on", problem=error.what, next_step=error.next_step)
        self.trouble = str(error)

    def _note_that_all_is_well(self) -> None:
        if self.trouble:
            log.info("saving works again")
            self.trouble = ""

    def _let_go(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


def _do_all(works: list[Callable[[], Any]]) -> list[tuple[Any, Exception | None]]:
    """Do one after the other; return the result or the error of each."""
    done: list[tuple[Any, Exception | None]] = []
    for work in works:
        try:
            done.append((work(), None))
        except Exception as error:
            done.append((None, error))
    return done
