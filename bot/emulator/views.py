"""Home tabs and modals: who sees which, and the object that Slack gives for one. A person has one stack of modals."""

import itertools
from dataclasses import dataclass, field

from .acceptance import SlackError
from .interactive_elements import Press, list_presses
from .messages import Json, read_words
from .workspace import APP_ID, BOT_ID, TEAM_ID, Change, Workspace

MOST_MODALS = 3


@dataclass(slots=True, eq=False)
class View:
    """One view; it changes in place when the app updates it."""

    id: str
    user: str
    content: Json
    hash: str
    state: Json = field(default_factory=dict)
    """The values of its inputs: block_id to action_id to the value object."""
    errors: Json = field(default_factory=dict)
    """What the app found wrong with them: block_id to a sentence."""
    root: str = ""
    previous: str | None = None

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
        return list(list_presses(self.blocks))

    def as_json(self) -> Json:
        """Build the view object of answers and payloads."""
        content, empty = self.content, {"type": "plain_text", "text": "Untitled", "emoji": True}
        return {
            "id": self.id, "team_id": TEAM_ID, "type": content["type"], "blocks": content["blocks"],
            "private_metadata": content.get("private_metadata") or "", "callback_id": content.get("callback_id") or "",
            "state": {"values": self.state}, "hash": self.hash, "title": content.get("title") or empty,
            "clear_on_close": bool(content.get("clear_on_close")),
            "notify_on_close": bool(content.get("notify_on_close")),
            "close": content.get("close"), "submit": content.get("submit"), "previous_view_id": self.previous,
            "root_view_id": self.root or self.id, "app_id": APP_ID,
            "external_id": content.get("external_id") or "", "app_installed_team_id": TEAM_ID, "bot_id": BOT_ID,
        }  # fmt: skip


class Views:
    """All views of the workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.homes: dict[str, View] = {}
        """By the id of the person."""
        self.modals: dict[str, list[View]] = {}
        """By the id of the person; the last one is on top."""
        self._numbers = itertools.count(1)

    def publish(self, user: str, content: Json) -> View:
        """Show a person this Home tab."""
        if user in self.homes:
            return self.change(self.homes[user], content)
        self.homes[user] = self._make(user, content)
        self._workspace.announce(Change("home", user=user))
        return self.homes[user]

    def open(self, user: str, content: Json) -> View:
        """Put a modal before a person, on top of those already there.

        Raises:
            SlackError: push_limit_reached, duplicate_external_id.
        """
        self._check_external_id(content.get("external_id"))
        stack = self.modals.setdefault(user, [])
        if len(stack) >= MOST_MODALS:
            raise SlackError("push_limit_reached")
        view = self._make(user, content)
        view.root, view.previous = (stack[0].id, stack[-1].id) if stack else (view.id, None)
        stack.append(view)
        self._workspace.announce(Change("modal", user=user))
        return view

    def change(self, view: View, content: Json) -> View:
        """Give a view new content."""
        view.content, view.hash, view.errors = content, self._hash(), {}
        self._workspace.announce(Change("modal" if content["type"] == "modal" else "home", user=view.user))
        return view

    def complain(self, view: View, errors: Json) -> None:
        """Show what is wrong with what was filled in."""
        view.errors = errors
        self._workspace.announce(Change("modal", user=view.user))

    def close(self, view: View, *, everything: bool = False) -> None:
        """Take a modal away, or the whole stack with it."""
        stack = self.modals.get(view.user, [])
        if everything:
            stack.clear()
        elif view in stack:
            stack.remove(view)
        self._workspace.announce(Change("modal", user=view.user))

    def find(self, view_id: object = None, external_id: object = None) -> View:
        """Find a view that somebody sees.

        Raises:
            SlackError: not_found.
        """
        everything = [*self.homes.values(), *(view for stack in self.modals.values() for view in stack)]
        for view in everything:
            if view.id == view_id or (external_id and view.content.get("external_id") == external_id):
                return view
        raise SlackError("not_found")

    def _check_external_id(self, wanted: object) -> None:
        shown = [*self.homes.values(), *(view for stack in self.modals.values() for view in stack)]
        if wanted and any(view.content.get("external_id") == wanted for view in shown):
            raise SlackError("duplicate_external_id")

    def clear(self) -> None:
        """Close everything."""
        self.homes.clear()
        self.modals.clear()

    def _make(self, user: str, content: Json) -> View:
        return View(f"V{next(self._numbers):09d}", user, content, self._hash())

    def _hash(self) -> str:
        return f"{self._workspace.clock():.0f}.{next(self._numbers):08x}"
