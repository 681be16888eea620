"""What people see, compared with what is expected: the half of a stage that looks and waits."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.emulator.interactive_elements import Press
from bot.emulator.messages import Message
from bot.emulator.views import View
from bot.emulator.workspace import BOT_USER
from tests.emulator import BotProcess, FakeSlack

from .accessible import list_barriers
from .entries import FULL_FAQ, unescape
from .grammar import Turn, read_clauses

SHORT = 1000


class Watching:
    """Knows what was asked and shown so far, and finds what a line speaks of."""

    def __init__(self, slack: FakeSlack, bot: BotProcess, doubtful: str, faq: Path | None = None) -> None:
        self.slack, self.bot, self.doubtful, self.faq = slack, bot, doubtful, faq
        self.asked: Message | None = None
        """The last message of a person."""
        self.shown: Message | None = None
        """The last message of the bot that a line has expected."""
        self.edits = 0
        """How often that had been changed by then."""
        self.expected: set[int] = set()
        self.options: list[dict[str, Any]] = []
        self.typed_into: tuple[Message | View, Press] | None = None
        """The place and the search that somebody typed into last."""
        self.lock: sqlite3.Connection | None = None
        """Keeps the bot from its database."""
        self.start_of_log = self.lost_before = self.lines_before = 0
        self.chosen = ""
        self.spoilt: dict[Path, str | None] = {}
        """The files that somebody changed, and what stood there before."""

    async def _see(self, turn: Turn, fits: Callable[[Message], bool], writer: str = BOT_USER) -> None:
        def look() -> list[Message]:
            return [message for message in self._new(writer) if fits(message)]

        def complain() -> str:
            return f"not seen; other messages: {[m.words for m in self._new(writer)]}; faults: {self.slack.faults}"

        await self.slack.notifier.until(look, complain)
        await self._settle()
        found = look()
        assert len(found) == 1, f"{len(found)} messages instead of one: {[m.words for m in found]}"
        self.shown, self.edits = found[0], found[0].edits
        self.expected.add(id(found[0]))
        self._compare(turn, found[0])

    def let_go(self) -> None:
        """Give the bot its database back."""
        if self.lock is not None:
            self.lock.close()
            self.lock = None

    async def _settle(self) -> None:
        """Let the bot finish, as far as it hears anything at all."""
        if not self.slack.socket.loses_everything:
            await self.slack.settle()

    async def _see_view(self, turn: Turn, look: Callable[[], View | None]) -> None:
        before = turn

        def fitting() -> View | None:
            view = look()
            return view if view and not self._differences(before, view) else None

        def complain() -> str:
            view = look()
            return str(self._differences(turn, view)) + view.words if view else "there is none"

        await self.slack.notifier.until(fitting, complain)

    def _compare(self, turn: Turn, seen: Message) -> None:
        differences = self._differences(turn, seen)
        assert not differences, f"{'; '.join(differences)}. It shows:\n{seen.words}\nand offers {_labels(seen)}"

    def _differences(self, turn: Turn, seen: Message | View) -> list[str]:
        words, labels = unescape(seen.words), _labels(seen)
        whole = unescape(seen.everything) if isinstance(seen, Message) else words
        spoken = unescape(seen.text) if isinstance(seen, Message) else words
        found = list_barriers(seen)
        for clause in read_clauses(turn):
            for text in clause.texts:
                said = unescape(self._fill(text))
                link = f"{FULL_FAQ}{text}" if text.startswith("#") else text
                checks: dict[str, Callable[[], bool]] = {
                    "shows": lambda said=said: said in words and said in spoken,
                    "hides": lambda said=said: said not in words,
                    "offers": lambda said=said: said in labels,
                    "withholds": lambda said=said: said not in labels,
                    "links": lambda link=link: link in whole,
                    "is": lambda text=text: self._is(text, seen, words),
                }
                if not checks[clause.verb]():
                    found.append(f"it should be so: {clause.verb} {text!r}")
        return found

    def _is(self, what: str, seen: Any, words: str) -> bool:
        if what == "plain text":
            return not seen.blocks
        if what == "short":
            return len(words) < SHORT
        if what == "no entry":
            return f"{FULL_FAQ}#" not in seen.everything
        return self.chosen.rstrip("…").rstrip() in words

    def _new(self, writer: str) -> list[Message]:
        """List the messages that no line has expected so far; those to the usher of `settle` are no part of it."""
        usher = self.slack.workspace.channel("@usher").id
        written = [m for m in self.slack.workspace.messages if m.user == writer and m.channel != usher]
        return [m for m in written if id(m) not in self.expected and not m.deleted]

    def _find(self, who: str, fits: Callable[[Press], bool], nothing: str) -> tuple[Message | View, Press]:
        """Find what somebody can press: in the window before them, else in the newest message, else in Home."""
        me, views = self.slack.workspace.user_id(who), self.slack.views
        mine = {c.id for c in self.slack.workspace.channels.values() if c.kind != "im" or c.name == f"@{who}"}
        seen = [m for m in self.slack.workspace.messages if m.channel in mine and not m.deleted]
        messages = [m for m in seen if m.visible_to in (None, me)]
        homes = [views.homes[me]] if me in views.homes else []
        for place in [*reversed(views.modals.get(me, [])), *reversed(messages), *homes]:
            for press in place.presses:
                if fits(press):
                    return place, press
        raise AssertionError(f"{who} sees {nothing}")

    def _find_first_choice(self, who: str) -> tuple[Message | View, Press]:
        return self._find(who, lambda press: press.element["action_id"].startswith("choose_1"), "no choice")

    def _modal(self, who: str) -> View:
        stack = self.slack.views.modals.get(self.slack.workspace.user_id(who), [])
        assert stack, f"{who} has no window open"
        return stack[-1]

    def _fill(self, text: str) -> str:
        return text.replace("{doubtful}", self.doubtful).replace("{chosen}", self.chosen.rstrip("…"))

    @property
    def _asked(self) -> Message:
        assert self.asked is not None, "nobody has said anything yet"
        return self.asked

    @property
    def _shown(self) -> Message:
        assert self.shown is not None, "the bot has shown nothing yet"
        return self.shown

    @property
    def _offered(self) -> list[str]:
        return [option["text"]["text"] for option in self.options]


def _labels(seen: Message | View) -> list[str]:
    return [press.label for press in seen.presses]
