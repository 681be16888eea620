"""What Slack sends to an app, complete as the real thing: events, slash commands, clicks, shortcuts, submissions. Pure.

Sources: https://docs.slack.dev/reference/events , /reference/interaction-payloads/ ,
/interactivity/implementing-slash-commands , and payloads in slackapi/bolt-python's tests/scenario_tests_async.
"""

import uuid
from dataclasses import dataclass

from .block_kit import Json
from .composer import rich_text
from .interactive_elements import Press
from .messages import Message
from .views import View
from .workspace import APP_ID, BOT_ID, BOT_NAME, BOT_USER, TEAM_DOMAIN, TEAM_ID, Channel, Workspace

TOKEN = "gIkuvaNzQIHg97ATvDxqgjtO"  # noqa: S105  # the deprecated verification token: still sent, never to be trusted
_CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im"}
_SPECIAL_NAMES = {"im": "directmessage", "private": "privategroup"}


def wrap_event(event: Json) -> Json:
    """Build the outer event around an inner one, with an event_id that no other run of the emulator gives either."""
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


def bot_message(message: Message) -> Json:
    """Build the object of a message that the app wrote."""
    known = {"type": "message", "user": BOT_USER, "bot_id": BOT_ID, "app_id": APP_ID, "team": TEAM_ID}
    profile = {"id": BOT_ID, "app_id": APP_ID, "name": BOT_NAME, "team_id": TEAM_ID, "deleted": False}
    shown = {"text": message.text, "ts": message.ts, "blocks": message.blocks, "bot_profile": profile}
    return {**known, **shown, **_thread(message)}


def mention_event(message: Message) -> Json:
    """Build `app_mention`."""
    return {**_of_a_person(message), "type": "app_mention", "channel": message.channel, "event_ts": message.ts}


def message_event(message: Message, channel: Channel) -> Json:
    """Build `message`, of a person or of the bot itself."""
    place = {"channel": channel.id, "event_ts": message.ts, "channel_type": _CHANNEL_TYPES[channel.kind]}
    return {**_inner(message), **place}


def changed_event(message: Message, channel: Channel, old_text: str, ts: str) -> Json:
    """Build the `message_changed` that follows an edit."""
    new = {**_inner(message), "edited": {"user": message.user, "ts": ts}}
    old = {**_inner(message), "text": old_text}
    return {**_hidden("message_changed", channel, ts), "message": new, "previous_message": old}


def deleted_event(message: Message, channel: Channel, ts: str) -> Json:
    """Build the `message_deleted` that follows a deletion."""
    hidden = _hidden("message_deleted", channel, ts)
    return {**hidden, "previous_message": _inner(message), "deleted_ts": message.ts}


def home_opened_event(user: str, channel: Channel, tab: str, ts: str, view: View | None) -> Json:
    """Build `app_home_opened`; the view is the Home that is there already."""
    event = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab, "event_ts": ts}
    return {**event, **({"view": view.as_json()} if view else {})}


