"""The methods that tell of the workspace: auth.test, users.*, conversations.*. Arguments in, Slack's answer out."""

import base64
from typing import Any

from .acceptance import SlackError
from .app_config import Grants
from .messages import Json, Message
from .methods_chat import find_channel
from .objects import channel_object, message_object, user_object
from .web_api import Method
from .workspace import BOT_ID, BOT_NAME, BOT_USER, TEAM_DOMAIN, TEAM_ID, TEAM_NAME, Channel, Workspace

MAX_LIMIT = 1000
_SCOPE_OF = {"public": "channels", "private": "groups", "im": "im"}


class PeopleMethods:
    """Looks things up for the app."""

    def __init__(self, workspace: Workspace, grants: Grants, faults: list[str]) -> None:
        self.workspace, self.faults = workspace, faults
        self.with_email = "users:read.email" in grants.scopes
        self.methods = {
            "api.test": Method(lambda arguments: {"args": arguments}),
            "auth.test": Method(self.tell_who_it_is),
            "users.info": Method(self.show_user, "users:read"),
            "users.list": Method(self.list_users, "users:read"),
            "conversations.info": Method(self.show_channel, self._scope("read")),
            "conversations.list": Method(self.list_channels, "channels:read"),
            "users.conversations": Method(self.list_own_channels, "channels:read"),
            "conversations.members": Method(self.list_members, self._scope("read")),
            "conversations.join": Method(self.join_channel, "channels:join"),
            "conversations.history": Method(self.show_history, self._scope("history")),
            "conversations.replies": Method(self.show_replies, self._scope("history")),
            "conversations.open": Method(self.open_direct_message, "im:write"),
        }

    def tell_who_it_is(self, _: Json) -> Json:
        """Tell the app who it is."""
        names = {"team": TEAM_NAME, "user": BOT_NAME, "url": f"https://{TEAM_DOMAIN}.slack.com/"}
        return {**names, "team_id": TEAM_ID, "user_id": BOT_USER, "bot_id": BOT_ID, "is_enterprise_install": False}

    def show_user(self, arguments: Json) -> Json:
        """Show one person."""
        user = arguments.get("user")
        if user != BOT_USER and user not in self.workspace.people.values():
            raise SlackError("user_not_found")
        return {"user": user_object(self.workspace, str(user), with_email=self.with_email)}

    def list_users(self, arguments: Json) -> Json:
        """Show everybody."""
        ids = (*self.workspace.people.values(), BOT_USER)
        everybody = [user_object(self.workspace, user, with_email=self.with_email) for user in ids]
        return {**page_of("members", everybody, arguments), "cache_ts": int(self.workspace.clock())}

    def show_channel(self, arguments: Json) -> Json:
        """Show one channel."""
        return {"channel": channel_object(self.workspace, find_channel(self.workspace, arguments.get("channel")))}

    def list_channels(self, arguments: Json) -> Json:
        """Show all channels that the app can see."""
        return self._list([c for c in self.workspace.channels.values() if c.kind == "public" or c.has_bot], arguments)

    def list_own_channels(self, arguments: Json) -> Json:
        """Show the channels that the app is in, or those of a person in which it is, too."""
        mine = [c for c in self.workspace.channels.values() if c.has_bot]
        user = arguments.get("user") or BOT_USER
        return self._list([c for c in mine if user in self.workspace.members(c)], arguments)

    def _list(self, channels: list[Channel], arguments: Json) -> Json:
        kinds = str(arguments.get("types") or "public_channel").replace(" ", "").split(",")
        wanted = {kind for name, kind in _KIND_OF.items() if name in kinds}
        found = [channel_object(self.workspace, each) for each in channels if each.kind in wanted]
        return page_of("channels", found, arguments)

    def list_members(self, arguments: Json) -> Json:
        """Show who is in a channel."""
        channel = find_channel(self.workspace, arguments.get("channel"))
        return page_of("members", self.workspace.members(channel), arguments)

    def join_channel(self, arguments: Json) -> Json:
        """Let the app take part in a public channel."""
        channel = find_channel(self.workspace, arguments.get("channel"))
        if channel.kind != "public":
            raise SlackError("method_not_supported_for_channel_type")
        already, channel.has_bot = channel.has_bot, True
        return {
            "channel": channel_object(self.workspace, channel),
            **({"warning": "already_in_channel"} if already else {}),
        }

    def show_history(self, arguments: Json) -> Json:
        """Show the messages of a channel outside of threads, newest first."""
        found = [m for m in self._messages(arguments) if m.thread_ts in (None, m.ts)]
        return self._history(found[::-1], arguments)

    def show_replies(self, arguments: Json) -> Json:
        """Show a thread, oldest first."""
        root = arguments.get("ts")
        found = [m for m in self._messages(arguments) if root in (m.ts, m.thread_ts)]
        if not found:
            raise SlackError("thread_not_found")
        return self._history(found, arguments)

    def open_direct_message(self, arguments: Json) -> Json:
        """Open the direct message with a person."""
        channel = self.workspace.channel(f"@{self.workspace.user_name(self._one_person(arguments))}")
        is_whole = str(arguments.get("return_im")).lower() in ("true", "1")
        return {"channel": channel_object(self.workspace, channel) if is_whole else {"id": channel.id}}

    def _one_person(self, arguments: Json) -> str:
        """Give whom the direct message is with, by `users` or by its own id."""
        people = self.workspace.people.values()
        if (known := str(arguments.get("channel") or "")).startswith("D"):
            return self.workspace.people[find_channel(self.workspace, known).name[1:]]
        given = arguments.get("users") or ""
        users = given if isinstance(given, list) else str(given).split(",")
        if any(user not in people for user in users):
            raise SlackError("user_not_found")
        if len(users) > 1:
            self.faults.append("the bot opened a conversation with several people, which this Slack does not know")
            raise SlackError("method_not_supported_for_channel_type")
        return str(users[0])

    def _scope(self, what: str) -> Any:
        def choose(arguments: Json) -> str:
            return f"{_SCOPE_OF[find_channel(self.workspace, arguments.get('channel')).kind]}:{what}"

        return choose

    def _messages(self, arguments: Json) -> list[Message]:
        channel = find_channel(self.workspace, arguments.get("channel"))
        if not channel.has_bot:
            raise SlackError("not_in_channel")
        return [m for m in self.workspace.messages if m.channel == channel.id and not m.deleted and not m.is_ephemeral]

    def _history(self, messages: list[Message], arguments: Json) -> Json:
        found = [message_object(self.workspace, m) for m in _within(messages, arguments)]
        page = page_of("messages", found, arguments)
        return {**page, "has_more": bool(page["response_metadata"]["next_cursor"])}


def _within(messages: list[Message], arguments: Json) -> list[Message]:
    """Keep what `oldest`, `latest` and `inclusive` leave."""
    oldest, latest = str(arguments.get("oldest") or "0"), str(arguments.get("latest") or "9")
    inclusive = str(arguments.get("inclusive")).lower() in ("true", "1")
    return [m for m in messages if oldest < m.ts < latest or (inclusive and m.ts in (oldest, latest))]


def page_of(key: str, items: list[Any], arguments: Json) -> Json:
    """Give a page of a list, and the cursor to the next one, which is empty on the last.

    Source: https://docs.slack.dev/apis/web-api/pagination

    Raises:
        SlackError: invalid_limit, invalid_cursor.
    """
    limit = str(arguments.get("limit") or "100")
    if not limit.isdecimal() or not 1 <= int(limit) <= MAX_LIMIT:
        raise SlackError("invalid_limit")
    start = _read_cursor(str(arguments.get("cursor") or ""))
    end = start + int(limit)
    following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return {key: items[start:end], "response_metadata": {"next_cursor": following}}


def _read_cursor(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:") or 0)
    except ValueError:
        raise SlackError("invalid_cursor") from None


_KIND_OF = {"public_channel": "public", "private_channel": "private", "im": "im"}
