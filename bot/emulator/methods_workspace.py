"""The methods around the workspace: team.info, bots.info, profiles, pins, channels that are opened and named.

Arguments in, Slack's answer out. Sources: https://docs.slack.dev/reference/methods
"""

import re
from typing import Any

from .acceptance import SlackError
from .messages import Json, Message
from .methods_chat import ChatMethods, find_channel
from .objects import EMAIL_DOMAIN, channel_object, message_object, profile_object, user_object
from .web_api import Method
from .workspace import APP_ID, BOT_ID, BOT_NAME, BOT_USER, TEAM_DOMAIN, TEAM_ID, TEAM_NAME, Channel, Workspace

LONGEST_NAME, LONGEST_TOPIC = 80, 250


class WorkspaceMethods:
    """Tells of the workspace and arranges it."""

    def __init__(self, workspace: Workspace, chat: ChatMethods) -> None:
        self.workspace, self.chat = workspace, chat
        self.methods = {
            "team.info": Method(self.show_team, "team:read"),
            "bots.info": Method(self.show_bot, "users:read"),
            "users.profile.get": Method(self.show_profile, "users.profile:read"),
            "users.lookupByEmail": Method(self.find_by_email, "users:read.email"),
            "reactions.get": Method(self.show_reactions, "reactions:read"),
            "pins.add": Method(self.pin, "pins:write"),
            "pins.remove": Method(self.unpin, "pins:write"),
            "pins.list": Method(self.list_pins, "pins:read"),
            "conversations.create": Method(self.create_channel, "channels:manage"),
            "conversations.invite": Method(self.invite, "channels:manage"),
            "conversations.leave": Method(self.leave_channel, "channels:manage"),
            "conversations.setTopic": Method(self._setter("topic"), "channels:manage"),
            "conversations.setPurpose": Method(self._setter("purpose"), "channels:manage"),
        }

    def show_team(self, _: Json) -> Json:
        """Show the workspace."""
        icon = {"image_default": True}
        return {"team": {"id": TEAM_ID, "name": TEAM_NAME, "domain": TEAM_DOMAIN, "email_domain": "", "icon": icon}}

    def show_bot(self, arguments: Json) -> Json:
        """Show the app's own bot."""
        if arguments.get("bot") != BOT_ID:
            raise SlackError("bot_not_found")
        return {"bot": {"id": BOT_ID, "deleted": False, "name": BOT_NAME, "app_id": APP_ID, "user_id": BOT_USER}}

    def show_profile(self, arguments: Json) -> Json:
        """Show the profile of a person."""
        user = arguments.get("user") or BOT_USER
        if user != BOT_USER and user not in self.workspace.people.values():
            raise SlackError("user_not_found")
        return {"profile": profile_object(self.workspace.user_name(str(user)))}

    def find_by_email(self, arguments: Json) -> Json:
        """Find a person: alice is alice@example.com."""
        name, _, domain = str(arguments.get("email")).partition("@")
        if domain != EMAIL_DOMAIN or name not in self.workspace.people:
            raise SlackError("users_not_found")
        return {"user": user_object(self.workspace, self.workspace.people[name], with_email=True)}

    def show_reactions(self, arguments: Json) -> Json:
        """Show the reactions to a message."""
        message = self._message(arguments)
        return {"type": "message", "channel": message.channel, "message": message_object(self.workspace, message)}

    def pin(self, arguments: Json) -> Json:
        """Pin a message."""
        message = self._message(arguments)
        if message.is_pinned:
            raise SlackError("already_pinned")
        message.is_pinned = True
        return {}

    def unpin(self, arguments: Json) -> Json:
        """Take a pin off."""
        message = self._message(arguments)
        if not message.is_pinned:
            raise SlackError("no_pin")
        message.is_pinned = False
        return {}

    def list_pins(self, arguments: Json) -> Json:
        """Show what is pinned in a channel."""
        channel = self.chat.address(arguments)
        pinned = [m for m in self.workspace.messages if m.channel == channel.id and m.is_pinned and not m.deleted]
        known = {"type": "message", "channel": channel.id, "created_by": BOT_USER, "created": 1}
        return {"items": [{**known, "message": message_object(self.workspace, each)} for each in pinned]}

    def create_channel(self, arguments: Json) -> Json:
        """Open a channel, with the app in it."""
        name = str(arguments.get("name") or "")
        if not name:
            raise SlackError("invalid_name_required")
        if len(name) > LONGEST_NAME:
            raise SlackError("invalid_name_maxlength")
        if not re.fullmatch(r"[a-z0-9_-]+", name):
            raise SlackError("invalid_name_specials")
        if name in self.workspace.channels:
            raise SlackError("name_taken")
        is_private = str(arguments.get("is_private")).lower() in ("true", "1")
        channel = self.workspace.add_channel(name, "private" if is_private else "public")
        return {"channel": channel_object(self.workspace, channel)}

    def invite(self, arguments: Json) -> Json:
        """Ask people into a channel. Everybody is in every channel here, so all there is to do is to know them."""
        channel, given = self._joined(arguments), arguments.get("users") or ""
        users = given if isinstance(given, list) else str(given).split(",")
        if any(user not in self.workspace.people.values() for user in users):
            raise SlackError("user_not_found")
        return {"channel": channel_object(self.workspace, channel)}

    def leave_channel(self, arguments: Json) -> Json:
        """Let the app leave a channel."""
        channel = find_channel(self.workspace, arguments.get("channel"))
        if channel.kind == "im":
            raise SlackError("method_not_supported_for_channel_type")
        was_there, channel.has_bot = channel.has_bot, False
        return {} if was_there else {"not_in_channel": True}

    def _setter(self, what: str) -> Any:
        def set_text(arguments: Json) -> Json:
            channel, text = self._joined(arguments), str(arguments.get(what) or "")
            if len(text) > LONGEST_TOPIC:
                raise SlackError("too_long")
            setattr(channel, what, text)
            return {"channel": channel_object(self.workspace, channel)}

        return set_text

    def _joined(self, arguments: Json) -> Channel:
        channel = self.chat.address(arguments)
        if channel.kind == "im":
            raise SlackError("method_not_supported_for_channel_type")
        return channel

    def _message(self, arguments: Json) -> Message:
        message = self.workspace.find(self.chat.address(arguments).id, arguments.get("timestamp"))
        if message is None:
            raise SlackError("message_not_found")
        return message