def reaction_event(user: str, name: str, message: Message, ts: str) -> Json:
    """Build `reaction_added`."""
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    known = {"type": "reaction_added", "user": user, "reaction": name, "item_user": message.user}
    return {**known, "item": item, "event_ts": ts}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and what Slack hands out for it."""

    workspace: Workspace
    user: str
    trigger_id: str
    response_url: str = ""

    def as_json(self, *, with_trigger: bool = True) -> Json:
        """Build what all interaction payloads say of who acts and where."""
        name = self.workspace.user_name(self.user)
        return {
            "user": {"id": self.user, "username": name, "name": name, "team_id": TEAM_ID},
            "api_app_id": APP_ID,
            "token": TOKEN,
            "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
            "enterprise": None,
            "is_enterprise_install": False,
            **({"trigger_id": self.trigger_id} if with_trigger else {}),
        }


def command_form(actor: Actor, channel: Channel, command: str, text: str) -> Json:
    """Build the form of a slash command; all values are strings."""
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": _short(channel)["name"],
        "user_id": actor.user,
        "user_name": actor.workspace.user_name(actor.user),
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": actor.response_url,
        "trigger_id": actor.trigger_id,
    }


def click(actor: Actor, channel: Channel, place: Message | View, press: Press) -> Json:
    """Build `block_actions`; from a Home tab or a modal it comes without a channel and a response_url."""
    action, state = press.build_action(actor.workspace.next_ts(), place.state), {"values": place.state}
    url = {"response_url": actor.response_url} if isinstance(place, Message) else {}
    return {
        "type": "block_actions",
        **actor.as_json(),
        **_where(channel, place),
        "state": state,
        **url,
        "actions": [action],
    }


def suggestion(actor: Actor, channel: Channel, place: Message | View, press: Press, typed: str) -> Json:
    """Build `block_suggestion`, which asks for options while somebody types. It comes without a trigger_id."""
    asked = {"action_id": press.element["action_id"], "block_id": press.block_id, "value": typed}
    return {"type": "block_suggestion", **actor.as_json(with_trigger=False), **_where(channel, place), **asked}


def message_shortcut(actor: Actor, channel: Channel, message: Message, callback_id: str) -> Json:
    """Build `message_action`: a shortcut from the menu of a message."""
    return {
        "type": "message_action",
        **actor.as_json(),
        "callback_id": callback_id,
        "action_ts": actor.workspace.next_ts(),
        "message_ts": message.ts,
        "channel": _short(channel),
        "message": _inner(message),
        "response_url": actor.response_url,
    }


def global_shortcut(actor: Actor, callback_id: str) -> Json:
    """Build `shortcut`: one from the lightning menu."""
    return {"type": "shortcut", **actor.as_json(), "callback_id": callback_id, "action_ts": actor.workspace.next_ts()}


def submission(actor: Actor, view: View) -> Json:
    """Build `view_submission`."""
    return {"type": "view_submission", **actor.as_json(), "view": view.as_json(), "response_urls": []}


def thread_fields(workspace: Workspace, message: Message) -> Json:
    """Build what an event says of the thread in which a message was written."""
    if message.thread_ts in (None, message.ts):
        return {}
    root = workspace.find(message.channel, message.thread_ts)
    return {"parent_user_id": root.user} if root else {}


def _inner(message: Message) -> Json:
    return bot_message(message) if message.bot_id == BOT_ID else _of_a_person(message)


def _of_a_person(message: Message) -> Json:
    return {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "client_msg_id": str(uuid.uuid5(uuid.NAMESPACE_OID, message.ts)),
        "text": message.text,
        "team": TEAM_ID,
        "blocks": rich_text(message.text, f"r{message.ts[-4:]}"),
        **_thread(message),
    }


def _thread(message: Message) -> Json:
    return {"thread_ts": message.thread_ts} if message.thread_ts else {}


def _hidden(subtype: str, channel: Channel, ts: str) -> Json:
    kind = _CHANNEL_TYPES[channel.kind]
    shared = {"type": "message", "subtype": subtype, "hidden": True, "channel": channel.id, "channel_type": kind}
    return {**shared, "ts": ts, "event_ts": ts}


def _where(channel: Channel, place: Message | View) -> Json:
    """Build where something was pressed. The content of an ephemeral message is not sent along."""
    if isinstance(place, View):
        return {"container": {"type": "view", "view_id": place.id}, "view": place.as_json()}
    known = {"type": "message", "message_ts": place.ts, "channel_id": channel.id, "is_ephemeral": place.is_ephemeral}
    is_sent_along = place.bot_id == BOT_ID and not place.is_ephemeral
    return {
        "container": {**known, **_thread(place)},
        "channel": _short(channel),
        **({"message": bot_message(place)} if is_sent_along else {}),
    }


def _short(channel: Channel) -> Json:
    return {"id": channel.id, "name": _SPECIAL_NAMES.get(channel.kind, channel.name)}
