"""Load with seeded faults against the playground's Slack, with the real bot process; what became of every question.

    make soak                        ten minutes, over Socket Mode
    make soak SOAK="--seconds 60 --seed 7 --transport http"

In the first seven tenths one process runs through limits, errors, broken and slow calls, and lines that drop; its
memory is watched. Then it is killed and stopped again and again. Slack's pauses before it sends an event again are
0, 5 and 20 s here instead of 0, 60 and 300.
"""

import argparse
import asyncio
import contextlib
import json
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.emulator import Message, Outage
from tests.conversations.entries import ENTRIES
from tests.emulator import (
    BotProcess,
    FakeSlack,
    environment_for,
    rate_limited,
    slow,
)

CHANNELS = [f"channel{number}" for number in range(20)]
KILL_WINDOW = 4.0
"""Seconds before a kill in which a question may have been posted but not noted, or acknowledged but not posted."""


@dataclass
class Asked:
    """One question: who asked it, how, and when."""

    person: str
    surface: str
    at: float
    message: Message | None = None


@dataclass
class Run:
    """The state of one run."""

    slack: FakeSlack
    options: argparse.Namespace
    folder: Path
    chance: random.Random
    asked: list[Asked] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)
    faults: Counter = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)
    held: list[asyncio.StreamWriter] = field(default_factory=list)
    bot: BotProcess = None  # type: ignore[assignment]

    async def start_bot(self) -> None:
        self.bot = BotProcess(self.slack, environment_for(self.slack), self.folder)
        await self.bot.start()
        await self.bot.wait_until_ready()

    def ask(self) -> None:
        number = len(self.asked)
        person, question = f"person{number}", ENTRIES[number % len(ENTRIES)].question
        surface = self.chance.choice(("mention", "mention", "mention", "direct", "command"))
        asked = Asked(person, surface, time.monotonic())
        if surface == "mention":
            asked.message = self.slack.mention(self.chance.choice(CHANNELS), person, question)
        elif surface == "direct":
            asked.message = self.slack.direct_message(person, question)
        else:
            self.slack.command(self.chance.choice(CHANNELS), person, question)
        self.asked.append(asked)

    async def disturb(self) -> None:
        """Do one bad thing."""
        method = self.chance.choice(("chat.postMessage", "chat.postMessage", "response_url"))
        kind = self.chance.choice(
            ("limit", "limit", "error", "reset", "slow", "blocks", "line", "hostile", "twice", "late")
        )
        self.faults[kind] += 1
        match kind:
            case "limit":
                self.slack.disturb(rate_limited(self.chance.randint(1, 3)), self.chance.randint(1, 3), method)
            case "error":
                self.slack.disturb(Outage("server_error"), 1, method)
            case "reset":
                self.slack.disturb(Outage("reset"), 1, method)
            case "slow":
                self.slack.disturb(slow(self.chance.uniform(0.5, 4.0)), 1, method)
            case "blocks":
                self.slack.disturb(Outage("refuse_blocks"), 1, method)
            case "twice":
                self.slack.dispatch.duplicates = 2
            case "late":
                self.slack.dispatch.delays.append(1.0)
            case "line" if self.slack.transport_name == "socket":
                await self.break_line()
            case "hostile" if self.slack.transport_name == "http":
                await self.hold_connections()

    async def break_line(self) -> None:
        match self.chance.choice(("drop", "refresh", "refuse")):
            case "drop":
                self.slack.socket.drop()
            case "refresh":
                await self.slack.socket.ask_to_reconnect("refresh_requested")
            case "refuse":
                self.slack.socket.refusals = 2
                self.slack.socket.drop()

    async def hold_connections(self) -> None:
        """Open connections as somebody without the secret does: half a head, or half a large body, and then nothing."""
        where = urlsplit(self.slack.http.bot_url)
        head = "POST /slack/events HTTP/1.1\r\nHost: x\r\n"
        seems_signed = f"X-Slack-Request-Timestamp: {time.time():.0f}\r\nX-Slack-Signature: v0={'0' * 64}\r\n"
        half_a_body = f"{head}{seems_signed}Content-Length: 790000\r\n\r\n{'x' * 100_000}"
        for writer in self.held:
            writer.close()
        with contextlib.suppress(OSError):
            opened = [await asyncio.open_connection(where.hostname, where.port) for _ in range(100)]
            self.held = [writer for _, writer in opened]
            for number, writer in enumerate(self.held):
                writer.write((head if number % 2 else half_a_body).encode())

    async def end_bot(self) -> None:
        """Kill it or stop it, and start it again."""
        if self.chance.random() < 0.5:
            self.faults["kill -9"] += 1
            self.kills.append(time.monotonic())
            await self.bot.kill()
        else:
            self.faults["SIGTERM"] += 1
            await self.bot.stop()
        await self.start_bot()

    def note_memory(self) -> None:
        status = Path(f"/proc/{self.bot.process.pid}/status").read_text()
        kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        self.memory.append((time.monotonic(), kilobytes / 1024))


