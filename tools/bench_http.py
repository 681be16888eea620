"""Events a second through signed HTTP, with a Slack that answers each call in 100 ms: the bot, and a bare Bolt app.

    make bench-http                              both, round about (ABBA); ends with status 1 below 80 % of bare Bolt
    make bench-http OPTIONS="--events 500 --rounds 2"

Bare Bolt is an AsyncApp that echoes, behind the same Starlette and uvicorn: it looks nothing up, keeps nothing, and
posts each reply on a new connection, as Bolt does unless it is given a session. An event is done when it is
acknowledged and its reply has reached Slack. Then the bot alone gets 1,000 questions in a minute, evenly spread: what
processor time and memory that takes.
"""

import argparse
import asyncio
import itertools
import json
import os
import resource
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

import aiohttp
import uvicorn
from aiohttp import web
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.emulator.events_over_http import sign
from tests.conversations.entries import ENTRIES

LATENCY = 0.1
"""Seconds in which this Slack answers."""
AT_ONCE = 100
"""Events that wait for their reply at any moment."""
CHANNELS = 50
SECRET, TOKEN = "0123456789abcdef0123456789abcdef", "xoxb-bench"
WARM_UP = 200
"""Events before anything is measured."""


class Slack:
    """As much of a Slack as both apps need: it takes every call, and remembers whose replies have come."""

    def __init__(self) -> None:
        self.replied: dict[str, asyncio.Event] = {}
        self._numbers = itertools.count()

    async def take_call(self, request: web.Request) -> web.Response:
        method, given = request.match_info["method"], await request.text()
        arguments = json.loads(given) if "json" in request.content_type else dict(await request.post())
        await asyncio.sleep(LATENCY)
        if method == "chat.postMessage":
            self.replied[str(arguments["thread_ts"])].set()
        who = {"user_id": "UBOT", "bot_id": "BBOT", "team_id": "T1", "user": "faq", "team": "bench", "url": "https://x"}
        ts = f"1700000001.{next(self._numbers):06d}"
        return web.json_response({"ok": True, "ts": ts, "channel": arguments.get("channel"), **who})


@asynccontextmanager
async def slack_at(slack: Slack) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/api/{method}", slack.take_call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    await runner.cleanup()


