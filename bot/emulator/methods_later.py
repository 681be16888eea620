"""The methods around messages for later: chat.scheduleMessage and what belongs to it. Posted when their time has come.

Source: https://docs.slack.dev/reference/methods/chat.scheduleMessage
"""

import asyncio
import itertools
from dataclasses import dataclass

from .acceptance import Draft, SlackError
from .messages import Json
from .methods_chat import ChatMethods
from .methods_people import page_of
from .web_api import Method
from .workspace import BOT_ID, Channel

FARTHEST = 120 * 24 * 3600
"""Seconds."""


@dataclass(frozen=True, slots=True)
class _Planned:
    channel: Channel
    draft: Draft
    thread_ts: str | None
    post_at: int
    made_at: int
    timer: asyncio.TimerHandle


class LaterMethods:
    """Keeps messages until it is time."""

    def __init__(self, chat: ChatMethods) -> None:
        self.chat, self.workspace = chat, chat.workspace
        self._planned: dict[str, _Planned] = {}
        self._numbers = itertools.count(1)
        self.methods = {
            "chat.scheduleMessage": Method(self.schedule, "chat:write"),
            "chat.scheduledMessages.list": Method(self.list_scheduled),
            "chat.deleteScheduledMessage": Method(self.take_back, "chat:write"),
        }

    def schedule(self, arguments: Json) -> Json:
        """Keep a message for later."""
        channel, draft, now = self.chat.address(arguments), self.chat.accept(arguments), self.workspace.clock()
        try:
            post_at = int(str(arguments.get("post_at")))
        except ValueError:
            raise SlackError("invalid_time") from None
        if post_at <= now:
            raise SlackError("time_in_past")
        if post_at > now + FARTHEST:
            raise SlackError("time_too_far")
        number = f"Q{next(self._numbers):09d}"
        timer = asyncio.get_running_loop().call_later(post_at - now, self._post, number)
        planned = _Planned(channel, draft, arguments.get("thread_ts"), post_at, int(now), timer)
        self._planned[number] = planned
        shown = {"text": draft.text, "type": "delayed_message", "bot_id": BOT_ID, "blocks": draft.blocks}
        return {"channel": channel.id, "scheduled_message_id": number, "post_at": post_at, "message": shown}

    def list_scheduled(self, arguments: Json) -> Json:
        """Show what is to come."""
        wanted = arguments.get("channel")
        found = [
            {"id": number, "channel_id": each.channel.id, "post_at": each.post_at, "date_created": each.made_at,
             "text": each.draft.text}
            for number, each in self._planned.items()
            if wanted in (None, "", each.channel.id)
        ]  # fmt: skip
        return page_of("scheduled_messages", found, arguments)

    def take_back(self, arguments: Json) -> Json:
        """Do not post it after all."""
        planned = self._planned.pop(str(arguments.get("scheduled_message_id")), None)
        if planned is None:
            raise SlackError("invalid_scheduled_message_id")
        planned.timer.cancel()
        return {}

    def clear(self) -> None:
        """Forget all of them."""
        for planned in self._planned.values():
            planned.timer.cancel()
        self._planned.clear()

    def _post(self, number: str) -> None:
        planned = self._planned.pop(number)
        if planned.channel.has_bot:
            self.chat.post_as_bot(planned.channel, planned.draft, "chat.scheduleMessage", planned.thread_ts)
