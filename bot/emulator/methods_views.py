"""The methods around views: views.publish, open, push, update. Arguments in, Slack's answer out."""

from .acceptance import SlackError, accept_view
from .blocks import Surface
from .messages import Json
from .triggers import Triggers
from .views import Views
from .web_api import Method
from .workspace import Workspace


class ViewMethods:
    """Shows views for the app."""

    def __init__(self, workspace: Workspace, views: Views, triggers: Triggers, faults: list[str]) -> None:
        self.workspace, self.views, self.triggers, self.faults = workspace, views, triggers, faults
        self.methods = {
            "views.publish": Method(self.publish),
            "views.open": Method(self.open),
            "views.push": Method(self.open),
            "views.update": Method(self.update),
        }

    def publish(self, arguments: Json) -> Json:
        """Show a person a Home tab."""
        user = arguments.get("user_id")
        if user not in self.workspace.people.values():
            raise SlackError("invalid_arguments")
        content = self._accept(arguments, ("home",))
        there = self.views.homes.get(str(user))
        _check_hash(arguments, there.hash if there else None)
        return {"view": self.views.publish(str(user), content).as_json()}

    def open(self, arguments: Json) -> Json:
        """Put a modal before the person whose deed brought the trigger_id."""
        content = self._accept(arguments, ("modal",))
        try:
            user = self.triggers.spend(arguments.get("trigger_id"))
        except SlackError as refusal:
            self.faults.append(f"Slack refused to open a modal: {refusal.code}")
            raise
        return {"view": self.views.open(user, content).as_json()}

    def update(self, arguments: Json) -> Json:
        """Give a view new content."""
        view = self.views.find(arguments.get("view_id"), arguments.get("external_id"))
        content = self._accept(arguments, ("modal", "home"))
        _check_hash(arguments, view.hash)
        return {"view": self.views.change(view, content).as_json()}

    def _accept(self, arguments: Json, kinds: tuple[Surface, ...]) -> Json:
        try:
            return accept_view(arguments.get("view"), kinds)
        except SlackError as refusal:
            self.faults.append(f"Slack refused a view of the bot: {refusal.answer}")
            raise


def _check_hash(arguments: Json, current: str | None) -> None:
    """Refuse content that was made for an older state."""
    if arguments.get("hash") not in (None, "", current):
        raise SlackError("hash_conflict")
