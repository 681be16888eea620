"""Home tabs and modals: who sees which, the methods that show them, and the trigger_id that opens a modal.

Source: https://docs.slack.dev/reference/methods/views.open (errors; a trigger_id opens one modal within three seconds).
"""

import itertools
import uuid
from dataclasses import dataclass, field

from .acceptance import SlackError, accept_view
from .block_kit import Json, Surface
from .interactive_elements import Press, list_presses
from .messages import read_words
from .workspace import APP_ID, BOT_ID, TEAM_ID, Change, Workspace

MOST_MODALS = 3
TRIGGER_LIFETIME = 3.0


@dataclass(slots=True, eq=False)
class View:
    """One view; it changes in place when the app updates it."""

    id: str
    user: str
    content: Json
    state: Json = field(default_factory=dict)
    """The values of its inputs: block_id to action_id to the value object."""
    errors: Json = field(default_factory=dict)
    """What is wrong with them: block_id to a sentence."""

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.content["blocks"])

    @property
    def words(self) -> str:
        """All that can be read, the title first."""
        return "\n".join([self.content.get("title", {}).get("text", ""), read_words(self.blocks)]).strip()

    @property
    def presses(self) -> list[Press]:
        """All that can be pressed or chosen."""
        return list_presses(self.blocks)

    def as_json(self) -> Json:
        """Build the view object of answers and payloads."""
        content, untitled = self.content, {"type": "plain_text", "text": "Untitled", "emoji": True}
        texts = {key: content.get(key) or "" for key in ("private_metadata", "callback_id", "external_id")}
        flags = {key: bool(content.get(key)) for key in ("clear_on_close", "notify_on_close")}
        return {
            "id": self.id, "team_id": TEAM_ID, "type": content["type"], "blocks": content["blocks"], **texts, **flags,
            "state": {"values": self.state}, "title": content.get("title") or untitled,
            "close": content.get("close"), "submit": content.get("submit"), "previous_view_id": None,
            "root_view_id": self.id, "app_id": APP_ID, "app_installed_team_id": TEAM_ID, "bot_id": BOT_ID,
        }  # fmt: skip


class Views:
    """All views of the workspace, and the trigger ids that were handed out."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.homes: dict[str, View] = {}
        """By the id of the person."""
        self.modals: dict[str, list[View]] = {}
        """By the id of the person; the last one is on top."""
        self.trigger_lifetime = TRIGGER_LIFETIME
        self._triggers: dict[str, tuple[float, str]] = {}
        self._spent: set[str] = set()
        self._numbers = itertools.count(1)

    def issue_trigger(self, user: str) -> str:
        """Return a fresh trigger_id for what that person does."""
        trigger = f"{next(self._numbers):013d}.1111111111.{uuid.uuid4().hex}"
        self._triggers[trigger] = (self._workspace.clock(), user)
        return trigger

    def publish(self, arguments: Json) -> Json:
        """Show a person a Home tab: views.publish."""
        user = str(arguments.get("user_id"))
        if user not in self._workspace.people.values():
            raise SlackError("invalid_arguments")
        content = self._accept(arguments, "home")
        if user not in self.homes:
            self.homes[user] = self._make(user, content)
        return {"view": self.change(self.homes[user], content).as_json()}

    def open(self, arguments: Json) -> Json:
        """Put a modal before the person whose trigger_id it is: views.open."""
        content = self._accept(arguments, "modal")
        try:
            user = self._spend_trigger(arguments.get("trigger_id"))
        except SlackError as refusal:
            self._workspace.faults.append(f"Slack refused to open a modal: {refusal.code}")
            raise
        stack = self.modals.setdefault(user, [])
        if len(stack) >= MOST_MODALS:
            raise SlackError("push_limit_reached")
        stack.append(view := self._make(user, content))
        self._announce(view)
        return {"view": view.as_json()}

    def change(self, view: View, content: Json) -> View:
        """Give a view new content."""
        view.content, view.errors = content, {}
        self._announce(view)
        return view

    def complain(self, view: View, errors: Json) -> None:
        """Show what is wrong with what was filled in."""
        view.errors = errors
        self._announce(view)

    def close(self, view: View) -> None:
        """Take a modal away."""
        stack = self.modals.get(view.user, [])
        stack[:] = [each for each in stack if each is not view]
        self._announce(view)

    def clear(self) -> None:
        """Close everything."""
        self.homes.clear()
        self.modals.clear()

    def _spend_trigger(self, trigger: object) -> str:
        if not isinstance(trigger, str) or trigger not in self._triggers:
            raise SlackError("invalid_trigger_id")
        if trigger in self._spent:
            raise SlackError("exchanged_trigger_id")
        issued, user = self._triggers[trigger]
        if self._workspace.clock() - issued >= self.trigger_lifetime:
            raise SlackError("expired_trigger_id")
        self._spent.add(trigger)
        return user

    def _accept(self, arguments: Json, kind: Surface) -> Json:
        try:
            return accept_view(arguments.get("view"), kind)
        except SlackError as refusal:
            self._workspace.faults.append(f"Slack refused a view of the bot: {refusal.answer}")
            raise

    def _make(self, user: str, content: Json) -> View:
        return View(f"V{next(self._numbers):09d}", user, content)

    def _announce(self, view: View) -> None:
        self._workspace.announce(Change("modal" if view.content["type"] == "modal" else "home", user=view.user))