async def soak(options: argparse.Namespace) -> dict[str, object]:
    async with FakeSlack.open(options.transport) as slack:
        slack.socket.ack_patience = slack.http.ack_patience = 3.0
        slack.dispatch.retry_delays = (0.0, 5.0, 20.0)
        for name in CHANNELS:
            slack.workspace.add_channel(name)
        with tempfile.TemporaryDirectory(prefix="soak-") as folder:
            run = Run(slack, options, Path(folder), random.Random(options.seed))
            await run.start_bot()
            await load(run)
            await asyncio.wait_for(settle(run), 120)
            await run.bot.stop()
            return report(run)


async def load(run: Run) -> None:
    started = time.monotonic()
    next_fault, next_end, seconds = 3.0, 0.7 * run.options.seconds, run.options.seconds
    while (now := time.monotonic() - started) < seconds:
        run.ask()
        if now >= next_fault:
            await run.disturb()
            next_fault = now + run.chance.uniform(0.5, 3.0)
        if now >= next_end:
            await run.end_bot()
            next_end = time.monotonic() - started + run.chance.uniform(8.0, 16.0)
        elif now < 0.7 * seconds:
            run.note_memory()
        await asyncio.sleep(run.chance.expovariate(run.options.rate))


async def settle(run: Run) -> None:
    run.slack.outages.clear()
    run.slack.socket.recover()
    await asyncio.sleep(35)  # the last repetition of an event comes 25 s after the first
    await run.slack.deliveries.done()
    await asyncio.sleep(2)


def report(run: Run) -> dict[str, object]:
    outcomes, wrong = Counter(), []
    threads = Counter(m.thread_ts for m in run.slack.workspace.messages if m.bot_id and m.thread_ts)
    alone = Counter(m.visible_to for m in run.slack.workspace.messages if m.visible_to and not m.deleted)
    places = Counter(m.channel for m in run.slack.workspace.messages if m.bot_id and not m.visible_to)
    for asked in run.asked:
        person = run.slack.workspace.user_id(asked.person)
        if asked.surface == "command":
            count = alone[person]
        elif asked.surface == "mention":
            count = threads[asked.message.ts]
        else:
            count = places[asked.message.channel]
        window = any(0 <= kill - asked.at < KILL_WINDOW for kill in run.kills)
        outcome = {0: "silence", 1: "once"}.get(count, "more than once") + (" (in a kill's window)" if window else "")
        outcomes[outcome] += 1
        if count != 1 and not window:
            wrong.append(f"{asked.surface} of {asked.person}: {count}")
    log = run.bot.log()
    keys = run.slack.credentials
    dirt = [w for w in ("Traceback", "Unhandled", keys.bot_token, keys.app_token, keys.signing_secret) if w in log]
    dirt += [entry.question for entry in ENTRIES if entry.question in log]
    half = [mb for at, mb in run.memory if at > run.memory[0][0] + 0.2 * (run.memory[-1][0] - run.memory[0][0])]
    told = Counter(json.loads(line).get("event", "")[:60] for line in log.splitlines() if line.startswith("{"))
    return {
        "transport": run.options.transport,
        "seconds": run.options.seconds,
        "seed": run.options.seed,
        "questions": len(run.asked),
        "outcomes": dict(outcomes),
        "wrong": wrong[:20],
        "told_by_slack": sum("failed" in m.text for m in run.slack.workspace.messages if m.via == "Slack"),
        "faults_made": dict(run.faults),
        "faults_of_the_bot": [fault for fault in run.slack.faults if "was not acknowledged" not in fault][:5],
        "memory_mb": {"after a fifth": round(half[0]), "at the end": round(half[-1]), "most": round(max(half))},
        "log_dirt": dirt,
        "log_lines": dict(told.most_common(12)),
        "ok": not wrong and not dirt,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--rate", type=float, default=6.0, help="questions a second")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--transport", choices=("socket", "http"), default="socket")
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    result = asyncio.run(soak(parser.parse_args()))
    print(json.dumps(result, indent=2))
    raise SystemExit(0 if result["ok"] else 1)


if __name__ == "__main__":
    main()
