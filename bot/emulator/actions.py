"""What a client asks for in the name of a person, or of Slack, as JSON: say, edit, press, type, ..., and faults."""

from collections.abc import Callable
from typing import Any

from .block_kit import Json
from .emulator import Emulator
from .faults import KINDS, POSTING, Outage
from .interactive_elements import FIELDS, TYPE_AHEAD, Press
from .messages import Message
from .views import View
from .workspace import BOT_NAME, Change, Channel

LONGEST = 600.0
"""Seconds of a fault."""


class NotUnderstoodError(Exception):
    """The wish lacks something, or names what is not there; the text says what."""


class Wish:
    """A JSON object, read with care."""

    def __init__(self, slack: Emulator, fields: Json) -> None:
        self.slack, self.fields = slack, fields

    def text(self, name: str, default: str | None = None) -> str:
        """Read a field that holds text."""
        value = self.fields.get(name, default)
        if not isinstance(value, str):
            raise NotUnderstoodError(f"“{name}” is missing, or is not a text.")
        return value

    def number(self, name: str, default: float, most: float) -> float:
        """Read a field that holds a number."""
        value = self.fields.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise NotUnderstoodError(f"“{name}” is a number from 0 to {most:g}.")
        return float(value)

    @property
    def person(self) -> str:
        """The name of the one who acts."""
        name = self.text("as")
        if not name or name == BOT_NAME:
            raise NotUnderstoodError("“as” is the name of a person.")
        return name

    @property
    def channel(self) -> Channel:
        """The place, by name or id; `@alice` is the direct message of alice with the bot."""
        try:
            return self.slack.workspace.channel(self.text("channel").removeprefix("#"))
        except LookupError as error:
            raise NotUnderstoodError(str(error)) from None

    @property
    def message(self) -> Message:
        """A message that the person sees."""
        me = self.slack.workspace.user_id(self.person)
        found = self.slack.workspace.find_any(self.channel.id, self.text("ts"))
        if found is None or found.visible_to not in (None, me):
            raise NotUnderstoodError(f"{self.person} sees no message with that “ts”.")
        return found

    @property
    def own_message(self) -> Message:
        """A message that the person wrote."""
        if (found := self.message).user != self.slack.workspace.user_id(self.person):
            raise NotUnderstoodError("Only its writer can change or delete a message.")
        return found

    @property
    def view(self) -> View:
        """A view that the person sees."""
        me, views = self.slack.workspace.user_id(self.person), self.slack.views
        for view in [*([views.homes[me]] if me in views.homes else []), *views.modals.get(me, [])]:
            if view.id == self.fields.get("view_id"):
                return view
        raise NotUnderstoodError(f"{self.person} sees no view with that “view_id”.")

    @property
    def place(self) -> Message | View:
        """The message or the view in which something is pressed."""
        return self.view if "view_id" in self.fields else self.message

    @property
    def press(self) -> Press:
        """What is pressed: by `label`, or by `action_id` with `block_id`; what is chosen: by `option`."""
        option = self.fields.get("option")
        for press in self.place.presses:
            if self._fits(press):
                if press.element["type"] == TYPE_AHEAD and isinstance(option, dict):
                    return Press(press.block_id, press.element, press.label, option)
                return press
        raise NotUnderstoodError("There is nothing like that to press.")

    def _fits(self, press: Press) -> bool:
        wanted = {"label": press.label, "action_id": press.element["action_id"], "block_id": press.block_id}
        option = self.fields.get("option")
        is_named = "label" in self.fields or "action_id" in self.fields
        is_chosen = option is None or isinstance(option, dict) or (press.choice or {}).get("value") == option
        return is_named and is_chosen and all(self.fields.get(key, value) == value for key, value in wanted.items())


def _say(wish: Wish) -> Json:
    """Write a message; a text that begins with `/` is a slash command."""
    text, thread_ts = wish.text("text"), wish.fields.get("thread_ts")
    if not text.strip():
        raise NotUnderstoodError("There is nothing to say.")
    if text.startswith("/"):
        command, _, rest = text.partition(" ")
        wish.slack.command(wish.channel.name, wish.person, rest, command)
        return {}
    if thread_ts is not None and wish.slack.workspace.find(wish.channel.id, str(thread_ts)) is None:
        raise NotUnderstoodError("There is no message with that “thread_ts”.")
    return {"message": wish.slack.say(wish.channel.name, wish.person, text, thread_ts).as_json(wish.person)}


def _press(wish: Wish) -> None:
    pressed = wish.press
    if pressed.element["type"] in FIELDS and pressed.choice is None:
        raise NotUnderstoodError("“option” is missing: one of those that /control/type returns.")
    wish.slack.press(wish.place, wish.person, pressed)


async def _type(wish: Wish) -> Json:
    text = wish.text("text", "")
    return {"options": await wish.slack.type_ahead(wish.place, wish.person, wish.press, text)}


def _use_shortcut(wish: Wish) -> None:
    message = wish.message if "ts" in wish.fields else None
    wish.slack.use_shortcut(wish.text("callback_id"), wish.person, message)


def _submit(wish: Wish) -> None:
    values: Any = wish.fields.get("values", {})
    if not isinstance(values, dict):
        raise NotUnderstoodError("“values” maps block_id to action_id to a value object.")
    wish.slack.submit(wish.view, values)


async def _make_fault(wish: Wish) -> None:
    fault, times = wish.text("fault"), int(wish.number("times", 1, 1000))
    if fault in KINDS:
        outage = Outage(KINDS[KINDS.index(fault)], wish.number("seconds", 1.0, LONGEST))
        method, seed = wish.text("method", POSTING), int(wish.number("seed", 0, 2**31))
        if "share" in wish.fields:
            wish.slack.outages.stand(outage, wish.number("share", 0.0, 1.0), method, seed)
        else:
            wish.slack.outages.plan(outage, times, method)
    else:
        await _disturb_connection(wish, fault, times)
    wish.slack.workspace.announce(Change("fault"))


async def _disturb_connection(wish: Wish, fault: str, times: int) -> None:
    socket, dispatch = wish.slack.socket, wish.slack.dispatch
    match fault:
        case "drop":
            socket.drop()
        case "silent":
            socket.loses_everything = True
        case "refresh":
            await socket.ask_to_reconnect("refresh_requested")
        case "duplicate":
            dispatch.duplicates = times
        case "late":
            dispatch.delays.extend([wish.number("seconds", 1.0, LONGEST)] * times)
        case _:
            raise NotUnderstoodError(f"“fault” is one of {', '.join(KINDS)}, drop, silent, refresh, duplicate, late.")


ACTIONS: dict[str, Callable[[Wish], Any]] = {
    "say": _say,
    "edit": lambda wish: wish.slack.edit(wish.own_message, wish.text("text")),
    "delete": lambda wish: wish.slack.delete(wish.own_message),
    "react": lambda wish: wish.slack.react(wish.message, wish.person, wish.text("name")),
    "press": _press,
    "type": _type,
    "shortcut": _use_shortcut,
    "home": lambda wish: wish.slack.open_home(wish.person, wish.text("tab", "home")),
    "submit": _submit,
    "close": lambda wish: wish.slack.views.close(wish.view),
    "reset": lambda wish: wish.slack.reset(),
    "fault": _make_fault,
}
"""By the last part of the path, POST /control/say, ...: returns a JSON object or nothing, or what gives these."""
