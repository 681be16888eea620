"""The methods that tell of the workspace: auth.test, users.*, conversations.*. Arguments in, Slack's answer out."""

import base64
from typing import Any

from .acceptance import SlackError
from .messages import Json, Message
from .methods_chat import find_channel
from .payloads import message_event
from .web_api import Method
from .workspace import BOT_ID, BOT_NAME, BOT_USER, TEAM_DOMAIN, TEAM_ID, TEAM_NAME, Channel, Workspace, bot_message

MAX_LIMIT = 1000
_SCOPE_OF = {"public": "channels", "private": "groups", "im": "im"}


class PeopleMethods:
    """Looks things up for the app."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.methods = {
            "api.test": Method(lambda arguments: {"args": arguments}),
            "auth.test": Method(self.tell_who_it_is),
            "users.info": Method(self.show_user, "users:read"),
            "users.list": Method(self.list_users, "users:read"),
            "conversations.info": Method(self.show_channel, self._scope("read")),
            "conversations.list": Method(self.list_channels, "channels:read"),
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
        return {"user": self._user(str(user))}

    def list_users(self, arguments: Json) -> Json:
        """Show everybody."""
        everybody = [self._user(user) for user in (*self.workspace.people.values(), BOT_USER)]
        return {**_page("members", everybody, arguments), "cache_ts": int(self.workspace.clock())}

    def show_channel(self, arguments: Json) -> Json:
        """Show one channel."""
        return {"channel": self._channel(find_channel(self.workspace, arguments.get("channel")))}

    def list_channels(self, arguments: Json) -> Json:
        """Show all channels that the app can see."""
        kinds = str(arguments.get("types") or "public_channel")
        wanted = {kind for name, kind in _KIND_OF.items() if name in kinds.split(",")}
        seen = [each for each in self.workspace.channels.values() if each.kind == "public" or each.has_bot]
        return _page("channels", [self._channel(each) for each in seen if each.kind in wanted], arguments)

    def list_members(self, arguments: Json) -> Json:
        """Show who is in a channel."""
        channel = find_channel(self.workspace, arguments.get("channel"))
        return _page("members", self.workspace.members(channel), arguments)

    def join_channel(self, arguments: Json) -> Json:
        """Let the app take part in a public channel."""
        channel = find_channel(self.workspace, arguments.get("channel"))
        if channel.kind != "public":
            raise SlackError("method_not_supported_for_channel_type")
        already, channel.has_bot = channel.has_bot, True
        return {"channel": self._channel(channel), **({"warning": "already_in_channel"} if already else {})}

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
        user = arguments.get("users")
        if user not in self.workspace.people.values():
            raise SlackError("user_not_found")
        return {"channel": {"id": self.workspace.channel(f"@{self.workspace.user_name(str(user))}").id}}

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
        page = _page("messages", [self._message(m) for m in _within(messages, arguments)], arguments)
        return {**page, "has_more": bool(page["response_metadata"]["next_cursor"])}

    def _message(self, message: Message) -> Json:
        if message.bot_id == BOT_ID:
            return bot_message(message)
        event = message_event(message, self.workspace.channel(message.channel))
        return {key: value for key, value in event.items() if key not in ("channel", "event_ts", "channel_type")}

    def _user(self, user: str) -> Json:
        name, is_bot = self.workspace.user_name(user), user == BOT_USER
        profile = {"real_name": name.capitalize(), "display_name": name, "team": TEAM_ID}
        flags = {"is_bot": is_bot, "deleted": False, "is_admin": False, "is_app_user": False, "updated": 1}
        zone = {"tz": "Europe/Amsterdam", "tz_label": "Central European Time", "tz_offset": 3600}
        known = {"id": user, "team_id": TEAM_ID, "name": name, "real_name": name.capitalize()}
        return {**known, **flags, **zone, "profile": profile}

    def _channel(self, channel: Channel) -> Json:
        if channel.kind == "im":
            user = self.workspace.user_id(channel.name[1:])
            return {"id": channel.id, "is_im": True, "user": user, "created": 1, "is_archived": False}
        flags = {"is_channel": channel.kind == "public", "is_group": False, "is_im": False, "is_mpim": False}
        state = {"is_private": channel.kind == "private", "is_archived": False, "is_member": channel.has_bot}
        told = {"topic": _NOTHING, "purpose": _NOTHING, "created": 1, "creator": BOT_USER}
        return {"id": channel.id, "name": channel.name, "name_normalized": channel.name, **flags, **state, **told}


def _within(messages: list[Message], arguments: Json) -> list[Message]:
    """Keep what `oldest`, `latest` and `inclusive` leave."""
    oldest, latest = str(arguments.get("oldest") or "0"), str(arguments.get("latest") or "9")
    inclusive = str(arguments.get("inclusive")).lower() in ("true", "1")
    return [m for m in messages if oldest < m.ts < latest or (inclusive and m.ts in (oldest, latest))]


def _page(key: str, items: list[Any], arguments: Json) -> Json:
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
_NOTHING = {"value": "", "creator": "", "last_set": 0}
