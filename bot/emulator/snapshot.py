"""What a person sees when looking at the workspace, as JSON: channels, messages, Home, modals, and what went wrong."""

from .emulator import Emulator
from .messages import Json, Message
from .views import View
from .workspace import BOT_NAME, BOT_USER, Channel


def what_is_seen(slack: Emulator, user: str) -> Json:
    """Give the whole workspace as this person (by name) sees it."""
    workspace, me = slack.workspace, slack.workspace.user_id(user)
    mine = [c for c in list(workspace.channels.values()) if c.kind != "im" or c.name == f"@{user}"]
    home = slack.views.homes.get(me)
    return {
        "me": {"id": me, "name": user},
        "people": [{"id": id_, "name": name} for name, id_ in workspace.people.items()],
        "bot": {"id": BOT_USER, "name": BOT_NAME, "connected": is_connected(slack)},
        "commands": [dict(command) for command in slack.grants.commands],
        "shortcuts": [dict(shortcut) for shortcut in slack.grants.shortcuts],
        "channels": [_channel(slack, channel, me) for channel in mine],
        "home": home.as_json() if home else None,
        "modals": [_modal(view) for view in slack.views.modals.get(me, [])],
        "faults": list(slack.faults),
        "faults_to_come": slack.outages.left,
    }


def is_connected(slack: Emulator) -> bool:
    """Whether the bot can be reached, as far as Slack knows before it tries."""
    return slack.socket.is_connected if slack.transport_name == "socket" else bool(slack.http.bot_url)


def message_as_json(slack: Emulator, message: Message) -> Json:
    """Give one message; `thread_ts` is null outside of threads."""
    return {
        "channel": message.channel,
        "ts": message.ts,
        "user": message.user,
        "name": slack.workspace.user_name(message.user),
        "is_bot": message.bot_id is not None,
        "text": message.text,
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "only_you": message.is_ephemeral,
        "edited": message.edits > 0 and not message.is_ephemeral,
        "reactions": {name: who for name, who in message.reactions.items() if who},
        "via": message.via,
    }


def _channel(slack: Emulator, channel: Channel, me: str) -> Json:
    here = [m for m in slack.workspace.messages if m.channel == channel.id and not m.deleted]
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "has_bot": channel.has_bot,
        "messages": [message_as_json(slack, m) for m in here if m.visible_to in (None, me)],
    }


def _modal(view: View) -> Json:
    return {**view.as_json(), "errors": view.errors}
