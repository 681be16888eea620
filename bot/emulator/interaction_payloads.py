"""What Slack sends for what people do: slash commands, clicks, type-ahead, shortcuts, submissions. Pure.

Sources: https://docs.slack.dev/reference/interaction-payloads/ , /interactivity/implementing-slash-commands , and the
payloads in slackapi/bolt-python's tests/scenario_tests_async.
"""

from dataclasses import dataclass

from .interactive_elements import Press
from .messages import Json, Message
from .payloads import TOKEN, message_event
from .views import View
from .workspace import APP_ID, BOT_ID, TEAM_DOMAIN, TEAM_ID, Channel, Workspace, bot_message

_SPECIAL_NAMES = {"im": "directmessage", "private": "privategroup"}


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something, and what Slack hands out for it."""

    workspace: Workspace
    user: str
    trigger_id: str
    response_url: str = ""


def command_form(deed: Deed, channel: Channel, command: str, text: str) -> Json:
    """Build the form of a slash command; all values are strings."""
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": _SPECIAL_NAMES.get(channel.kind, channel.name),
        "user_id": deed.user,
        "user_name": deed.workspace.user_name(deed.user),
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": deed.response_url,
        "trigger_id": deed.trigger_id,
    }


def click(deed: Deed, channel: Channel, message: Message, press: Press) -> Json:
    """Build `block_actions` for a message. The content of an ephemeral message is not sent along."""
    action = press.build_action(deed.workspace.next_ts(), message.state)
    return {
        "type": "block_actions",
        **_who(deed),
        **_in_message(channel, message, press.block_id),
        "state": {"values": message.state},
        "response_url": deed.response_url,
        "actions": [action],
    }


def view_click(deed: Deed, view: View, press: Press) -> Json:
    """Build `block_actions` for a Home tab or a modal: there is neither a channel nor a response_url."""
    action = press.build_action(deed.workspace.next_ts(), view.state)
    container = {"type": "view", "view_id": view.id}
    seen = {"container": container, "view": view.as_json(), "state": {"values": view.state}}
    return {"type": "block_actions", **_who(deed), **seen, "actions": [action]}


def suggestion(deed: Deed, place: tuple[Channel, Message] | View, press: Press, typed: str) -> Json:
    """Build `block_suggestion`, which asks for options while somebody types. It comes without a trigger_id."""
    asked = {"action_id": press.element["action_id"], "block_id": press.block_id, "value": typed}
    who = {key: value for key, value in _who(deed).items() if key != "trigger_id"}
    if isinstance(place, View):
        where: Json = {"container": {"type": "view", "view_id": place.id}, "view": place.as_json()}
    else:
        where = _in_message(*place, press.block_id)
    return {"type": "block_suggestion", **who, **where, **asked}


def message_shortcut(deed: Deed, channel: Channel, message: Message, callback_id: str) -> Json:
    """Build `message_action`: a shortcut from the menu of a message."""
    event = message_event(message, channel)
    shown = {key: value for key, value in event.items() if key not in ("channel", "event_ts", "channel_type")}
    return {
        "type": "message_action",
        **_who(deed),
        "callback_id": callback_id,
        "action_ts": deed.workspace.next_ts(),
        "message_ts": message.ts,
        "channel": _short(channel),
        "message": shown,
        "response_url": deed.response_url,
    }


def global_shortcut(deed: Deed, callback_id: str) -> Json:
    """Build `shortcut`: one from the lightning menu."""
    return {"type": "shortcut", **_who(deed), "callback_id": callback_id, "action_ts": deed.workspace.next_ts()}


def submission(deed: Deed, view: View, response_urls: list[Json]) -> Json:
    """Build `view_submission`."""
    return {"type": "view_submission", **_who(deed), "view": view.as_json(), "response_urls": response_urls}


def closing(deed: Deed, view: View, *, everything: bool) -> Json:
    """Build `view_closed`."""
    who = {key: value for key, value in _who(deed).items() if key != "trigger_id"}
    return {"type": "view_closed", **who, "view": view.as_json(), "is_cleared": everything}


def _who(deed: Deed) -> Json:
    name = deed.workspace.user_name(deed.user)
    return {
        "user": {"id": deed.user, "username": name, "name": name, "team_id": TEAM_ID},
        "api_app_id": APP_ID,
        "token": TOKEN,
        "trigger_id": deed.trigger_id,
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _in_message(channel: Channel, message: Message, block_id: str) -> Json:
    container = {"message_ts": message.ts, "channel_id": channel.id, "is_ephemeral": message.is_ephemeral}
    if (number := _attachment_of(message, block_id)) is None:
        container["type"] = "message"
    else:
        container |= {"type": "message_attachment", "attachment_id": number, "is_app_unfurl": False}
    return {
        "container": container | ({"thread_ts": message.thread_ts} if message.thread_ts else {}),
        "channel": _short(channel),
        **({"message": bot_message(message)} if message.bot_id == BOT_ID and not message.is_ephemeral else {}),
    }


def _attachment_of(message: Message, block_id: str) -> int | None:
    for attachment in message.attachments:
        if isinstance(attachment, dict) and any(b["block_id"] == block_id for b in attachment.get("blocks") or ()):
            return int(attachment["id"])
    return None


def _short(channel: Channel) -> Json:
    return {"id": channel.id, "name": _SPECIAL_NAMES.get(channel.kind, channel.name)}
