"""A Message in, a post in Slack out: retried when Slack is busy, and as plain text when Slack refuses the blocks."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_sdk.webhook.webhook_response import WebhookResponse

from bot.slack.api.retries import retry_handlers
from bot.slack.api.token_health import TOKEN_REFUSED
from bot.slack.views import Message, cut

SERVER_ERROR_PAUSES = (0.5, 1.0, 2.0)
"""Seconds between the tries of a response_url that answers 5xx."""

TOO_LONG = "msg_too_long"
BLOCKS_REFUSED = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", TOO_LONG}
SHORTEST = 200
"""Characters of a text that is not shortened any further."""
NOT_THERE = {"not_in_channel", "channel_not_found", "restricted_action", "not_in_thread"}
"""Reasons for which chat.postMessage fails where the bot is no member, and a response_url may still work."""
CLOSED = NOT_THERE | {
    "is_archived", "is_inactive", "user_not_in_channel", "cannot_reply_to_message", "thread_locked", "access_denied",
    "posting_to_channel_denied", "posting_to_general_channel_denied", "external_channel_migrating",
}  # fmt: skip
"""Reasons for which the bot cannot post in a channel or thread, though it may still write to the asker directly;
`restricted_action` comes with many endings. https://docs.slack.dev/reference/methods/chat.postMessage/#errors"""
THREAD_GONE = "thread_not_found"
"""Why there can be no reply to a message that was deleted. Slack says it seldom: mostly it posts into the channel."""
LATER = {
    "ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "unreadable_answer",
    *TOKEN_REFUSED,
}  # fmt: skip
"""Reasons that may be gone in a while."""

EXPIRED = {"expired_url", "used_url", "http_404"}
"""What a response_url says when it is dead."""
GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
"""What chat.update says where somebody has taken the message away, or where it can no longer be changed."""

_SLACKS = re.compile(r"https://(?:[a-z0-9-]+\.)*slack(?:-gov)?\.com/")

Sent = TypeVar("Sent")

log = structlog.stdlib.get_logger(__name__)


async def post_message(
    client: AsyncWebClient, channel: str, thread: str | None, message: Message, once: str = ""
) -> str:
    """Post to a channel, direct message or thread; gives the post's ts.

    `once` names what is replied to. Where a connection breaks nobody knows whether Slack has posted; the call is
    repeated with the same client_msg_id, by which Slack can find the first one. Slack's list of errors speaks of that
    (duplicate_message_not_found), its list of arguments does not: it may stand there twice, which is better than never.

    Raises:
        SlackApiError: Slack refused it for another reason than its blocks, or the thread is gone.
    """
    place: dict[str, Any] = {"channel": channel, "unfurl_links": False, "unfurl_media": False}
    if once:
        place["client_msg_id"] = str(uuid5(NAMESPACE_URL, once))
    if thread is not None:
        place["thread_ts"] = thread

    async def send(content: dict[str, Any]) -> str:
        posted = await client.chat_postMessage(**place, **content)
        stands = posted.get("message")
        if thread is not None and isinstance(stands, dict) and not stands.get("thread_ts"):
            await _take_back(client, str(posted.get("channel") or channel), str(posted["ts"]))
            raise SlackApiError("The thread is gone", {"ok": False, "error": THREAD_GONE})  # type: ignore[no-untyped-call]
        return str(posted["ts"])

    return await _with_or_without_blocks(send, message)


async def update_message(client: AsyncWebClient, channel: str, ts: str, message: Message) -> None:
    """Put a message in the place of an older one.

    Raises:
        SlackApiError: Slack refused it for another reason than its blocks; the old message may have gone.
    """

    async def send(content: dict[str, Any]) -> None:
        await client.chat_update(channel=channel, ts=ts, **({"blocks": []} | content))

    await _with_or_without_blocks(send, message)


async def respond(response_url: str, message: Message, **how: Any) -> None:
    """Send a message to the response_url of a command or a click; to the one who asked or clicked alone, unless
    `how` says otherwise (`response_type`, `replace_original`, `thread_ts`).

    Raises:
        ClientError: the address did not answer.
        SlackApiError: Slack refused it: the address has expired, or was used five times.
    """
    alone = {} if how.get("replace_original") else {"response_type": "ephemeral", "replace_original": False}

    async def send(content: dict[str, Any]) -> None:
        await _call(response_url, {"unfurl_links": False, "unfurl_media": False} | alone | how | content)

    await _with_or_without_blocks(send, message)


async def respond_privately(client: AsyncWebClient, body: Mapping[str, Any], message: Message) -> None:
    """Show a message to the one who clicked alone: in the thread of the click, where they look, if the bot may post
    there; else by the response_url, which leads to the channel. Raises like `respond`.
    """
    channel, thread = as_object(body.get("channel")).get("id"), thread_of(body)
    if isinstance(channel, str) and thread:

        async def send(content: dict[str, Any]) -> None:
            await client.chat_postEphemeral(channel=channel, user=body["user"]["id"], thread_ts=thread, **content)

        try:
            await _with_or_without_blocks(send, message)
        except SlackApiError as error:
            log.info("a person is told in the channel instead of the thread", error=describe(error))
        else:
            return
    await respond(body["response_url"], message)


def as_object(value: object) -> Mapping[str, Any]:
    """Return what should be an object; an empty one where it is anything else."""
    return value if isinstance(value, dict) else {}


