"""Serves the page to chat on: GET / as a whole, GET /page/parts piece by piece as things change, and its files.

It shows and never acts: what people do, and the faults that they make on purpose, goes to /control/.
"""

import asyncio
from functools import partial
from typing import Any

from aiohttp import web

from bot.emulator import (
    BOT_NAME,
    BOT_USER,
    POSTING,
    Change,
    Emulator,
    Json,
    Message,
    Route,
    question_behind,
)  # fmt: skip
from bot.errors import FaqError

from .drawing import Draw, as_json, as_page, build_drawer, serve_file
from .editor import Editor
from .examples import Example, find_examples
from .markup import is_safe, link, unescape
from .showing import Look, Showing, colour_of, read_look
from .teach import Teach
from .why import Happened, find_out

PARTS = (
    "people", "doors", "head", "banner", "messages", "composer", "side-head", "side-body", "side-composer", "modals",
)  # fmt: skip
"""Templates in templates/parts, and at the same time the ids of the elements that hold what they draw."""
FAULTS: tuple[tuple[str, str, Json], ...] = (
    ("none", "None: Slack takes every message", {}),
    ("slow", "Slow: each takes two seconds", {"fault": "slow", "seconds": 2, "share": 1.0}),
    (
        "rate_limited",
        "Rate limited: every second one waits",
        {"fault": "rate_limited", "seconds": 1, "share": 0.5},
    ),
    ("server_error", "Failing: every third one meets a server error", {"fault": "server_error", "share": 0.34}),
    ("reset", "Breaking: every third one loses its connection", {"fault": "reset", "share": 0.34}),
    ("refuse_blocks", "Refusing: no message may have blocks", {"fault": "refuse_blocks", "share": 1.0}),
)
"""The faults of posting that last: name, label, and the wish that makes it so."""


class Page:
    """The page of one workspace; where the FAQ is known it can explain, teach, and give examples."""

    def __init__(self, slack: Emulator, editor: Editor | None = None, maintainer: str = "") -> None:
        self.slack, self.editor, self.maintainer = slack, editor, maintainer
        self.draw: Draw = build_drawer(slack)
        self.teach = Teach(editor, self.draw, self.prepare) if editor else None
        self.examples: list[Example] = []
        self.was_connected = False

    @property
    def routes(self) -> list[Route]:
        """What is served to a browser."""
        return [
            ("GET", "/", self._show),
            ("GET", "/page/parts", self._show_parts),
            ("GET", "/static/{name}", serve_file),
            *(self.teach.routes if self.teach else ()),
        ]

    async def follow(self) -> None:
        """Notify those who look when the connection to the bot comes or goes, until cancelled."""
        connected = False
        while True:
            if self.slack.is_connected != connected:
                connected = not connected
                self.was_connected = self.was_connected or connected
                self.slack.workspace.announce(Change("connection"))
            await self.slack.notifier.next_change()

    async def prepare(self) -> None:
        """Find questions to begin with; without any where the FAQ has problems."""
        if self.editor is None:
            return
        try:
            answerer = await self.editor.answerer()
        except FaqError:
            self.examples = []
            return
        is_shipped = self.editor.tools.is_shipped(self.editor.origin)
        self.examples = await asyncio.to_thread(partial(find_examples, answerer, is_shipped=is_shipped))
        self.slack.workspace.announce(Change("connection"))

    async def _show(self, request: web.Request) -> web.StreamResponse:
        look = read_look(request.query, self.slack)
        variables = await self._variables(look)
        return as_page(self.draw("chat.html", parts=self._parts(look, variables), **variables))

    async def _show_parts(self, request: web.Request) -> web.StreamResponse:
        look = read_look(request.query, self.slack)
        variables = await self._variables(look)
        told = {"side": look.side, "kind": variables["showing"].channel.kind, "tab": look.tab}
        return as_json({"parts": self._parts(look, variables), **told})

    def _parts(self, look: Look, variables: dict[str, Any]) -> dict[str, str]:
        parts = {name: self.draw(f"parts/{name}.html", **variables) for name in PARTS}
        place = BOT_NAME if look.place == "direct" else f"#{look.place}"
        return {**parts, "title": f"{place} · Playground"}

    async def _variables(self, look: Look) -> dict[str, Any]:
        slack, showing = self.slack, Showing(self.slack, look)
        reply = showing.find(look.why) if look.why else None
        people, modals = list(slack.workspace.people), slack.views.modals.get(showing.me, [])
        return {
            "look": look, "showing": showing, "bot_name": BOT_NAME, "bot_user": BOT_USER, "maintainer": self.maintainer,
            "connected": slack.is_connected, "was_connected": self.was_connected,
            "knows_faq": self.editor is not None, "examples": self.examples, "disturbed": tell_faults(slack),
            "names": [BOT_NAME, *(name for name in people if name != look.person)],
            "commands": [dict(command) for command in slack.grants.commands],
            "shortcuts": [dict(each) for each in slack.grants.shortcuts if each.get("type") == "message"],
            "people": people, "home": slack.views.homes.get(showing.me), "modal": modals[-1] if modals else None,
            "colour": colour_of, "is_safe": is_safe, "safe_link": link,
            "fault": current_fault(slack), "faults": FAULTS, "is_silent": slack.socket.loses_everything,
            "objections": list(slack.faults), "happened": await self._find_out(reply) if reply else None,
            "block_json": "" if reply is None else reply.blocks or reply.text,
        }  # fmt: skip

    async def _find_out(self, reply: Message) -> Happened | None:
        asked = question_behind(reply, self.slack.asked)
        if asked is None or self.editor is None:
            return None
        try:
            answerer = await self.editor.answerer()
        except FaqError:
            return None
        text = unescape(asked.text.replace(f"<@{BOT_USER}>", "")).strip()
        waited = None if reply.edits else reply.posted_at - asked.at
        return await asyncio.to_thread(find_out, answerer, text, waited)


def current_fault(slack: Emulator) -> str:
    """Return the name of the fault of posting that lasts."""
    outage, _ = slack.outages.standing.get(POSTING, (None, 0.0))
    return outage.kind if outage else "none"


def tell_faults(slack: Emulator) -> list[str]:
    """Return in a few words each what goes wrong on purpose now."""
    lasting = [label.partition(": ")[2] for name, label, wish in FAULTS if wish and name == current_fault(slack)]
    others = {
        f"{slack.outages.left} calls to come will fail": slack.outages.left,
        "the connection loses everything": slack.socket.loses_everything,
        "the next event comes twice": slack.dispatch.duplicates,
        "the next event comes late": slack.dispatch.delays,
    }
    return [*lasting, *(told for told, is_so in others.items() if is_so)]
