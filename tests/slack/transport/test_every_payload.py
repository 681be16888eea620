"""Whatever Slack sends is acknowledged: each part of each payload missing, or of another type than today."""

import copy
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.desk import Policy
from bot.metrics import Metrics
from bot.slack.views import action_ids
from tests.slack.door import Door, open_door

DEEP = json.loads('{"a":' * 300 + "[]" + "}" * 300)
STRANGE = (None, 7, "a word", [], ["a word"], {}, {"id": None}, DEEP)
GONE = object()

WHERE = {
    "channel": "C1",
    "ts": "1700000000.000100",
    "event_ts": "1700000000.000100",
    "text": "How is it updated?",
}
OUTER = {
    "type": "event_callback", "team_id": "T1", "event_id": "Ev1", "is_ext_shared_channel": False,
    "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
}  # fmt: skip
WHO = {"user": {"id": "U1", "name": "alice", "team_id": "T1"}, "team": {"id": "T1", "domain": "x"}, "trigger_id": "1.2"}
CLICKED = {
    "type": "block_actions", **WHO, "channel": {"id": "C1", "name": "general"}, "response_url": "RESPONSE_URL",
    "container": {"type": "message", "message_ts": "1700000000.000100", "channel_id": "C1", "is_ephemeral": False},
    "message": {"ts": "1700000000.000100", "user": "UBOT", "text": "x", "thread_ts": "1700000000.000050", "blocks": []},
    "state": {"values": {}},
}  # fmt: skip
IN_HOME = {
    **WHO, "container": {"type": "view", "view_id": "V1"},
    "view": {"id": "V1", "type": "home", "callback_id": "x", "hash": "h", "state": {"values": {}}, "blocks": []},
}  # fmt: skip


def event(**inner: Any) -> dict[str, Any]:
    return {**OUTER, "event": inner}


def click(action_id: str, **action: Any) -> dict[str, Any]:
    return {**CLICKED, "actions": [{"type": "button", "action_id": action_id, "block_id": "b", **action}]}


def shortcut(**message: Any) -> dict[str, Any]:
    named = {"type": "message_action", "callback_id": action_ids.SHORTCUT, "message_ts": "1.1"}
    return {**CLICKED, **named, "message": {"ts": "1.1", "user": "U2", **message}}


