"""Turns in, deeds in a Slack out: people say and click, and what the bot shows is compared with what is expected.

Every message of the bot must be expected by a line; one that is not, fails the conversation at its end.
"""

import sqlite3
from dataclasses import replace

from bot.emulator import Outage
from bot.emulator.interactive_elements import Press
from bot.emulator.workspace import BOT_USER, SLACKBOT
from tests.emulator.fake_slack import find_press

from .editing import Editing
from .grammar import Conversation, Turn, unquote

OUTAGES = {
    "limit": Outage("rate_limited", 1.0),
    "fail": Outage("server_error"),
    "break_off": Outage("reset"),
    "be_slow": Outage("slow", 1.0),
    "refuse_blocks": Outage("refuse_blocks"),
    "lock_thread": Outage("lock_thread"),
    "expire": Outage("expire"),
}
PATIENCE_FOR_LINES = 60.0
"""Seconds. slack_sdk tries again at intervals that add up."""
SEARCH = "Search the FAQ"


class Stage(Editing):
    """Plays one conversation."""

    async def play(self, conversation: Conversation) -> None:
        """Play all turns, and see that the bot said nothing beyond them."""
        self.start_of_log, self.lost_before = self.bot.log_size, self.slack.socket.lost
        try:
            for turn in conversation.turns:
                await self._try_to_act(turn)
            await self.see_nothing(conversation.turns[-1])
        finally:
            self.let_go()

    async def _try_to_act(self, turn: Turn) -> None:
        try:
            await self._act(turn)
        except (AssertionError, TimeoutError, LookupError) as error:
            raise AssertionError(f"{turn.place}\n{error}") from error

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

    async def forge(self, turn: Turn) -> None:
        who, [value] = turn.parts["who"], unquote(turn.parts["value"])
        place, press = self._find_first_choice(who)
        self.slack.press(place, who, replace(press, element={**press.element, "value": value}))

    async def forge_labelled(self, turn: Turn) -> None:
        who, [label], [value] = turn.parts["who"], unquote(turn.parts["label"]), unquote(turn.parts["value"])
        place, press = self._find(who, lambda press: press.label == label, f"nothing that says {label!r}")
        choice = {**press.choice, "value": value} if press.choice else None
        self.slack.press(place, who, replace(press, element={**press.element, "value": value}, choice=choice))

    async def click_both(self, turn: Turn) -> None:
        self.rivals = [turn.parts["who"], turn.parts["other"]]
        labels = [unquote(turn.parts[name])[0] for name in ("label", "other_label")]
        for who, label in zip(self.rivals, labels, strict=True):
            place, _ = self._find(who, lambda press, label=label: press.label == label, f"nothing that says {label!r}")
            self.slack.press(place, who, find_press(place, label))

    async def click_first(self, turn: Turn) -> None:
        who = turn.parts["who"]
        place, press = self._find_first_choice(who)
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
        self.typed_into = self._find(who, lambda press: press.label == SEARCH, "no search")
        self.options = await self.slack.type_ahead(self.typed_into[0], who, self.typed_into[1], text)

    async def type_into(self, turn: Turn) -> None:
        who, [text], [label] = turn.parts["who"], unquote(turn.parts["text"]), unquote(turn.parts["select"])
        self.typed_into = self._find(who, lambda press: press.label == label, f"no {label!r}")
        self.options = await self.slack.type_ahead(self.typed_into[0], who, self.typed_into[1], text)

    async def pick(self, turn: Turn) -> None:
        who, [label] = turn.parts["who"], unquote(turn.parts["label"])
        assert self.typed_into is not None, "nobody has typed anything yet"
        place, press = self.typed_into
        found = [option for option in self.options if option["text"]["text"] == label]
        assert found, f"the search does not offer {label!r} but {self._offered}"
        self.slack.press(place, who, Press(press.block_id, press.element, label, found[0]))

    async def open_home(self, turn: Turn) -> None:
        self.slack.open_home(turn.parts["who"])

    async def write(self, turn: Turn) -> None:
        [text], view = unquote(turn.parts["text"]), self._modal(turn.parts["who"])
        [line] = [block for block in view.blocks if block["type"] == "input"]
        typed = {"type": "plain_text_input", "value": text}
        self.slack.submit(view, {line["block_id"]: {line["element"]["action_id"]: typed}})

    async def close_modal(self, turn: Turn) -> None:
        self.slack.views.close(self._modal(turn.parts["who"]))

    async def use_shortcut(self, turn: Turn) -> None:
        [name] = unquote(turn.parts["name"])
        found = [each["callback_id"] for each in self.slack.grants.shortcuts if each["name"] == name]
        assert found, f"there is no shortcut {name!r}"
        self.slack.use_shortcut(found[0], turn.parts["who"], self._asked)

    # What happens to the database

    async def database_breaks(self, turn: Turn) -> None:
        await self.slack.settle()
        self.lock = sqlite3.connect(self.bot.folder / "data" / "flatcar-faq.db", isolation_level=None)
        self.lock.execute("BEGIN EXCLUSIVE")

    async def database_works(self, turn: Turn) -> None:
        self.let_go()
        await self.bot.wait_for_log("saving works again", since=self.start_of_log)

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

    async def see_alone_in_thread(self, turn: Turn) -> None:
        who, root = self.slack.workspace.user_id(turn.parts["who"]), self._asked.thread_ts or self._asked.ts
        await self._see(turn, lambda m: (m.visible_to, m.thread_ts) == (who, root))

    async def see_one_alone(self, turn: Turn) -> None:
        them = {self.slack.workspace.user_id(who) for who in self.rivals}
        shown, edits = self.shown, self.edits
        await self._see(turn, lambda m: m.visible_to in them)
        self.shown, self.edits = shown, edits

    async def see_slackbot(self, turn: Turn) -> None:
        who = self.slack.workspace.user_id(turn.parts["who"])
        of_bot = self.shown, self.edits
        if self.slack.socket.loses_everything:
            await self._see_lost()
            self.slack.socket.lose_patience()
        await self._see(turn, lambda m: m.visible_to == who, writer=SLACKBOT)
        self.shown, self.edits = of_bot
        self.slack.faults[:] = [fault for fault in self.slack.faults if "not acknowledged" not in fault]

    async def see_changed(self, turn: Turn) -> None:
        message = self._shown
        await self.slack.notifier.until(lambda: message.edits > self.edits, lambda: f"not changed: {message.words}")
        await self.slack.settle()
        self.edits = message.edits
        self._compare(turn, message)

    async def see_unchanged(self, turn: Turn) -> None:
        await self._settle()
        assert (self._shown.edits, self._shown.deleted) == (self.edits, False), self._shown.words

    async def see_gone(self, turn: Turn) -> None:
        message = self._shown
        await self.slack.notifier.until(lambda: message.deleted, lambda: "it is still there")

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

    async def keep_pace(self, turn: Turn) -> None:
        self.slack.outages.keeps_pace = True

    async def drop(self, turn: Turn) -> None:
        self.slack.socket.drop()

    async def renew(self, turn: Turn) -> None:
        await self.slack.socket.ask_to_reconnect("refresh_requested")

    async def go_silent(self, turn: Turn) -> None:
        self.slack.socket.loses_everything = True
        self.lost_before = self.slack.socket.lost

    async def go_dead(self, turn: Turn) -> None:
        await self.go_silent(turn)
        self.slack.socket.ignores_pings = True
        self.lines_before = self.slack.socket.greeted

    async def line_is_replaced(self, turn: Turn) -> None:
        socket = self.slack.socket
        await self.slack.notifier.until(lambda: socket.greeted > self.lines_before, lambda: "it keeps the dead one")
        socket.ignores_pings = False

    async def redeliver(self, turn: Turn) -> None:
        await self._see_lost()
        self.slack.socket.loses_everything = False
        await self.slack.socket.redeliver_lost()

    async def _see_lost(self) -> None:
        socket = self.slack.socket
        await self.slack.notifier.until(lambda: socket.lost > self.lost_before, lambda: "nothing was lost on the way")

    async def refuse_line(self, turn: Turn) -> None:
        self.slack.socket.refusals = int(turn.parts["times"])

    async def line_is_back(self, turn: Turn) -> None:
        socket = self.slack.socket
        await self.slack.notifier.until(lambda: socket.is_connected, lambda: "it is not", PATIENCE_FOR_LINES)

    async def duplicate(self, turn: Turn) -> None:
        self.slack.dispatch.duplicates = 1

    async def put_off(self, turn: Turn) -> None:
        self.slack.dispatch.delays.append(1.0)

    async def repeat(self, turn: Turn) -> None:
        await self.slack.settle()
        asked = [body for body in self.slack.dispatch.delivered if body["event"].get("ts") == self._asked.ts]
        self.slack.send_event(asked[-1])
