"""Says which kind of payload Slack has sent, and what keeps the bot from handling it. Never raises, reads no text.

Only what Bolt and the handlers rely on is checked. Slack adds fields and kinds of events at any time, and sends
objects where it used to send ids (`user` of `team_join`): whatever the bot does not handle may look as it likes.
"""

import re
from collections.abc import Mapping
from typing import Any

NEEDED: dict[str, tuple[str, ...]] = {
    "event app_mention": ("event.channel", "event.ts"),
    "event message": ("event.channel", "event.ts"),
    "event app_home_opened": ("event.user",),
    "command": ("command", "response_url", "user_id", "channel_id"),
    "block_actions": ("user.id", "actions", "trigger_id"),
    "message_action": ("user.id", "callback_id", "response_url"),
    "shortcut": ("user.id", "callback_id"),
    "block_suggestion": ("user.id", "action_id"),
    "view_submission": ("user.id", "view.callback_id"),
    "view_closed": ("user.id",),
    "url_verification": ("challenge",),
}
"""What the bot handles, and what such a payload must hold. `actions` is a list of objects that have an
action_id, all else is text."""

TEXTS = {
    "type", "event_id", "command", "response_url", "trigger_id", "callback_id", "action_id", "block_id",
    "value", "channel_id", "user_id", "team_id", "api_app_id", "message_ts", "ts", "thread_ts", "event_ts",
    "deleted_ts", "subtype", "channel_type", "bot_id", "tab", "token", "challenge", "enterprise_id", "id",
}  # fmt: skip
"""Fields that are texts where Bolt and the handlers read them, or null."""

OBJECTS = {
    "container", "message", "previous_message", "edited", "selected_option", "view", "bot_profile", "state", "event",
}  # fmt: skip
"""Fields that are objects there, or null."""

EITHER = {"user", "channel", "team", "enterprise"}
"""Fields that are objects with an id in interactions, and ids within events and messages."""


def name_kind(payload: Any) -> str:
    """Return `event TYPE`, `command`, or an interaction's type; `unknown` where Slack would use no such word."""
    if not isinstance(payload, dict):
        return "unknown"
    event = payload.get("event")
    if payload.get("type") == "event_callback" and isinstance(event, dict):
        return f"event {_word(event.get('type'))}"
    return _word("command" if "command" in payload else payload.get("type"))


def find_fault(payload: Any) -> str:
    """Return why the bot does not handle a payload: it has no use for its kind, or a field is not as expected."""
    kind = name_kind(payload)
    if kind not in NEEDED:
        return "the bot has no use for it"
    in_message = ("response_url",) if kind == "block_actions" and not payload.get("view") else ()
    missing = [path for path in NEEDED[kind] + in_message if not _is_there(payload, path)]
    return f"{missing[0]} is missing" if missing else _find_wrong_type(payload, depth=3)


def _word(value: Any) -> str:
    return value if isinstance(value, str) and re.fullmatch(r"[a-z_.]{1,50}", value) else "unknown"


def _is_there(payload: Mapping[str, Any], path: str) -> bool:
    value: Any = payload
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    if path == "actions":
        actions = value if isinstance(value, list) else []
        return bool(actions) and all(isinstance(each, dict) and _is_there(each, "action_id") for each in actions)
    return isinstance(value, str)


def _find_wrong_type(value: Mapping[str, Any], depth: int) -> str:
    for name, each in value.items():
        if each is not None and not _is_of_its_type(name, each, is_outermost=depth == 3):
            return f"{name} is a {type(each).__name__}"
        if name in {"message", "previous_message"} and each is not None and not isinstance(each.get("ts"), str):
            return f"{name}.ts is missing"
    inner = [each for name, each in value.items() if name in OBJECTS | EITHER and isinstance(each, dict)]
    inner += value.get("actions", ()) if depth == 3 else ()
    faults = (_find_wrong_type(each, depth - 1) for each in inner) if depth else iter(())
    return next((fault for fault in faults if fault), "")


def _is_of_its_type(name: str, value: Any, *, is_outermost: bool) -> bool:
    if name in TEXTS:
        return isinstance(value, str)
    if name in OBJECTS:
        return isinstance(value, dict)
    if name in EITHER:
        return (
            isinstance(value.get("id"), str) if isinstance(value, dict) else isinstance(value, str) and not is_outermost
        )
    return True
