"""A payload in, whether it has the shapes of Slack's out: handlers and Bolt take those for granted. Reads no text."""

from collections.abc import Mapping
from typing import Any

TEXTS = (
    "type", "event_id", "command", "response_url", "trigger_id", "callback_id", "action_id", "block_id",
    "value", "channel_id", "user_id", "team_id", "api_app_id", "message_ts", "ts", "thread_ts", "event_ts",
    "deleted_ts", "subtype", "channel_type", "bot_id", "tab", "token", "challenge", "enterprise_id",
)  # fmt: skip
"""Fields that are texts wherever they stand, or null."""

OBJECTS = ("container", "message", "previous_message", "edited", "selected_option", "view", "bot_profile", "state")
"""Fields that are objects wherever they stand, or null."""

EITHER = ("user", "channel", "team", "event", "enterprise")
"""Fields that are ids in events and commands, objects with an id in clicks."""

NEEDED_IN_EVENT = {"app_mention": ("channel", "ts"), "message": ("channel",), "app_home_opened": ("user",)}


def is_plausible(body: Mapping[str, Any]) -> bool:
    """Whether all known fields are of the type that Slack gives them; unknown fields may hold anything."""
    if not _has_right_types(body):
        return False
    if body.get("type") == "event_callback":
        event = body.get("event")
        return isinstance(event, dict) and _is_event(event)
    if body.get("type") in {"block_actions", "message_action", "block_suggestion"}:
        return isinstance(body.get("user"), dict) and isinstance(body["user"].get("id"), str) and _has_actions(body)
    return body.get("command") is None or isinstance(body.get("response_url"), str)


def _has_right_types(value: Mapping[str, Any], depth: int = 3) -> bool:
    texts = all(isinstance(value.get(name), str | None) for name in TEXTS)
    objects = [value[name] for name in OBJECTS if value.get(name) is not None]
    objects += [value[name] for name in EITHER if value.get(name) is not None and not isinstance(value[name], str)]
    deeper = depth == 0 or all(isinstance(each, dict) and _has_right_types(each, depth - 1) for each in objects)
    return texts and all(isinstance(each, dict) for each in objects) and deeper


def _is_event(event: Mapping[str, Any]) -> bool:
    needed = NEEDED_IN_EVENT.get(str(event.get("type")), ())
    named = all(isinstance(event.get(name), str) for name in needed)
    people = isinstance(event.get("user"), str | None)
    messages = [each for name in ("message", "previous_message") if (each := event.get(name)) is not None]
    written = all(isinstance(each.get("user"), str | None) and isinstance(each.get("ts"), str) for each in messages)
    has_own_ts = event.get("type") != "message" or isinstance(event.get("ts"), str)
    return isinstance(event.get("type"), str) and named and people and written and has_own_ts


def _has_actions(body: Mapping[str, Any]) -> bool:
    actions = body.get("actions", [])
    if not isinstance(actions, list) or (body["type"] == "block_actions" and not actions):
        return False
    return all(isinstance(action, dict) and _has_right_types(action) for action in actions)
