"""What many ask for at once is done in one go: one change of threads, or one transaction, for all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from typing import Generic, TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")


class Batches(Generic[Given, Found]):
    """Collects what is asked for while the batch before it is being done. One event loop uses it."""

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
