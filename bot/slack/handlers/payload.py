"""Slack's payloads in, Questions and plain values out. Decides what is a question at all; answers and posts nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bot.dialogue import Asked, Question, Surface
from bot.matching import fold
from bot.slack.api import as_object
from bot.slack.handlers.message_text import holds_more, words_of
from bot.store.events import EXPIRY

Payload = Mapping[str, Any]

A_PERSONS_MESSAGE = (None, "file_share", "thread_broadcast", "me_message")
"""Subtypes of a message that a person typed: plain, with a file beside it, from a thread to the channel as well, /me.
All others are edits, deletions, bots, and Slack's own notices (somebody joined, a topic changed)."""

_AROUND = re.compile(r"""^[\s/.,:"'`*_~<>()\[\]{}«»‘-‟‹›「-』]+|[\s/.,:"'`*_~<>()\[\]{}«»‘-‟‹›「-』]+$""")
"""What people and their keyboards put around a command word: quotes of all kinds, markup, full stops."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A mention that gets no reply."""

    why: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """A question that its asker took back."""

    channel: str
    ts: str


def read_mention(body: Payload) -> Asked | Ignored:
    """Read an app_mention event, of a new message or of one to which an edit added the mention.

    The reply goes into its thread. Both come with the same key: a message is answered once.
    """
    event = body["event"]
    if not _is_a_persons(event) and not _is_a_workflows(event, body):
        return Ignored("it was not written by a person or a workflow")
    if _is_old_edit(event, event):
        return Ignored("it is an edit of an old message")
    return _asked(body, event, Surface.MENTION) or Ignored("it does not say where or by whom it was written")


def read_direct_message(body: Payload) -> Asked | None:
    """Read a message event; None unless a person wrote it to the bot directly.

    The reply goes beside the question, or into the thread in which it was asked.
    """
    event = body["event"]
    if event.get("channel_type") != "im" or not _is_a_persons(event):
        return None
    return _asked(body, event, Surface.DIRECT_MESSAGE)


def read_edit(body: Payload, bot_user: str | None) -> Asked | None:
    """Read a message event that tells of an edit; None unless a person changed the words of a direct message, or
    added a mention of the bot elsewhere. Edits of old messages are none, either.

    Slack tells of edits that no person made, too, such as an unfurled link.
    """
    event = body["event"]
    if event.get("subtype") != "message_changed":
        return None
    message, previous = as_object(event.get("message")), as_object(event.get("previous_message"))
    if not _is_a_persons(message) or _is_old_edit(message, event):
        return None
    now, before, bot_user = words_of(message), words_of(previous), _bot_user(body) or bot_user
    asked = {**message, "channel": event.get("channel")}
    if event.get("channel_type") == "im":
        return _asked(body, asked, Surface.DIRECT_MESSAGE) if now != before else None
    if not _mentions(now, bot_user) or _mentions(before, bot_user):
        return None
    return _asked(body, asked, Surface.MENTION)


def read_deletion(body: Payload) -> Deleted | None:
    """Read a message event that tells of a deleted direct message of a person's; else None."""
    event = body["event"]
    if event.get("channel_type") != "im" or event.get("subtype") != "message_deleted":
        return None
    channel, ts = event.get("channel"), event.get("deleted_ts")
    if as_object(event.get("previous_message")).get("bot_id") or not (isinstance(channel, str) and isinstance(ts, str)):
        return None
    return Deleted(channel, ts)


def read_command(command: Payload) -> Asked:
    """Read a slash command; its reply is for the asker alone, wherever it was typed."""
    return Asked(
        Question(str(command.get("text") or ""), Surface.COMMAND),
        asker=str(command.get("user_id") or ""),
        channel=str(command.get("channel_id") or ""),
        message="",
        thread=None,
        keys=(f"command {command.get('trigger_id') or uuid4().hex}",),
    )


def without_mention(text: str, bot_user: str | None) -> str:
    """Take the bot's own mention out of a text; other people's stay."""
    return _mention(bot_user).sub(" ", text).strip()


def conversation_of(channel: str, thread: str | None) -> str:
    """Name the thread, or the direct message outside of threads, that a message belongs to."""
    return f"{channel} {thread or ''}".rstrip()


def wants_help(text: str) -> bool:
    """Whether there is no question in the text, or nothing but the word help."""
    return _bare_word(text) in {"", "help"}


def wants_list(text: str) -> bool:
    """Whether the text asks for the list of all questions."""
    return _bare_word(text) == "list"


def _bare_word(text: str) -> str:
    return _AROUND.sub("", fold(text.replace("&gt;", ">").replace("&lt;", "<")))


def _asked(body: Payload, message: Payload, surface: Surface) -> Asked | None:
    """Return the question; None where a message lacks its channel, its ts or its author.

    Only edits of direct messages are answered each; they are told apart by the time of the edit.
    """
    channel, ts, author = message.get("channel"), message.get("ts"), message.get("user") or message.get("bot_id")
    if not (isinstance(channel, str) and isinstance(ts, str) and isinstance(author, str)):
        return None
    thread = message.get("thread_ts")
    if not isinstance(thread, str) or not thread:
        thread = ts if surface.is_public else None
    changed = as_object(message.get("edited")).get("ts") if surface.follows_edits else None
    return Asked(
        Question(without_mention(words_of(message), _bot_user(body)), surface, conversation_of(channel, thread)),
        asker=author if message.get("user") else "",
        channel=channel,
        message=ts,
        thread=thread,
        keys=(f"event {body.get('event_id') or ts}", f"message {channel} {ts} {changed or ''}".rstrip()),
        workflow="" if message.get("user") else author,
        has_more=holds_more(message),
    )


def _bot_user(body: Payload) -> str | None:
    """Return the bot's own id as the event tells it."""
    authorizations = body.get("authorizations")
    first = as_object(authorizations[0]) if isinstance(authorizations, list) and authorizations else {}
    return first["user_id"] if first.get("is_bot") and isinstance(first.get("user_id"), str) else None


def _mention(bot_user: str | None) -> re.Pattern[str]:
    return re.compile(rf"<@{re.escape(bot_user or 'W-none')}(\|[^>]*)?>")


def _mentions(text: str, bot_user: str | None) -> bool:
    return _mention(bot_user).search(text) is not None


def _is_a_persons(message: Payload) -> bool:
    return (
        bool(message.get("user"))
        and message.get("subtype") in A_PERSONS_MESSAGE
        and not (message.get("bot_id") or message.get("bot_profile") or message.get("hidden"))
    )


def _is_a_workflows(message: Payload, body: Payload) -> bool:
    """Check whether Workflow Builder posted a message, or an incoming webhook, which looks alike.

    Bots that post by the Web API come with a `user`: they are never answered, and neither is an app of the same id.
    """
    is_own = message.get("app_id") is not None and message.get("app_id") == body.get("api_app_id")
    looks_so = message.get("subtype") == "bot_message" and bool(message.get("bot_id")) and not message.get("user")
    return looks_so and not is_own and not message.get("hidden")


def _is_old_edit(message: Payload, event: Payload) -> bool:
    """Check whether a message was changed so late that nobody knows any more whether it has been answered."""
    changed = as_object(message.get("edited")).get("ts") or event.get("event_ts") or message.get("ts")
    return _seconds(changed) - _seconds(message.get("ts")) > EXPIRY


def _seconds(ts: object) -> float:
    try:
        return float(str(ts))
    except ValueError:
        return 0.0
