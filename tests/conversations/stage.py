"""Turns in, deeds in a Slack out: people say and click, and what the bot shows is compared with what is expected.

Every message of the bot must be expected by a line; one that is not, fails the conversation at its end.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.playground.messages import Message
from bot.playground.outages import connection_reset, rate_limited, refuses_blocks, server_error, slow
from bot.playground.pressing import TYPE_AHEAD, Press
from bot.playground.views import View
from bot.playground.workspace import BOT_USER, SLACKBOT
from tests.playground import BotProcess, FakeSlack
from tests.playground.fake_slack import PATIENCE_FOR_ACKS, find_press

from .entries import FULL_FAQ, unescape
from .grammar import Conversation, Turn, read_clauses, unquote

OUTAGES = {
    "limit": rate_limited(1),
    "fail": server_error(),
    "break_off": connection_reset(),
    "be_slow": slow(1.0),
    "refuse_blocks": refuses_blocks(),
}
RELOADED = ("reloaded", "last good one is served")
SHORT = 1000
IMPATIENT = 0.5
"""Seconds for an acknowledgement that is known not to come."""


class Stage:
    """Plays one conversation."""

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
        self.chosen = ""
        self.spoilt: dict[Path, str | None] = {}
        """The files that somebody changed, and what stood there before."""

    async def play(self, conversation: Conversation) -> None:
        """Play all turns, and see that the bot said nothing beyond them."""
        for turn in conversation.turns:
            try:
                await self._act(turn)
            except (AssertionError, TimeoutError, LookupError) as error:
                raise AssertionError(f"{turn.place}\n{error}") from error
        await self.see_nothing(conversation.turns[-1])

    async def _act(self, turn: Turn) -> None:
        if turn.kind in OUTAGES:
            times, method = int(turn.parts.get("times", 1)), turn.parts.get("method", "chat.postMessage")
            self.slack.disturb(OUTAGES[turn.kind], times, method)
        else:
            await getattr(self, turn.kind)(turn)

    # People

    async def say(self, turn: Turn) -> None:
        channel, text = turn.parts["channel"], self._fill(turn.parts["text"])
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            self.slack.command(channel, turn.parts["who"], rest, command)
        else:
            self.asked = self.slack.say(channel, turn.parts["who"], text)

    async def say_in_thread(self, turn: Turn) -> None:
        above = self._asked
        place = self.slack.place_of(above).name
        self.asked = self.slack.say(
            place, turn.parts["who"], self._fill(turn.parts["text"]), above.thread_ts or above.ts
        )

    async def say_to_bot(self, turn: Turn) -> None:
        text, who = self._fill(turn.parts["text"]), turn.parts["who"]
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            self.slack.command(f"@{who}", who, rest, command)
        else:
            self.asked = self.slack.direct_message(who, text)

    async def say_to_bot_in_thread(self, turn: Turn) -> None:
        root = self._asked.thread_ts or self._asked.ts
        self.asked = self.slack.direct_message(turn.parts["who"], self._fill(turn.parts["text"]), thread_ts=root)

    async def edit(self, turn: Turn) -> None:
        self.slack.edit(self._asked, self._fill(turn.parts["text"]))

    async def delete(self, turn: Turn) -> None:
        self.slack.delete(self._asked)

    async def click(self, turn: Turn) -> None:
        who, [label] = turn.parts["who"], unquote(turn.parts["label"])
        place, _ = self._find(who, lambda press: press.label == label, f"nothing that says {label!r}")
        self.chosen = label
        self.slack.press(place, who, find_press(place, label))

    async def click_first(self, turn: Turn) -> None:
        who = turn.parts["who"]
        place, press = self._find(who, lambda press: press.element["action_id"].startswith("choose_1"), "no choice")
        self.chosen = press.label
        self.slack.press(place, who, press)

    async def click_beside(self, turn: Turn) -> None:
        who, [label], [beside] = turn.parts["who"], unquote(turn.parts["label"]), unquote(turn.parts["beside"])

        def fits(press: Press) -> bool:
            return press.label == label and beside in press.element.get("accessibility_label", "")

        place, press = self._find(who, fits, f"no {label!r} beside {beside!r}")
        self.slack.press(place, who, press)

    async def type(self, turn: Turn) -> None:
        who, [text] = turn.parts["who"], unquote(turn.parts["text"])
        place, press = self._find(who, lambda press: press.element["type"] in TYPE_AHEAD, "no search")
        self.options = await self.slack.type_ahead(place, who, press, text)

    async def pick(self, turn: Turn) -> None:
        who, [label] = turn.parts["who"], unquote(turn.parts["label"])
        place, press = self._find(who, lambda press: press.element["type"] in TYPE_AHEAD, "no search")
        found = [option for option in self.options if option["text"]["text"] == label]
        assert found, f"the search does not offer {label!r} but {self._offered}"
        self.slack.press(place, who, Press(press.block_id, press.element, label, found[0]))

    async def open_home(self, turn: Turn) -> None:
        self.slack.open_home(turn.parts["who"])

    async def close_modal(self, turn: Turn) -> None:
        self.slack.close_modal(self._modal(turn.parts["who"]))

    async def use_shortcut(self, turn: Turn) -> None:
        [name] = unquote(turn.parts["name"])
        found = [each["callback_id"] for each in self.slack.grants.shortcuts if each["name"] == name]
        assert found, f"there is no shortcut {name!r}"
        self.slack.use_shortcut(found[0], turn.parts["who"], self._asked)

    # What the bot shows

    async def see_in_thread(self, turn: Turn) -> None:
        root, channel = self._asked.thread_ts or self._asked.ts, self._asked.channel
        await self._see(turn, lambda m: (m.channel, m.thread_ts, m.visible_to) == (channel, root, None))

    async def see_in_channel(self, turn: Turn) -> None:
        channel = self.slack.workspace.channel(turn.parts["channel"]).id
        await self._see(turn, lambda m: (m.channel, m.thread_ts, m.visible_to) == (channel, None, None))

    async def see_direct(self, turn: Turn) -> None:
        channel = self.slack.workspace.channel(f"@{turn.parts['who']}").id
        await self._see(turn, lambda m: (m.channel, m.thread_ts, m.visible_to) == (channel, None, None))

    async def see_direct_in_thread(self, turn: Turn) -> None:
        await self.see_in_thread(turn)

    async def see_alone(self, turn: Turn) -> None:
        who = self.slack.workspace.user_id(turn.parts["who"])
        await self._see(turn, lambda m: m.visible_to == who)

    async def see_slackbot(self, turn: Turn) -> None:
        who = self.slack.workspace.user_id(turn.parts["who"])
        await self._see(turn, lambda m: m.visible_to == who, writer=SLACKBOT)
        self.slack.faults[:] = [fault for fault in self.slack.faults if "not acknowledged" not in fault]

    async def see_changed(self, turn: Turn) -> None:
        message = self._shown
        await self.slack.bell.until(lambda: message.edits > self.edits, lambda: f"not changed: {message.words}")
        await self.slack.settle()
        self.edits = message.edits
        self._compare(turn, message)

    async def see_unchanged(self, turn: Turn) -> None:
        await self.slack.settle()
        assert (self._shown.edits, self._shown.deleted) == (self.edits, False), self._shown.words

    async def see_gone(self, turn: Turn) -> None:
        message = self._shown
        await self.slack.bell.until(lambda: message.deleted, lambda: "it is still there")

    async def see_home(self, turn: Turn) -> None:
        user = self.slack.workspace.user_id(turn.parts["who"])
        await self._see_view(turn, lambda: self.slack.views.homes.get(user))

    async def see_modal(self, turn: Turn) -> None:
        user = self.slack.workspace.user_id(turn.parts["who"])
        await self._see_view(turn, lambda: next(reversed(self.slack.views.modals.get(user, [])), None))

    async def see_nothing(self, turn: Turn) -> None:
        await self.slack.settle()
        rest = [m.words for m in self._new(BOT_USER) + self._new(SLACKBOT)]
        assert rest == [], f"no line expects this: {rest}"

    async def see_offer(self, turn: Turn) -> None:
        wanted = unquote(turn.parts["labels"])
        if turn.parts["labels"] == "nothing":
            assert self._offered == []
        assert all(label in self._offered for label in wanted), self._offered

    # What Slack does

    async def drop(self, turn: Turn) -> None:
        self.slack.socket.drop()

    async def renew(self, turn: Turn) -> None:
        await self.slack.socket.ask_to_reconnect("refresh_requested")

    async def go_silent(self, turn: Turn) -> None:
        self.slack.socket.loses_everything = True
        self.slack.socket.ack_patience = IMPATIENT

    async def redeliver(self, turn: Turn) -> None:
        self.slack.socket.loses_everything = False
        self.slack.socket.ack_patience = PATIENCE_FOR_ACKS
        await self.slack.socket.redeliver_unacknowledged()

    async def refuse_line(self, turn: Turn) -> None:
        self.slack.socket.refusals = int(turn.parts["times"])

    async def duplicate(self, turn: Turn) -> None:
        self.slack.dispatch.duplicates = 1

    async def put_off(self, turn: Turn) -> None:
        self.slack.dispatch.delays.append(1.0)

    async def repeat(self, turn: Turn) -> None:
        await self.slack.settle()
        asked = [body for body in self.slack.dispatch.delivered if body["event"].get("ts") == self._asked.ts]
        self.slack.send_event(asked[-1])

    # What somebody does to the FAQ

    async def somebody_edits(self, turn: Turn) -> None:
        [old], [new] = unquote(turn.parts["old"]), unquote(turn.parts["new"])
        before = self._file(turn).read_text()
        assert old in before, f"{old!r} does not stand in it"
        await self._write(turn, before.replace(old, new))

    async def somebody_adds(self, turn: Turn) -> None:
        [question], [answer] = unquote(turn.parts["question"]), unquote(turn.parts["answer"])
        await self._write(turn, f"---\nquestion: {question}\n---\n{answer}\n")

    async def somebody_breaks(self, turn: Turn) -> None:
        await self._write(turn, "---\nquestion: Is this the end?\n")

    async def somebody_deletes(self, turn: Turn) -> None:
        await self._write(turn, None)

    async def somebody_mends(self, turn: Turn) -> None:
        await self._write(turn, self.spoilt[self._file(turn)])

    async def restore(self) -> None:
        """Put the FAQ back as it was."""
        changed = {path: text for path, text in self.spoilt.items() if _read(path) != text}
        if changed:
            await self._await_reload(lambda: [_put(path, text) for path, text in changed.items()])

    async def _write(self, turn: Turn, text: str | None) -> None:
        path = self._file(turn)
        self.spoilt.setdefault(path, _read(path))
        await self._await_reload(lambda: _put(path, text))

    async def _await_reload(self, change: Callable[[], object]) -> None:
        """Change files and wait until the bot has said that it looked at them."""
        start = self.bot.log_size
        change()
        async with asyncio.timeout(20):
            while not any(word in self.bot.log(since=start) for word in RELOADED):
                await asyncio.sleep(0.02)

    def _file(self, turn: Turn) -> Path:
        assert self.faq is not None
        return self.faq / turn.parts["file"]

    # Looking

    async def _see(self, turn: Turn, fits: Callable[[Message], bool], writer: str = BOT_USER) -> None:
        def look() -> list[Message]:
            return [message for message in self._new(writer) if fits(message)]

        def complain() -> str:
            return f"not seen; other messages: {[m.words for m in self._new(writer)]}; faults: {self.slack.faults}"

        await self.slack.bell.until(look, complain)
        await self._settle()
        found = look()
        assert len(found) == 1, f"{len(found)} messages instead of one: {[m.words for m in found]}"
        self.shown, self.edits = found[0], found[0].edits
        self.expected.add(id(found[0]))
        assert found[0].text.strip(), "there is no text for notifications"
        self._compare(turn, found[0])

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

        await self.slack.bell.until(fitting, complain)

    def _compare(self, turn: Turn, seen: Message) -> None:
        differences = self._differences(turn, seen)
        assert not differences, f"{'; '.join(differences)}. It shows:\n{seen.words}\nand offers {_labels(seen)}"

    def _differences(self, turn: Turn, seen: Message | View) -> list[str]:
        words, labels = unescape(seen.words), _labels(seen)
        whole = unescape(seen.everything) if isinstance(seen, Message) else words
        found = []
        for clause in read_clauses(turn):
            for text in clause.texts:
                said = unescape(text)
                link = f"{FULL_FAQ}{text}" if text.startswith("#") else text
                checks: dict[str, Callable[[], bool]] = {
                    "shows": lambda said=said: said in words,
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

    def _modal(self, who: str) -> View:
        stack = self.slack.views.modals.get(self.slack.workspace.user_id(who), [])
        assert stack, f"{who} has no window open"
        return stack[-1]

    def _fill(self, text: str) -> str:
        return text.replace("{doubtful}", self.doubtful)

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


def _read(path: Path) -> str | None:
    return path.read_text() if path.exists() else None


def _put(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(text)
