"""Measure what saving feedback adds to the time of an answer: the real bot, in a process, under load.

Questions come at a steady rate, and somebody clicks a thumb on every answer. In half of the rounds (ABBA)
the clicks carry an entry that has gone: the bot handles those alike, but saves nothing. The difference is the saving.

    .venv/bin/python -m tools.bench_store [--database postgresql://...] [--rate 10] [--questions 40] [--rounds 12]
"""

import argparse
import asyncio
from statistics import median
from time import perf_counter

from bot.store import open_store
from tests.conversations.entries import ENTRIES
from tests.emulator import FakeSlack, running_bot, slow

LATENCY = 0.1
"""Seconds in which Slack answers a call."""


async def ask(slack, number, saving):
    """Ask, wait for the answer, click; gives the seconds until the answer stood there."""
    started = perf_counter()
    asked = slack.mention("general", f"person{number % 50}", ENTRIES[number % len(ENTRIES)].question)
    [answer] = await slack.wait_for_message("general", thread_ts=asked.ts)
    seconds = perf_counter() - started
    value = None if saving else '{"e": "gone", "f": "up"}'
    thumbs = [press for press in answer.presses if press.label == "This helped"]
    press = thumbs[0]
    choice = {**press.choice, "value": value} if value else press.choice
    slack.press(answer, f"person{number % 50}", type(press)(press.block_id, press.element, press.label, choice))
    return seconds


async def hold_round(slack, saving, first, options):
    """Ask at a steady rate; gives the median of the seconds."""
    asking = []
    for number in range(first, first + options.questions):
        asking.append(asyncio.create_task(ask(slack, number, saving)))
        await asyncio.sleep(1 / options.rate)
    seconds = await asyncio.gather(*asking)
    await slack.settle()
    return median(seconds)


async def measure(options):
    database = {"DATABASE_URL": options.database} if options.database else {}
    async with FakeSlack.open("http") as slack, running_bot(slack, **database) as bot:
        await hold_round(slack, True, 0, options)
        found = {False: [], True: []}
        for number in range(options.rounds):
            saving = number % 4 in (1, 2)  # ABBA: what grows in the course of time weighs on both alike
            slack.disturb(slow(LATENCY), 10 * options.questions)
            found[saving].append(await hold_round(slack, saving, number * options.questions, options))
            slack.outages.clear()
        store = open_store(options.database or str(bot.folder / "data" / "flatcar-faq.db"))
        saved = sum(each.up for each in store.feedback.by_entry())
        store.close()
    return median(found[False]), median(found[True]), saved


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default="")
    parser.add_argument("--rate", type=float, default=10.0)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=12)
    options = parser.parse_args()
    without, with_saving, saved = asyncio.run(measure(options))
    print(f"median answer, nothing saved:   {without * 1000:7.1f} ms")
    print(f"median answer, feedback saved:  {with_saving * 1000:7.1f} ms   ({saved} thumbs saved)")
    print(f"saving adds {with_saving / without - 1:+.1%} (limit: 5 %)")
    raise SystemExit(with_saving > 1.05 * without)


if __name__ == "__main__":
    main()
