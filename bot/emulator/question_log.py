"""What was asked of the bot, where and when, so that a reply can be traced to its question. Kept in memory only."""

from collections.abc import Sequence
from dataclasses import dataclass

from .messages import Message


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, or what may be one, still in Slack's markup."""

    channel: str
    user: str
    text: str
    at: float
    """Seconds since 1970."""
    root: str | None = None
    """The `ts` of the thread that a reply to it belongs to."""
    privately: bool = False
    """A command or a shortcut: whatever is replied, the asker alone sees it at first."""

    @classmethod
    def in_message(cls, message: Message, at: float) -> "Asked":
        """Read a message that a person wrote or changed."""
        return cls(message.channel, message.user, message.text, at, root=message.thread_ts or message.ts)


def question_behind(reply: Message, asked: Sequence[Asked]) -> Asked | None:
    """Find what a message of the bot replies to: the last question before it at the same place."""
    for question in reversed(asked):
        if question.at <= reply.posted_at and question.channel == reply.channel and _belongs(question, reply):
            return question
    return None


def _belongs(question: Asked, reply: Message) -> bool:
    if reply.is_ephemeral:
        return question.user == reply.visible_to
    if question.privately:
        return reply.via == "response_url"
    return reply.thread_ts is None or reply.thread_ts == question.root
