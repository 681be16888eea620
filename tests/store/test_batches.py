"""What is asked for at once is done together, and each asker gets what is theirs."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.store import Batches, in_thread


class Doubling:
    """Doubles numbers, and remembers which came together."""

    def __init__(self):
        self.batches = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, numbers):
        self.batches.append(numbers)
        await self.gate.wait()
        if 13 in numbers:
            raise ValueError(13)
        return [2 * number for number in numbers]


async def test_what_comes_while_a_batch_is_done_is_the_next_batch():
    double = Doubling()
    double.gate.clear()
    batches = Batches(double)
    asked = [asyncio.create_task(batches.ask(0))]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asked += [asyncio.create_task(batches.ask(number)) for number in range(1, 5)]
    await asyncio.sleep(0)
    double.gate.set()
    assert await asyncio.gather(*asked) == [0, 2, 4, 6, 8]
    assert double.batches == [[0], [1, 2, 3, 4]]
    assert await batches.ask(7) == 14


async def test_a_batch_has_a_greatest_size():
    double = Doubling()
    batches = Batches(double, most=3)
    assert await asyncio.gather(*map(batches.ask, range(8))) == [0, 2, 4, 6, 8, 10, 12, 14]
    assert [len(batch) for batch in double.batches] == [3, 3, 2]


async def test_what_fails_in_a_batch_fails_for_its_asker_alone():
    batches = Batches(Doubling())
    found = await asyncio.gather(*map(batches.ask, (1, 13, 3)), return_exceptions=True)
    assert found[0] == 2
    assert isinstance(found[1], ValueError)
    assert found[2] == 6


async def test_an_asker_who_has_gone_keeps_nobody_from_the_answer():
    double = Doubling()
    double.gate.clear()
    batches = Batches(double)
    going, staying, failing = (asyncio.create_task(batches.ask(number)) for number in (1, 2, 13))
    for _ in range(3):
        await asyncio.sleep(0)
    going.cancel()
    failing.cancel()
    double.gate.set()
    assert await staying == 4
    assert going.cancelled()
    assert failing.cancelled()


async def test_a_thread_works_a_batch_off():
    with ThreadPoolExecutor(1, thread_name_prefix="elsewhere") as executor:
        batches = Batches(in_thread(executor, lambda batch: [threading.current_thread().name] * len(batch)))
        assert set(await asyncio.gather(*map(batches.ask, range(5)))) == {"elsewhere_0"}


async def test_an_error_in_the_thread_is_raised():
    def divide(batch):
        return [1 / number for number in batch]

    with ThreadPoolExecutor(1) as executor:
        batches = Batches(in_thread(executor, divide))
        with pytest.raises(ZeroDivisionError):
            await batches.ask(0)
        assert await batches.ask(2) == 0.5
