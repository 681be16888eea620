"""What the bot said lately, and where: to follow up on it, to point to it, to change it. Ids alone, in memory."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from bot.dialogue import Answer, NoAnswer, Question, Reply, Suggestions

MOST_CONVERSATIONS: Final = 2_000
MOST_REPLIES: Final = 5_000
"""Questions and threads remembered: a busy community's week, in some 2 MB."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the bot said last in a conversation, as ids of entries."""

    given: str = ""
    offered: tuple[str, ...] = ()


class Conversations:
    """Remembers what was said last in each of the latest conversations: ids of entries, in memory alone."""

    def __init__(self, most: int = MOST_CONVERSATIONS) -> None:
        self._most = most
        self._said: OrderedDict[str, Said] = OrderedDict()

    def before(self, question: Question) -> Said | None:
        """Return what was said last in the conversation that a question belongs to."""
        return self._said.get(question.conversation) if question.conversation else None

    def record(self, conversation: str, reply: Reply) -> None:
        """Note a reply; one that gives and offers nothing ends what could be followed up."""
        match reply:
            case Answer():
                self._keep(conversation, Said(given=reply.matches[0].entry.id))
            case Suggestions():
                self._keep(conversation, Said(offered=tuple(m.entry.id for m in reply.matches[: reply.choices])))
            case NoAnswer(unclear=True):
                return
            case _:
                self._said.pop(conversation, None)

    def record_given(self, conversation: str, entry_id: str) -> None:
        """Note that an entry was given."""
        self._keep(conversation, Said(given=entry_id))

    def _keep(self, conversation: str, said: Said) -> None:
        if not conversation:
            return
        self._said[conversation] = said
        self._said.move_to_end(conversation)
        if len(self._said) > self._most:
            self._said.popitem(last=False)


@dataclass(slots=True)
class _Slot:
    """A question, and where its reply stands."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    reply: str | None = None


class PostedReplies:
    """Replies by the question they answer, and the answers that each thread holds already. Ids are the network's."""

    def __init__(self, limit: int = MOST_REPLIES) -> None:
        self._limit = limit
        self._by_question: OrderedDict[tuple[str, str], _Slot] = OrderedDict()
        self._in_thread: OrderedDict[tuple[str, str, str], str] = OrderedDict()

    def turn(self, channel: str, question: str) -> asyncio.Lock:
        """Return the lock under which a question is answered, edited or deleted: one of these at a time."""
        return self._slot(channel, question).turn

    def reply_to(self, channel: str, question: str) -> str | None:
        """Return the reply to a question; None where none is known."""
        slot = self._by_question.get((channel, question))
        return slot.reply if slot else None

    def record_reply(self, channel: str, question: str, reply: str | None) -> None:
        """Remember the reply to a question."""
        self._slot(channel, question).reply = reply

    def record_answer(self, channel: str, thread: str, entry_id: str, reply: str) -> None:
        """Remember that a thread holds this entry's answer."""
        self._in_thread[channel, thread, entry_id] = reply
        if len(self._in_thread) > self._limit:
            self._in_thread.popitem(last=False)

    def answer_in(self, channel: str, thread: str, entry_id: str) -> str | None:
        """Return the reply that holds this entry's answer in a thread, if it is there."""
        return self._in_thread.get((channel, thread, entry_id))

    def forget_reply(self, channel: str, reply: str) -> None:
        """Forget a reply that was taken away."""
        for key in [key for key, held in self._in_thread.items() if held == reply and key[0] == channel]:
            del self._in_thread[key]
        for question in [key for key, slot in self._by_question.items() if slot.reply == reply and key[0] == channel]:
            self._by_question[question].reply = None

    def _slot(self, channel: str, question: str) -> _Slot:
        slot = self._by_question.setdefault((channel, question), _Slot())
        if len(self._by_question) > self._limit:
            self._by_question.popitem(last=False)
        return slot