def thread_of(body: Mapping[str, Any]) -> str | None:
    """Return the ts of the thread in which somebody clicked; None outside of threads, and on their first messages."""
    container, message = as_object(body.get("container")), as_object(body.get("message"))
    thread = container.get("thread_ts") or message.get("thread_ts")
    is_first = thread in (container.get("message_ts"), message.get("ts"))
    return thread if isinstance(thread, str) and thread and not is_first else None


async def replace(response_url: str, message: Message) -> None:
    """Put a message in the place of the one that was clicked in; raises like `respond`."""
    await respond(response_url, message, replace_original=True)


def is_slacks(address: str, api_url: str) -> bool:
    """Check that an address from a payload leads to Slack, or to where the Web API is: the bot posts nowhere else."""
    api = urlsplit(api_url)
    return _SLACKS.match(address) is not None or address.startswith(f"{api.scheme}://{api.netloc}/")


async def remove(response_url: str) -> None:
    """Take the message away that was clicked in; raises like `respond`."""
    await _call(response_url, {"delete_original": True})


def describe(error: Exception) -> str:
    """Name what went wrong in a word or two that hold no text, address or token."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    told = getattr(error.response, "get", None)  # an answer that is no JSON is raised with the bare response
    return str(told("error") or "unknown")[:60] if told else "unreadable_answer"


def is_passing(error: Exception) -> bool:
    """Return whether what went wrong may go right in a while: Slack stumbled, or did not know its own token."""
    if not isinstance(error, SlackApiError):
        return True
    status = getattr(error.response, "status_code", 200)
    return status >= 500 or describe(error) in LATER


def is_closed(error: SlackApiError) -> bool:
    """Check whether the bot cannot post in a place at all, so that a person is told directly instead."""
    return describe(error) in CLOSED or describe(error).startswith("restricted_action")


def has_expired(error: Exception) -> bool:
    """Whether a response_url is dead, after thirty minutes or five uses; else another try may succeed."""
    return describe(error) in EXPIRED


async def tell_privately(
    client: AsyncWebClient, channel: str, person: str, text: str, thread: str | None = None
) -> None:
    """Tell a person something without a response_url: where they are, or directly where the bot is no member.

    Never raises: what Slack does not take is logged.
    """
    try:
        try:
            await client.chat_postEphemeral(channel=channel, user=person, text=text, thread_ts=thread)
        except SlackApiError as error:
            log.info("a person is told directly", error=describe(error))
            await client.chat_postMessage(channel=person, text=text)
    except POSTING_ERRORS as error:
        log.warning("a person could not be told", error=describe(error))


async def permalink(client: AsyncWebClient, channel: str, ts: str) -> str | None:
    """Return the address of a message; None where Slack does not tell it."""
    try:
        return str((await client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])
    except POSTING_ERRORS:
        return None


POSTING_ERRORS = (SlackApiError, ClientError, TimeoutError, OSError)
"""What posting can raise once the retries are spent."""


async def _take_back(client: AsyncWebClient, channel: str, ts: str) -> None:
    """Delete a reply that Slack put into the channel, since its thread is gone."""
    try:
        await client.chat_delete(channel=channel, ts=ts)
    except POSTING_ERRORS as error:
        log.warning("a reply without its thread could not be deleted", error=describe(error))


async def _with_or_without_blocks(send: Callable[[dict[str, Any]], Awaitable[Sent]], message: Message) -> Sent:
    try:
        return await send({"text": message.text, "blocks": list(message.blocks)})
    except SlackApiError as error:
        reason = describe(error)
        if reason not in BLOCKS_REFUSED:
            raise
        log.warning("Slack refused the blocks, plain text is sent instead", error=reason)
    return await _send_text(send, message.text, len(message.text) // 2 if reason == TOO_LONG else len(message.text))


async def _send_text(send: Callable[[dict[str, Any]], Awaitable[Sent]], text: str, limit: int) -> Sent:
    """Send a text alone; while Slack finds it too long, half of that, with its last paragraph: the link."""
    while True:
        above, gap, last = text.rpartition("\n\n")
        room = limit - len(gap) - len(last)
        shorter = f"{cut(above, room)}{gap}{last}" if len(text) > limit and room > len(last) else cut(text, limit)
        try:
            return await send({"text": shorter})
        except SlackApiError as error:
            if describe(error) != TOO_LONG or limit <= SHORTEST:
                raise
        limit //= 2


async def _call(response_url: str, body: dict[str, Any]) -> None:
    response = await _send(response_url, body)
    try:
        said = json.loads(response.body)
    except ValueError:
        said = response.body.strip()
    reason = said.get("error") if isinstance(said, dict) else said
    if response.status_code != 200 or reason not in {None, "ok", ""}:
        refusal = {"ok": False, "error": str(reason or f"http_{response.status_code}")[:80]}
        raise SlackApiError("The response_url refused the message", refusal)  # type: ignore[no-untyped-call]


async def _send(response_url: str, body: dict[str, Any]) -> WebhookResponse:
    """Send, and send again while Slack stumbles: the SDK's webhook client asks its handlers about 429 alone."""
    webhook = AsyncWebhookClient(response_url, retry_handlers=retry_handlers())
    for pause in SERVER_ERROR_PAUSES:
        response = await webhook.send_dict(body)
        if response.status_code < 500:
            return response
        await asyncio.sleep(pause)
    return await webhook.send_dict(body)
