"""Slack's payloads in, Questions and plain values out. Decides what is a question at all; answers and posts nothing."""

import re
from collections.abc import Hashable, Mapping
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
    channel: str
    thread: str | None
    """The ts of the thread's first message; None puts the reply beside the question."""
    keys: tuple[Hashable, ...]
    """What identifies the event: its event_id, and channel and ts, since one message can come as two events."""


def read_mention(body: Payload) -> Asked | None:
    """Read an app_mention event; None if a bot wrote it or it is an edit. The reply goes into its thread."""
    event = body["event"]
    if _is_not_a_person(event) or event.get("edited"):
        return None
    return _asked(body, "mention", thread=event.get("thread_ts") or event["ts"])


def read_direct_message(body: Payload) -> Asked | None:
    """Read a message event; None unless a person wrote it to the bot directly.

    The reply goes beside the question, or into the thread in which it was asked.
    """
    event = body["event"]
    if event.get("channel_type") != "im" or _is_not_a_person(event):
        return None
    return _asked(body, "direct_message", thread=event.get("thread_ts"))


def without_mention(text: str, bot_user: str | None) -> str:
    """Take the bot's own mention out of a text; other people's stay."""
    return re.sub(rf"<@{re.escape(bot_user or 'W-none')}(\|[^>]*)?>", " ", text).strip()


def wants_help(text: str) -> bool:
    """Whether there is no question in the text, or nothing but the word help."""
    return text.strip(" \t\r\n/!?.,:").lower() in {"", "help"} and not set(text) & {"?", "!"}


def _asked(body: Payload, surface: Surface, thread: str | None) -> Asked:
    event = body["event"]
    return Asked(
        Question(str(event.get("text") or ""), surface),
        channel=event["channel"],
        thread=thread,
        keys=(("event", body.get("event_id") or event["ts"]), ("message", event["channel"], event["ts"])),
    )


def _is_not_a_person(event: Payload) -> bool:
    return bool(
        event.get("bot_id")
        or event.get("bot_profile")
        or event.get("subtype") not in A_PERSONS_MESSAGE
        or not event.get("user")
        or event.get("hidden")
    )