WORDS = {"type": "rich_text_section", "elements": [{"type": "text", "text": "How is it updated?"}]}
RICH = [{"type": "rich_text", "block_id": "b", "elements": [WORDS]}]
SHARED = {"is_share": True, "text": "Who pays?", "message_blocks": [{"message": {"blocks": RICH}}], "blocks": RICH}
PAYLOADS = {
    "mention": event(type="app_mention", user="U1", **WHERE),
    "direct message": event(type="message", user="U1", channel_type="im", files=[{"id": "F1"}], **WHERE),
    "edit": event(
        type="message", subtype="message_changed", channel_type="im", channel="D1", ts="1.2", event_ts="1.2",
        message={"user": "U1", "ts": "1.1", "text": "and Ignition?", "edited": {"user": "U1", "ts": "1.2"}},
        previous_message={"user": "U1", "ts": "1.1", "text": "why?"},
    ),
    "deletion": event(
        type="message", subtype="message_deleted", channel_type="im", channel="D1", ts="1.2", deleted_ts="1.1",
        previous_message={"user": "U1", "ts": "1.1", "text": "why?"},
    ),
    "Home is opened": event(type="app_home_opened", user="U1", tab="home", channel="D1"),
    "command": {
        "command": "/flatcar-faq", "text": "How is it updated?", "user_id": "U1", "channel_id": "C1", "team_id": "T1",
        "response_url": "RESPONSE_URL", "trigger_id": "1.2",
    },
    "choice": click(f"{action_ids.CHOOSE}0", value='{"e":"update","a":"U1"}'),
    "none of these": click(action_ids.CHOOSE_NONE, value='{"q":"why?","a":"U1"}'),
    "thumb": click(action_ids.FEEDBACK, type="feedback_buttons", value='{"e":"update","f":"down","a":"U1"}'),
    "menu": click(action_ids.MENU, selected_option={"value": '{"a":"U1"}', "text": {"text": "Remove"}}),
    "decision": click(action_ids.DISMISS, value='{"s":"1"}'),
    "search": {
        "type": "block_suggestion", **IN_HOME, "action_id": action_ids.SEARCH, "block_id": "b", "value": "open",
    },
    "shortcut": shortcut(text="How is it updated?"),
    "shortcut on a form's message": shortcut(text="", blocks=RICH, attachments=[SHARED], files=[{"id": "F1"}]),
    "forwarded": event(type="app_mention", user="U1", attachments=[SHARED], blocks=RICH, **WHERE),
    "workflow": event(type="app_mention", subtype="bot_message", bot_id="B9", username="Ask", **WHERE),
    "sent on": click(action_ids.SEND_ON, value='{"q":"why?","a":"U1","c":"C1","s":"1"}'),
    "given anyway": click(action_ids.ASSIGN, type="external_select", selected_option={"value": "update"}),
    "picked": click(action_ids.PICK, type="external_select", selected_option={"value": "update"}),
    "posted for somebody": click(action_ids.POST_IN_THREAD, value='{"e":"update","t":"1.1"}'),
    "shared": click(action_ids.SHARE, value='{"e":"update","a":"U1"}'),
    "shown whole": click(action_ids.SHOW_ALL, value='{"e":"update","a":"U1"}'),
    "page of the list": click(f"{action_ids.LIST_PAGE}1", value='{"p":1}'),
    "reason": click(action_ids.REASON, value='{"s":"1"}'),
    "shown in Home": {
        "type": "block_actions", **IN_HOME, "actions": [{"action_id": f"{action_ids.SHOW}0", "value": "x"}],
    },
    "found in Home": {
        "type": "block_actions", **IN_HOME,
        "actions": [{"action_id": action_ids.SEARCH, "selected_option": {"value": "update"}}],
    },
    "submission": {
        "type": "view_submission", **WHO,
        "view": {
            "id": "V1", "type": "modal", "callback_id": action_ids.REASON, "private_metadata": "1",
            "state": {"values": {action_ids.REASON_TEXT: {action_ids.REASON_TEXT: {"value": "too long"}}}},
        },
    },
}  # fmt: skip


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    async with open_door(tmp_path, Policy(questions_per_minute=10**6)) as door:
        yield door


@pytest.mark.parametrize("kind", PAYLOADS)
async def test_every_payload_is_acknowledged_and_none_makes_a_handler_fail(kind: str, door: Door) -> None:
    refused, failed = [], []
    whole = json.loads(json.dumps(PAYLOADS[kind]).replace("RESPONSE_URL", door.response_url))
    for number, (where, payload) in enumerate(variants(whole)):
        if "event" in payload and payload.get("event_id") == "Ev1":
            payload["event_id"] = f"Ev{number}"
        response = await door.dispatcher.receive(payload)
        await door.dispatcher.finish(30)
        if response.status != 200:
            refused.append((where, response.status))
        if count(door.desk.metrics, "failed_payloads_total") > len(failed):
            failed.append(where)
    assert (refused, failed) == ([], [])


@pytest.mark.parametrize("payload", [*STRANGE, {"type": "event_callback"}, event(type="team_join", user={"id": "U7"})])
async def test_what_the_bot_has_no_use_for_is_acknowledged_and_counted(payload: Any, door: Door) -> None:
    assert (await door.dispatcher.receive(payload)).status == 200
    assert count(door.desk.metrics, "ignored_payloads_total") == 1


def variants(payload: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the payload as it is, and with each of its parts replaced or left out, with where that was."""
    yield "", copy.deepcopy(payload)
    for path in paths(payload):
        for strange in (GONE, *STRANGE):
            changed = copy.deepcopy(payload)
            holder: Any = changed
            for name in path[:-1]:
                holder = holder[name]
            if strange is GONE:
                del holder[path[-1]]
            else:
                holder[path[-1]] = copy.copy(strange)
            yield f"{path} {'missing' if strange is GONE else repr(strange)[:20]}", changed


def paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield (*before, name)
        yield from paths(part, (*before, name))


def count(metrics: Metrics, name: str) -> float:
    samples = (sample for family in metrics.registry.collect() for sample in family.samples)
    return sum(sample.value for sample in samples if sample.name == f"flatcar_faq_{name}")
