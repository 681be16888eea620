"""What a client asks for in the name of a person, as JSON: say, edit, command, press, type, ... JSON comes back."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from .emulator import Emulator
from .filled_in import FIELDS
from .interactive_elements import TYPE_AHEAD, Press
from .messages import Json, Message
from .snapshot import message_as_json
from .views import View
from .workspace import Channel


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
            raise NotUnderstoodError(f"“{name}” is missing, or is no text.")
        return value

    @property
    def person(self) -> str:
        """The name of the one who acts."""
        name = self.text("as")
        if not name or name == "flatcar-faq":
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
        """What is pressed: by `label`, or by `action_id` with `block_id`.

        What is chosen: by `option`, or by `value` where there are none, as with dates.
        """
        for press in self.place.presses:
            if self._fits(press):
                option = self.fields.get("option")
                if "value" in self.fields and press.choice is None:
                    return replace(press, value=self.fields["value"])
                if press.element["type"] in TYPE_AHEAD and isinstance(option, dict):
                    return Press(press.block_id, press.element, press.label, option)
                return press
        raise NotUnderstoodError("There is nothing like that to press.")

    def _fits(self, press: Press) -> bool:
        wanted = {"label": press.label, "action_id": press.element["action_id"], "block_id": press.block_id}
        if not any(key in self.fields for key in ("label", "action_id")):
            return False
        option = self.fields.get("option")
        same = option is None or isinstance(option, dict) or (press.choice or {}).get("value") == option
        return same and all(self.fields.get(key, value) == value for key, value in wanted.items())


async def say(wish: Wish) -> Json:
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
    message = wish.slack.say(wish.channel.name, wish.person, text, thread_ts)
    return {"message": message_as_json(wish.slack, message)}


async def edit(wish: Wish) -> Json:
    """Change an own message."""
    wish.slack.edit(wish.own_message, wish.text("text"))
    return {}


async def delete(wish: Wish) -> Json:
    """Take an own message back."""
    wish.slack.delete(wish.own_message)
    return {}


async def react(wish: Wish) -> Json:
    """React to a message with an emoji."""
    wish.slack.react(wish.message, wish.person, wish.text("name"))
    return {}


async def press(wish: Wish) -> Json:
    """Press a button, or choose from a menu or a select."""
    pressed = wish.press
    if pressed.element["type"] in TYPE_AHEAD and pressed.choice is None:
        raise NotUnderstoodError("“option” is missing: one of those that /control/type gives.")
    if pressed.element["type"] in FIELDS and pressed.choice is None and pressed.value is None:
        raise NotUnderstoodError("“value” is missing: a date, the id of a person or a channel, a list of them, a text.")
    wish.slack.press(wish.place, wish.person, pressed)
    return {}


async def type_ahead(wish: Wish) -> Json:
    """Type into a select; gives what the bot offers."""
    options = await wish.slack.type_ahead(wish.place, wish.person, wish.press, wish.text("text", ""))
    return {"options": options}


async def use_shortcut(wish: Wish) -> Json:
    """Use a shortcut, on a message where one is named."""
    wish.slack.use_shortcut(wish.text("callback_id"), wish.person, wish.message if "ts" in wish.fields else None)
    return {}


async def open_home(wish: Wish) -> Json:
    """Open the bot's Home tab, or with `tab` its messages."""
    wish.slack.open_home(wish.person, wish.text("tab", "home"))
    return {}


async def submit(wish: Wish) -> Json:
    """Submit a modal with its values."""
    values: Any = wish.fields.get("values", {})
    if not isinstance(values, dict):
        raise NotUnderstoodError("“values” maps block_id to action_id to a value object.")
    wish.slack.submit(wish.view, values)
    return {}


async def close(wish: Wish) -> Json:
    """Close a modal."""
    wish.slack.close_modal(wish.view)
    return {}


DEEDS: dict[str, Callable[[Wish], Awaitable[Json]]] = {
    "say": say,
    "edit": edit,
    "delete": delete,
    "react": react,
    "press": press,
    "type": type_ahead,
    "shortcut": use_shortcut,
    "home": open_home,
    "submit": submit,
    "close": close,
}
"""By the last part of the path: POST /control/say, ..."""
