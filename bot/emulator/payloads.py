"""The events that Slack sends to an app, complete as the real thing. Pure.

Sources: https://docs.slack.dev/reference/events , and payloads in slackapi/bolt-python's tests/scenario_tests_async.
"""

import uuid

from .composer import rich_text
from .messages import Json, Message
from .workspace import APP_ID, BOT_ID, BOT_USER, TEAM_ID, Channel, bot_message

TOKEN = "gIkuvaNzQIHg97ATvDxqgjtO"  # noqa: S105  # the deprecated verification token: still sent, never to be trusted

_CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im"}


def wrap_event(event: Json) -> Json:
    """Build the outer event around an inner one, with an event_id that no other run of a playground gives either."""
    number = uuid.uuid4().hex[:10].upper()
    install = {"enterprise_id": None, "team_id": TEAM_ID, "user_id": BOT_USER, "is_bot": True}
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "event_time": int(float(event["event_ts"])),
        "authorizations": [{**install, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-eyJldCI6{number}",
    }


def mention_event(message: Message) -> Json:
    """Build `app_mention`."""
    return {**_written_by_a_person(message), "type": "app_mention", "channel": message.channel, "event_ts": message.ts}


def message_event(message: Message, channel: Channel) -> Json:
    """Build `message`, of a person or of the bot itself."""
    by_bot = message.bot_id == BOT_ID
    place = {"channel": channel.id, "event_ts": message.ts, "channel_type": _CHANNEL_TYPES[channel.kind]}
    return {**(bot_message(message) if by_bot else _written_by_a_person(message)), "type": "message", **place}


def changed_event(message: Message, channel: Channel, old_text: str, ts: str) -> Json:
    """Build the `message_changed` that follows an edit."""
    new = _inner(message, channel)
    new["edited"] = {"user": message.user, "ts": ts}
    old = {**_inner(message, channel), "text": old_text}
    return {**_hidden("message_changed", channel, ts), "message": new, "previous_message": old}


def deleted_event(message: Message, channel: Channel, ts: str) -> Json:
    """Build the `message_deleted` that follows a deletion."""
    hidden = _hidden("message_deleted", channel, ts)
    return {**hidden, "previous_message": _inner(message, channel), "deleted_ts": message.ts}


def home_opened_event(user: str, channel: Channel, tab: str, ts: str, view: Json | None) -> Json:
    """Build `app_home_opened`; the view is the Home that is there already."""
    event = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab, "event_ts": ts}
    return {**event, **({"view": view} if view else {})}


def reaction_event(user: str, name: str, message: Message, ts: str) -> Json:
    """Build `reaction_added`."""
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    author = {"item_user": message.user}
    return {"type": "reaction_added", "user": user, "reaction": name, "item": item, **author, "event_ts": ts}


def _written_by_a_person(message: Message) -> Json:
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    return {
        "user": message.user,
        "ts": message.ts,
        "client_msg_id": str(uuid.uuid5(uuid.NAMESPACE_OID, message.ts)),
        "text": message.text,
        "team": TEAM_ID,
        "blocks": rich_text(message.text, f"r{message.ts[-4:]}"),
        **thread,
    }


def _inner(message: Message, channel: Channel) -> Json:
    event = message_event(message, channel)
    return {key: value for key, value in event.items() if key not in ("channel", "event_ts", "channel_type")}


def _hidden(subtype: str, channel: Channel, ts: str) -> Json:
    kind = _CHANNEL_TYPES[channel.kind]
    shared = {"type": "message", "subtype": subtype, "hidden": True, "channel": channel.id, "channel_type": kind}
    return {**shared, "ts": ts, "event_ts": ts}
