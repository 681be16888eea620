"""The bot's own door for tests: payloads in as Slack sends them, through the real Bolt app and the real handlers.

Only Slack itself is made up: a web server that notes every call, and answers as a test says.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import build_bolt_app
from bot.desk import Answerer, HelpDesk, Policy
from bot.faq import Faq
from bot.matching import Thresholds
from bot.slack.handlers.context import Context
from bot.slack.transport.dispatch import Dispatcher
from bot.store import AsyncStore, open_store
from tests.builders import PUBLICATION, TODAY, entry

Json = dict[str, Any]

BOT = "UBOT"
UPDATE = entry("How do I update Flatcar?", "It updates itself.", entry_id="update")
PAYS = entry("Who pays for all of this?", "A company does.", entry_id="pays")
IGNITION = entry("What is Ignition good for?", "\n\n".join(["It sets a machine up. " * 10] * 10), entry_id="ignition")
FAQ = Faq((UPDATE, PAYS, IGNITION))


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot's: a method of the Web API, or `response_url`."""

    method: str
    arguments: Json

    @property
    def text(self) -> str:
        return str(self.arguments.get("text") or "")


@dataclass
class Slack:
    """The far edge: keeps the calls in order, and the answers that are planned for them."""

    calls: list[Call] = field(default_factory=list)
    planned: dict[str, list[Json]] = field(default_factory=dict)
    address: str = ""

    def refuse(self, method: str, *errors: str) -> None:
        """Answer the next calls of a method with these errors."""
        self.planned.setdefault(method, []).extend({"ok": False, "error": error} for error in errors)

    def made(self, *methods: str) -> list[Call]:
        """Return the calls that put something before people's eyes, or those of certain methods."""
        shown = methods or ("chat.postMessage", "chat.postEphemeral", "chat.update", "views.publish", "response_url")
        return [call for call in self.calls if call.method in shown]

    async def answer(self, request: web.Request) -> web.Response:
        method = request.path.removeprefix("/")
        self.calls.append(call := Call(method, dict(request.query) | await _arguments(request)))
        if planned := self.planned.get(method):
            return web.json_response(planned.pop(0))
        return web.json_response({"ok": True} | self._usual_answer(call))

    def _usual_answer(self, call: Call) -> Json:
        match call.method:
            case "auth.test":
                return {"user_id": BOT, "bot_id": "BOWN", "team_id": "T1", "url": "https://acme.slack.com/"}
            case "chat.postMessage":
                ts, thread = f"1700000100.{len(self.calls):06}", call.arguments.get("thread_ts")
                message = {"ts": ts} | ({"thread_ts": thread} if thread else {})
                return {"ts": ts, "channel": call.arguments["channel"], "message": message}
            case _:
                return {}


@dataclass(frozen=True)
class Door:
    """The bot, and the Slack that it talks to."""

    slack: Slack
    dispatcher: Dispatcher
    desk: HelpDesk

    async def send(self, body: Json) -> Json | str:
        """Send a payload as over a socket; wait until the bot is done, and return what it acknowledged with."""
        response = await self.dispatcher.receive(body)
        await self.dispatcher.finish(30)
        assert response.status == 200, response.body
        return json.loads(response.body) if response.body else ""

    async def ask(self, event: Json, **changes: Any) -> list[Call]:
        """Send an event, and return what the bot showed about it."""
        before = len(self.slack.calls)
        await self.send(event_body(event, **changes))
        return Slack(self.slack.calls[before:]).made()

    @property
    def response_url(self) -> str:
        return f"{self.slack.address}response_url"


@asynccontextmanager
async def open_door(
    folder: Path, policy: Policy | None = None, *, faq: Faq = FAQ, token: str = "xoxb-1", **changes: Any
) -> AsyncIterator[Door]:
    """Start the bot on an FAQ of three entries, in this process."""
    slack = Slack()
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", slack.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    store = AsyncStore(lambda: open_store(str(folder / "bot.db")), timedelta(days=365))
    answerer = Answerer(faq, PUBLICATION, Thresholds())
    desk = HelpDesk(answerer, store, policy or Policy(), today=lambda: TODAY, **changes)
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=token, base_url=slack.address, session=session)
        yield Door(slack, Dispatcher(build_bolt_app(client, Context(desk, token)), desk.metrics), desk)
    await store.close()
    await runner.cleanup()


def event_body(event: Json, **changes: Any) -> Json:
    """Wrap an event as Slack does."""
    installed = {"enterprise_id": None, "team_id": "T1", "user_id": BOT, "is_bot": True, "is_enterprise_install": False}
    outer = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "authorizations": [installed]}
    return outer | {"event_id": f"Ev{event.get('event_ts') or event['ts']}", "event": event} | changes


def mention(text: str = "<@UBOT>", **changes: Any) -> Json:
    return {"type": "app_mention", "channel": "C1", "user": "U1", "text": text, "ts": "1700000000.000100"} | changes


def direct(text: str = "", **changes: Any) -> Json:
    return mention(text, type="message", channel="D1", channel_type="im") | changes


def edited(new: Json, old: Json, at: str = "1700000050.000100") -> Json:
    """Build the event that tells of an edit."""
    shared = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": at, "event_ts": at}
    inner = {**new, "type": "message", "edited": {"user": new.get("user"), "ts": at}}
    place = {"channel": new["channel"], "channel_type": new.get("channel_type", "channel")}
    return shared | place | {"message": inner, "previous_message": {**old, "type": "message"}}


def workflow_post(text: str = "<@UBOT> How do I update Flatcar?", **changes: Any) -> Json:
    written = mention(text, subtype="bot_message", bot_id="B9", app_id="A9", username="Ask the FAQ")
    del written["user"]
    return written | changes


def rich(*parts: Json) -> list[Json]:
    return [{"type": "rich_text", "block_id": "b", "elements": list(parts)}]


def section(*elements: Json | str) -> Json:
    """Build a section of rich text; plain strings are texts."""
    return {"type": "rich_text_section", "elements": [_element(each) for each in elements]}


def _element(each: Json | str) -> Json:
    return {"type": "text", "text": each} if isinstance(each, str) else each


async def _arguments(request: web.Request) -> Json:
    body = await request.text()
    given = json.loads(body) if "json" in request.content_type and body else dict(parse_qsl(body))
    blocks = given.get("blocks")
    return given | ({"blocks": json.loads(blocks)} if isinstance(blocks, str) else {})
