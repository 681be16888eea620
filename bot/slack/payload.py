"""Slack's payloads in, Questions and plain values out. Decides what is a question at all; answers and posts nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.dialogue import Question, Surface

Payload = Mapping[str, Any]

A_PERSONS_MESSAGE = {None, "file_share", "thread_broadcast"}
"""Subtypes of a message that a person typed: plain, with a file beside it, or from a thread to the channel as well.
All others are edits, deletions, bots, and Slack's own notices (somebody joined, a topic changed)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that came as an event, and the place where its reply belongs."""

    question: Question
    asker: str
    channel: str
    ts: str
    """The question's own ts."""
    thread: str | None
    """The ts of the thread's first message; None puts the reply beside the question."""
    keys: tuple[str, ...]
    """What identifies the event: its event_id, and channel and ts, since one message can come as two events."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A question that its asker took back."""

    channel: str
    ts: str


def read_mention(body: Payload) -> Asked | None:
    """Read an app_mention event; None if a bot wrote it or it is an edit. The reply goes into its thread."""
    event = body["event"]
    if _is_not_a_person(event) or event.get("edited"):
        return None
    return _asked(body, event, "mention", thread=event.get("thread_ts") or event["ts"])


def read_direct_message(body: Payload) -> Asked | None:
    """Read a message event; None unless a person wrote it to the bot directly.

    The reply goes beside the question, or into the thread in which it was asked.
    """
    event = body["event"]
    if event.get("channel_type") != "im" or _is_not_a_person(event):
        return None
    return _asked(body, event, "direct_message", thread=event.get("thread_ts"))


def read_edit(body: Payload) -> Asked | None:
    """Read a message event that tells of an edit; None unless a person changed the words of a direct message.

    Slack tells of edits that no person made, too, such as an unfurled link.
    """
    event = body["event"]
    if event.get("channel_type") != "im" or event.get("subtype") != "message_changed":
        return None
    message, previous = event.get("message") or {}, event.get("previous_message") or {}
    if _is_not_a_person(message) or message.get("text") == previous.get("text"):
        return None
    asked = {**message, "channel": event["channel"]}
    return _asked(body, asked, "direct_message", thread=message.get("thread_ts"))


def read_deletion(body: Payload) -> Deleted | None:
    """Read a message event that tells of a deleted direct message of a person's; else None."""
    event = body["event"]
    if event.get("channel_type") != "im" or event.get("subtype") != "message_deleted":
        return None
    if (event.get("previous_message") or {}).get("bot_id") or not event.get("deleted_ts"):
        return None
    return Deleted(event["channel"], event["deleted_ts"])


def without_mention(text: str, bot_user: str | None) -> str:
    """Take the bot's own mention out of a text; other people's stay."""
    return re.sub(rf"<@{re.escape(bot_user or 'W-none')}(\|[^>]*)?>", " ", text).strip()


def conversation_of(channel: str, thread: str | None) -> str:
    """Name the thread, or the direct message outside of threads, that a message belongs to."""
    return f"{channel} {thread or ''}".rstrip()


def wants_help(text: str) -> bool:
    """Whether there is no question in the text, or nothing but the word help."""
    return text.strip(" \t\r\n/.,:").lower() in {"", "help"}


def wants_list(text: str) -> bool:
    """Whether the text asks for the list of all questions."""
    return text.strip(" \t\r\n/.,:").lower() == "list"


def _asked(body: Payload, message: Payload, surface: Surface, thread: str | None) -> Asked:
    channel, ts = message["channel"], message["ts"]
    changed = (message.get("edited") or {}).get("ts")
    return Asked(
        Question(str(message.get("text") or ""), surface, conversation_of(channel, thread)),
        asker=message["user"],
        channel=channel,
        ts=ts,
        thread=thread,
        keys=(f"event {body.get('event_id') or ts}", f"message {channel} {ts} {changed or ''}".rstrip()),
    )


def _is_not_a_person(message: Payload) -> bool:
    return bool(
        message.get("bot_id")
        or message.get("bot_profile")
        or message.get("subtype") not in A_PERSONS_MESSAGE
        or not message.get("user")
        or message.get("hidden")
    )
