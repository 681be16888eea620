"""Which of Slack's events are questions, and where their replies go."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.handlers.payload import (
    Asked,
    Ignored,
    read_deletion,
    read_direct_message,
    read_edit,
    read_mention,
    wants_help,
    without_mention,
)


def direct_message(**event: Any) -> dict[str, Any]:
    plain = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "ts": "1.1", "text": "why?"}
    return {"event_id": "Ev1", "event": plain | event}


def mention(**event: Any) -> dict[str, Any]:
    plain = {"type": "app_mention", "channel": "C1", "user": "U1", "ts": "1.1", "text": "<@UBOT> why?"}
    return {"event_id": "Ev1", "event": plain | event}


def test_a_mention_is_answered_in_its_own_thread() -> None:
    asked = read_mention(mention())
    assert isinstance(asked, Asked)
    assert (asked.channel, asked.thread, asked.question.surface) == ("C1", "1.1", "mention")


def test_a_mention_inside_a_thread_is_answered_there() -> None:
    asked = read_mention(mention(thread_ts="0.9"))
    assert isinstance(asked, Asked)
    assert asked.thread == "0.9"


def test_a_direct_message_is_answered_beside_the_question() -> None:
    asked = read_direct_message(direct_message())
    assert asked
    assert (asked.channel, asked.thread, asked.question.text) == ("D1", None, "why?")


def test_a_direct_message_in_a_thread_is_answered_there() -> None:
    asked = read_direct_message(direct_message(thread_ts="0.9"))
    assert asked
    assert asked.thread == "0.9"


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_a_question_with_a_screenshot_is_a_question(subtype: str) -> None:
    assert read_direct_message(direct_message(subtype=subtype))


@pytest.mark.parametrize(
    "event",
    [
        {"bot_id": "B1"},
        {"bot_profile": {"id": "B1"}},
        {"subtype": "bot_message"},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "message_deleted", "hidden": True},
        {"subtype": "channel_join"},
        {"hidden": True},
        {"user": None},
        {"channel_type": "channel"},
    ],
)
def test_what_no_person_typed_to_the_bot_is_no_question(event: dict[str, Any]) -> None:
    assert read_direct_message(direct_message(**event)) is None


@pytest.mark.parametrize(
    "event", [{"bot_id": "B1"}, {"edited": {"user": "U1", "ts": "90000.2"}}, {"user": None}, {"ts": None}]
)
def test_bots_and_late_edits_in_channels_are_left_alone(event: dict[str, Any]) -> None:
    assert isinstance(read_mention(mention(**event)), Ignored)


@pytest.mark.parametrize("changes", [{}, {"edited": {"user": "U1", "ts": "1.2"}}])
def test_the_same_message_as_two_events_shares_a_key(changes: dict[str, Any]) -> None:
    first, second = read_mention(mention()), read_mention({**mention(**changes), "event_id": "Ev2"})
    assert isinstance(first, Asked)
    assert isinstance(second, Asked)
    assert set(first.keys) & set(second.keys)


def test_a_message_without_text_is_still_taken() -> None:
    asked = read_direct_message(direct_message(text=None))
    assert asked
    assert asked.question.text == ""


@pytest.mark.parametrize("text", ["<@UBOT> why", "why <@UBOT>", "<@UBOT|faq> why"])
def test_the_bots_own_mention_is_no_part_of_the_question(text: str) -> None:
    assert without_mention(text, "UBOT") == "why"


def test_other_peoples_mentions_stay() -> None:
    assert without_mention("<@UBOT> ask <@U2>", "UBOT") == "ask <@U2>"
    assert without_mention("<@UBOT> hi", None) == "<@UBOT> hi"


@pytest.mark.parametrize("text", ["", "  ", "help", "Help", "/help", "help."])
def test_nothing_but_help_asks_for_help(text: str) -> None:
    assert wants_help(text)


@pytest.mark.parametrize("text", ["?", "help me with ignition", "how can I help?", "help!", "!"])
def test_a_question_about_help_is_a_question(text: str) -> None:
    assert not wants_help(text)


def edit(**changes: Any) -> dict[str, Any]:
    message = {"type": "message", "user": "U1", "ts": "1.1", "text": "new", "edited": {"user": "U1", "ts": "1.5"}}
    event = {
        "type": "message",
        "subtype": "message_changed",
        "channel_type": "im",
        "channel": "D1",
        "ts": "1.6",
        "hidden": True,
        "message": message,
        "previous_message": {"type": "message", "user": "U1", "ts": "1.1", "text": "old"},
    }
    return {"event_id": "Ev9", "event": event | changes}


def test_an_edited_direct_message_is_a_question_again() -> None:
    asked = read_edit(edit(), "UBOT")
    assert asked
    assert (asked.question.text, asked.channel, asked.message, asked.asker) == ("new", "D1", "1.1", "U1")


def test_each_edit_is_an_event_of_its_own() -> None:
    first, original = read_edit(edit(), "UBOT"), read_direct_message(direct_message())
    assert first
    assert original
    assert not set(first.keys) & set(original.keys)


@pytest.mark.parametrize(
    "changes",
    [
        {"channel_type": "channel"},
        {"subtype": None},
        {"message": {"user": "U1", "ts": "1.1", "text": "old"}},
        {"message": {"bot_id": "B1", "user": "UBOT", "ts": "1.1", "text": "new"}},
        {"message": {"subtype": "tombstone", "ts": "1.1", "text": "gone"}},
        {"message": None},
    ],
)
def test_what_no_person_edited_in_private_is_left_alone(changes: dict[str, Any]) -> None:
    assert read_edit(edit(**changes), "UBOT") is None


def test_a_deleted_direct_message_is_known_by_its_ts() -> None:
    event = {"type": "message", "subtype": "message_deleted", "channel_type": "im", "channel": "D1"}
    deleted = read_deletion({"event": event | {"deleted_ts": "1.1", "previous_message": {"user": "U1"}}})
    assert deleted
    assert (deleted.channel, deleted.ts) == ("D1", "1.1")


@pytest.mark.parametrize(
    "changes",
    [{"channel_type": "channel"}, {"subtype": None}, {"deleted_ts": None}, {"previous_message": {"bot_id": "B1"}}],
)
def test_other_deletions_are_left_alone(changes: dict[str, Any]) -> None:
    event = {"subtype": "message_deleted", "channel_type": "im", "channel": "D1", "deleted_ts": "1.1"}
    assert read_deletion({"event": event | changes}) is None


NAMES = [
    "type",
    "text",
    "blocks",
    "elements",
    "attachments",
    "is_share",
    "message_blocks",
    "message",
    "fields",
    "style",
]
NAMES += [
    "user",
    "channel",
    "ts",
    "thread_ts",
    "edited",
    "event_ts",
    "subtype",
    "bot_id",
    "app_id",
    "files",
    "fallback",
]
NAMES += ["previous_message", "channel_type", "deleted_ts", "hidden", "bot_profile", "url", "value", "pretext"]
KINDS = [
    "rich_text",
    "rich_text_list",
    "section",
    "link",
    "user",
    "im",
    "message_changed",
    "message_deleted",
    "bot_message",
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["1.1", "C1", "<@UBOT> why?", *KINDS]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=25,
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=12))
def test_no_event_of_any_shape_fails_to_be_read(event: dict[str, Any]) -> None:
    body = {"event_id": "Ev1", "event": event}
    for asked in (read_mention(body), read_direct_message(body), read_edit(body, "UBOT")):
        if isinstance(asked, Asked):
            texts = (
                asked.question.text,
                asked.asker,
                asked.channel,
                asked.message,
                asked.thread or "",
                asked.bot,
                *asked.keys,
            )
            assert all(isinstance(text, str) for text in texts)
    deleted = read_deletion(body)
    assert deleted is None or isinstance(deleted.ts, str) and isinstance(deleted.channel, str)