class App:
    """One of the two, as a process."""

    def __init__(self, name: str, process: asyncio.subprocess.Process, port: int) -> None:
        self.name, self.process, self.url = name, process, f"http://127.0.0.1:{port}"

    @property
    def processor_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def megabytes(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


@asynccontextmanager
async def running(name: str, command: list[str], api: str, folder: Path) -> AsyncIterator[App]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": api, "PORT": str(port),
        "DIGEST_DAY": "never",
    }  # fmt: skip
    with (folder / f"{name}.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            while not await is_there(session, f"http://127.0.0.1:{port}/healthz"):
                await asyncio.sleep(0.05)
        yield App(name, process, port)
    finally:
        process.terminate()
        await process.wait()


async def is_there(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url):
            return True
    except aiohttp.ClientError:
        return False


class Load:
    """Sends mentions as Slack does."""

    def __init__(self, slack: Slack, session: aiohttp.ClientSession) -> None:
        self._slack, self._session = slack, session
        self._numbers = itertools.count()

    async def ask(self, app: App) -> float:
        """Send one mention and wait for its acknowledgement and its reply; gives the seconds."""
        number = next(self._numbers)
        ts, started = f"1700000000.{number:06d}", time.monotonic()
        event = {
            "type": "app_mention", "channel": f"C{number % CHANNELS:03d}", "user": f"U{number % 997:03d}", "ts": ts,
            "event_ts": ts, "team": "T1", "text": f"<@UBOT> {ENTRIES[number % len(ENTRIES)].question}",
        }  # fmt: skip
        outer = {
            "type": "event_callback", "event_id": f"Ev{number}", "team_id": "T1", "api_app_id": "A1", "event": event,
            "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}], "event_time": 1700000000,
        }  # fmt: skip
        replied = self._slack.replied[ts] = asyncio.Event()
        body, stamp = json.dumps(outer).encode(), str(int(time.time()))
        headers = {
            "Content-Type": "application/json", "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": sign(SECRET, stamp, body),
        }  # fmt: skip
        async with self._session.post(f"{app.url}/slack/events", data=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
        async with asyncio.timeout(60):
            await replied.wait()
        del self._slack.replied[ts]
        return time.monotonic() - started

    async def run_round(self, app: App, events: int) -> tuple[float, float]:
        """Keep AT_ONCE events under way until so many are done; gives events a second, and processor ms for one."""
        left, started, used = iter(range(events)), time.monotonic(), app.processor_seconds

        async def keep_asking() -> None:
            for _ in left:
                await self.ask(app)

        await asyncio.gather(*(keep_asking() for _ in range(AT_ONCE)))
        return events / (time.monotonic() - started), 1000 * (app.processor_seconds - used) / events

    async def run_evenly(self, app: App, a_minute: int, seconds: float) -> dict[str, float]:
        """Ask at a steady rate; gives the share of one core, the memory, and how long a reply took."""
        used, began, asking = app.processor_seconds, time.monotonic(), []
        for number in range(int(a_minute * seconds / 60)):
            await asyncio.sleep(began + number * 60 / a_minute - time.monotonic())
            asking.append(asyncio.create_task(self.ask(app)))
        took = sorted(await asyncio.gather(*asking))
        passed = time.monotonic() - began
        return {
            "questions": len(took),
            "percent_of_a_core": round(100 * (app.processor_seconds - used) / passed, 1),
            "memory_mb": round(app.megabytes),
            "reply_ms_median": round(1000 * median(took)),
            "reply_ms_p99": round(1000 * took[int(len(took) * 0.99)]),
        }


async def measure(options: argparse.Namespace) -> dict[str, object]:
    slack, here = Slack(), Path(__file__).resolve()
    connector = aiohttp.TCPConnector(
        limit=0, keepalive_timeout=3
    )  # uvicorn's own is 5 s: whoever is late loses a request
    async with slack_at(slack) as api, aiohttp.ClientSession(connector=connector) as session:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            ours = running("bot", [sys.executable, "-m", "bot", "run"], api, Path(name))
            bare = running("bare", [sys.executable, str(here), "--serve-bare-bolt"], api, Path(name))
            async with ours as bot, bare as bolt:
                load, found = Load(slack, session), {"bot": [], "bare": []}
                for app in (bot, bolt):
                    await load.run_round(app, WARM_UP)
                for number in range(options.rounds):
                    for app in (bot, bolt) if number % 2 else (bolt, bot):
                        found[app.name].append(await load.run_round(app, options.events))
                evenly = await load.run_evenly(bot, 1_000, options.seconds)
                errors = Path(name, "bot.log").read_text().count('"level": "error"')
    bot_rate, bare_rate = (median(rate for rate, _ in found[app]) for app in ("bot", "bare"))
    return {
        "events_a_second": {app: [round(rate) for rate, _ in rounds] for app, rounds in found.items()},
        "processor_ms_an_event": {app: round(median(ms for _, ms in rounds), 2) for app, rounds in found.items()},
        "ratio": round(bot_rate / bare_rate, 2),
        "at_1000_a_minute": evenly,
        "errors": errors,
    }


def serve_bare_bolt() -> None:
    client = AsyncWebClient(token=TOKEN, base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client, signing_secret=SECRET)

    @app.event("app_mention")
    async def echo(event, say):
        await say(text=event["text"], thread_ts=event["ts"])

    door = Starlette(routes=[Route("/slack/events", AsyncSlackRequestHandler(app).handle, methods=["POST"])])
    uvicorn.run(door, host="127.0.0.1", port=int(os.environ["PORT"]), log_config=None, access_log=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_500, help="in each round")
    parser.add_argument("--rounds", type=int, default=4, help="of each app")
    parser.add_argument("--seconds", type=float, default=60.0, help="of 1,000 questions a minute")
    parser.add_argument("--serve-bare-bolt", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve_bare_bolt:
        serve_bare_bolt()
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    result = asyncio.run(measure(options))
    print(json.dumps(result, indent=2))
    raise SystemExit(0 if result["ratio"] >= 0.8 and not result["errors"] else 1)


if __name__ == "__main__":
    main()
