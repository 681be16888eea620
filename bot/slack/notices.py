"""Messages that nobody waits for, each posted once: the digest, word to askers, questions in the maintainers' channel.

A stop or a crash never loses one. It is claimed only while Slack is being called: one that waits for its turn in a
channel holds nothing. What has been handed to Slack when the bot is to stop is finished. After a crash in that moment
somebody else posts it again once the claim has run out, since nobody can look up whether it got there.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.elements import Message
from bot.slack.posting import POSTING_ERRORS, post_message
from bot.slack.services import Services

PATIENCE = 5.0
"""Seconds for a call of Slack's that is under way when the bot is to stop."""

Done = TypeVar("Done")


async def post_notice(
    services: Services,
    client: AsyncWebClient,
    channel: str,
    thread: str | None,
    message: Message,
    *,
    key: str,
    record: Callable[[str], Awaitable[bool]] | None = None,
) -> bool:
    """Post when it is the channel's turn; False where another process does it or has done it.

    `key` names the notice among those of all processes; `record` saves elsewhere that it is posted, with its ts.
    Raises like `post_message`.
    """

    async def send() -> bool:
        if not await services.ledger.take_job(key):
            return False
        try:
            ts = await post_message(client, channel, thread, message, once=key)
        except POSTING_ERRORS:
            await services.ledger.release((key,))
            raise
        if record is None or await record(ts):
            await services.ledger.close((key,))
        return True

    return await services.queues.post(channel, lambda: _finish(send()))


async def _finish(work: Awaitable[Done]) -> Done:
    """Await work that goes on for PATIENCE after its caller was cancelled."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=PATIENCE)
        task.cancel()
        raise
