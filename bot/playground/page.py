"""Serves the page to chat on: GET / as a whole, GET /page/parts piece by piece as things change, and its files.

It shows and never acts: what people do goes to /control/.
"""

import asyncio
from functools import partial
from typing import Any

from aiohttp import web

from bot.desk import Answerer
from bot.emulator.emulator import Emulator
from bot.emulator.messages import Message
from bot.emulator.question_log import question_behind
from bot.emulator.server import Handler
from bot.emulator.snapshot import is_connected
from bot.emulator.workspace import BOT_NAME, BOT_USER, Change
from bot.errors import FaqError

from .drawing import Draw, build_drawer
from .editor import School
from .editor_desk import Bench
from .examples import Example, find_examples
from .fault_switches import WEATHERS, current_weather, tell_troubles
from .files import serve_file
from .links import is_safe, link
from .look import Look, read_look
from .mrkdwn import unescape
from .safety import as_page
from .showing import Showing, colour_of
from .teach import Teach
from .why import Happened, find_out

PARTS = (
    "people", "doors", "head", "banner", "messages", "composer", "side-head", "side-body", "side-composer", "modals",
)  # fmt: skip
"""Templates in templates/parts, and at the same time the ids of the elements that hold what they draw."""


class Page:
    """The page of one workspace; where the FAQ is known it can explain, teach, and give examples."""

    def __init__(self, slack: Emulator, school: School | None = None, maintainer: str = "") -> None:
        self.slack, self.maintainer = slack, maintainer
        self.bench: Bench | None = school.bench if school else None
        self.draw: Draw = build_drawer(slack)
        self.teach = Teach(school, self.draw, self.prepare) if school else None
        self.examples: list[Example] = []
        self.was_connected = False

    @property
    def routes(self) -> list[tuple[str, str, Handler]]:
        """What is served to a browser."""
        return [
            ("GET", "/", self._show),
            ("GET", "/page/parts", self._show_parts),
            ("GET", "/static/{name}", serve_file),
            *(self.teach.routes if self.teach else ()),
        ]

    async def follow(self) -> None:
        """Tell those who look when the line to the bot comes or goes, until cancelled."""
        connected = False
        while True:
            if is_connected(self.slack) != connected:
                connected = not connected
                self.was_connected = self.was_connected or connected
                self.slack.workspace.announce(Change("line"))
            await self.slack.bell.next_ring()

    async def prepare(self) -> None:
        """Find questions to begin with; without any where the FAQ has problems."""
        if self.bench is None:
            return
        try:
            desk = await self.bench.desk()
        except FaqError:
            self.examples = []
            return
        is_shipped = self.bench.tools.is_shipped(self.bench.origin)
        self.examples = await asyncio.to_thread(partial(find_examples, desk, is_shipped=is_shipped))
        self.slack.workspace.announce(Change("line"))

    async def _show(self, request: web.Request) -> web.StreamResponse:
        look = read_look(request.query, self.slack)
        variables = await self._variables(look)
        return as_page(self.draw("chat.html", parts=self._parts(look, variables), **variables))

    async def _show_parts(self, request: web.Request) -> web.StreamResponse:
        look = read_look(request.query, self.slack)
        parts = self._parts(look, await self._variables(look))
        told = {"parts": parts, "side": look.side, "kind": parts.pop("kind"), "tab": look.tab}
        return web.json_response(told, headers={"Cache-Control": "no-store"})

    def _parts(self, look: Look, variables: dict[str, Any]) -> dict[str, str]:
        parts = {name: self.draw(f"parts/{name}.html", **variables) for name in PARTS}
        place = BOT_NAME if look.place == "direct" else f"#{look.place}"
        return {**parts, "title": f"{place} · Playground", "kind": variables["showing"].channel.kind}

    async def _variables(self, look: Look) -> dict[str, Any]:
        showing = Showing(self.slack, look)
        reply = showing.find(look.why) if look.why else None
        return {
            "look": look, "showing": showing, "bot_name": BOT_NAME, "bot_user": BOT_USER, "maintainer": self.maintainer,
            "connected": is_connected(self.slack), "was_connected": self.was_connected,
            "runs_bot": self.bench is not None, "can_explain": self.bench is not None,
            "can_teach": self.bench is not None, "examples": self.examples, "troubles": tell_troubles(self.slack),
            "names": [BOT_NAME, *(name for name in showing.people if name != look.person)],
            "commands": [dict(command) for command in self.slack.grants.commands],
            "shortcuts": showing.shortcuts("message"), "colour": colour_of, "is_safe": is_safe, "safe_link": link,
            "weather": current_weather(self.slack), "weathers": WEATHERS,
            "line_is_silent": self.slack.socket.loses_everything, "faults": list(self.slack.faults),
            "people_by_id": {id_: name for name, id_ in self.slack.workspace.people.items()},
            "channels_by_id": {c.id: f"#{c.name}" for c in self.slack.workspace.channels.values() if c.kind != "im"},
            "happened": await self._find_out(reply) if reply else None,
            "block_json": "" if reply is None else reply.blocks or reply.text,
        }  # fmt: skip

    async def _find_out(self, reply: Message) -> Happened | None:
        asked = question_behind(reply, self.slack.asked)
        if asked is None or self.bench is None:
            return None
        try:
            desk: Answerer = await self.bench.desk()
        except FaqError:
            return None
        text = unescape(asked.text.replace(f"<@{BOT_USER}>", "")).strip()
        waited = None if reply.edits else reply.posted_at - asked.at
        return await asyncio.to_thread(find_out, desk, text, waited)
