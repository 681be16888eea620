"""Where the bot's recent replies stand, so that they can be updated, and pointed to. Holds ids only, in memory."""

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

LIMIT = 5_000
"""Questions and threads remembered: a busy community's week, in some 2 MB."""


@dataclass(slots=True)
class ReplyBook:
    """Replies by the question they answer, and the answers that each thread holds already."""

    limit: int = LIMIT
    _by_question: "OrderedDict[tuple[str, str], asyncio.Task[str | None]]" = field(default_factory=OrderedDict)
    _in_thread: "OrderedDict[tuple[str, str, str], str]" = field(default_factory=OrderedDict)

    async def track(self, channel: str, question_ts: str, posting: Coroutine[Any, Any, str | None]) -> None:
        """Await what posts the reply to a question and returns its ts; whoever asks for that meanwhile waits for it."""
        task = self._by_question[channel, question_ts] = asyncio.create_task(posting)
        if len(self._by_question) > self.limit:
            self._by_question.popitem(last=False)
        await task

    async def reply_to(self, channel: str, question_ts: str) -> str | None:
        """Return the ts of the reply to this question, once it is posted; None where none is known, or none came."""
        task = self._by_question.get((channel, question_ts))
        if task is None:
            return None
        await asyncio.wait((task,))
        return None if task.cancelled() or task.exception() else task.result()

    def forget(self, channel: str, question_ts: str) -> None:
        """Forget a question that is gone."""
        self._by_question.pop((channel, question_ts), None)

    def record_answer(self, channel: str, thread: str, entry_id: str, reply_ts: str) -> None:
        """Remember that a thread holds this entry's answer."""
        self._in_thread[channel, thread, entry_id] = reply_ts
        if len(self._in_thread) > self.limit:
            self._in_thread.popitem(last=False)

    def answer_in(self, channel: str, thread: str, entry_id: str) -> str | None:
        """Give the ts of this entry's answer in a thread, if it is there."""
        return self._in_thread.get((channel, thread, entry_id))

    def forget_reply(self, channel: str, reply_ts: str) -> None:
        """Forget a reply that was taken away."""
        gone = [key for key, ts in self._in_thread.items() if ts == reply_ts and key[0] == channel]
        for key in gone:
            del self._in_thread[key]
