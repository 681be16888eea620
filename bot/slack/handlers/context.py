"""What every handler works with: the help desk, and the ways to post. What is posted is signed for its place.

The key comes from the bot token, so that every process draws and reads the same buttons with or without the database,
and is kept in the database, so that they outlive the token.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.desk import HelpDesk
from bot.slack import api
from bot.slack.api import ChannelQueues
from bot.slack.views import (
    Block,
    Carried,
    Frame,
    Message,
    Place,
    modal,
    render_markdown,
    section,
    sign,
    sign_blocks,
    unsigned,
    verify,
)
from bot.store import AsyncStore, SigningKey

log = structlog.stdlib.get_logger(__name__)

GRACE = 3600.0
"""Seconds for which processes of the version before, or with the token before, may go on posting beside a new one."""


class Signatures:
    """Signs what buttons carry, and reads it again."""

    def __init__(self, store: AsyncStore, token: str) -> None:
        self._store = store
        self.key = hmac.digest(token.encode(), b"what buttons carry", "sha256").hex()
        self._kept: tuple[SigningKey, ...] = ()

    async def share(self) -> bool:
        """Keep the key in the database, and learn the earlier ones; False while the database is away."""
        if not self._kept:
            self._kept = await self._store.load(lambda store: store.share_key(self.key), otherwise=())
        return bool(self._kept)

    def read(self, value: str, purpose: str, place: Place, drawn: float) -> str | None:
        """Return what a value carries; None where nobody drew it for this purpose and place.

        What older versions drew without a signature counts on messages older than the first key, and what an earlier
        key signed on those older than the key after it.
        """
        if (text := verify(value, purpose, self.key, place)) is not None:
            return text
        if self._kept and drawn < self._kept[0].at and (text := unsigned(value)) is not None:
            return text
        earlier = (kept for kept, newer in pairwise(self._kept) if drawn < newer.at)
        found = (verify(value, purpose, kept.key, place) for kept in earlier)
        return next((text for text in found if text is not None), None)


@dataclass(frozen=True, slots=True)
class Context:
    """The desk that is served in Slack, and the order in which replies get into each channel."""

    desk: HelpDesk
    token: str
    """The bot token."""
    queues: ChannelQueues = field(default_factory=ChannelQueues)
    signatures: Signatures = field(init=False)

    def __post_init__(self) -> None:
        """Build what follows from the parts."""
        object.__setattr__(self, "signatures", Signatures(self.desk.store, self.token))

    def signed(self, message: Message, place: Place) -> Message:
        """Sign what a message carries for the place where it is to stand."""
        return replace(message, blocks=sign_blocks(message.blocks, self.signatures.key, place))

    async def post(self, client: AsyncWebClient, channel: str, thread: str | None, message: Message) -> str:
        """Post when it is the channel's turn; return the post's ts. Raises like `post_message`."""
        signed = self.signed(message, place_of_post(channel, thread))
        return await self.queues.post(channel, lambda: api.post_message(client, channel, thread, signed))

    async def replace(self, body: Mapping[str, Any], message: Message) -> None:
        """Put a message in the place of the one that was clicked in; raises like `respond`."""
        await api.replace(body["response_url"], self.signed(message, place_of_reply(body)))

    async def respond(self, body: Mapping[str, Any], message: Message, **how: Any) -> None:
        """Post a message where somebody clicked, for everybody, by the response_url; raises like `respond`."""
        where = replace(place_of_click(body), thread="", person="")
        await api.respond(body["response_url"], self.signed(message, where), response_type="in_channel", **how)

    async def respond_privately(self, client: AsyncWebClient, body: Mapping[str, Any], message: Message) -> None:
        """Show a message to the one who clicked alone; raises like `respond`."""
        where = replace(place_of_click(body), thread="")
        await api.respond_privately(client, body, self.signed(message, where))

    async def say(self, client: AsyncWebClient, body: Mapping[str, Any], sentence: str) -> None:
        """Tell the one who clicked, alone: below the message, or in a window over Home."""
        try:
            if body.get("response_url"):
                await api.respond_privately(client, body, render_markdown(sentence))
            else:
                view = modal(wording.INBOX_TITLE, [section(sentence)])
                await client.views_open(trigger_id=body["trigger_id"], view=view)
        except api.POSTING_ERRORS as error:
            log.error("a person could not be told", error=api.describe(error))  # noqa: TRY400

    def options(self, body: Mapping[str, Any], options: list[Block]) -> list[Block]:
        """Sign the options of a select for the one who types, who alone sees them."""
        key, who = self.signatures.key, Place(person=body["user"]["id"])
        return [each | {"value": sign(each["value"], body["action_id"], key, who)} for each in options]

    def frame(self, asker: str = "", *, can_be_shared: bool = False, question: Carried | None = None) -> Frame:
        """Return the frame of a reply; with an asker, that person and the maintainers may remove it."""
        desk = self.desk
        keeps = desk.policy.keep_unanswered
        return Frame(desk.publication, desk.today(), asker, can_be_shared, question, keeps)


def place_of_post(channel: str, thread: str | None) -> Place:
    """Return where a post will stand. A person's id stands for a direct message whose own id is not known yet."""
    is_person = channel.startswith(("U", "W"))
    return Place(person=channel, kind="D") if is_person else Place(channel, thread or "")


def place_of_click(body: Mapping[str, Any]) -> Place:
    """Return where somebody clicked, all of it as Slack says it."""
    container, message = api.as_object(body.get("container")), api.as_object(body.get("message"))
    channel = api.as_object(body.get("channel")).get("id") or container.get("channel_id")
    thread = container.get("thread_ts") or message.get("thread_ts")
    return Place(str(channel or ""), str(thread or ""), body["user"]["id"], str(channel or "")[:1])


def place_of_reply(body: Mapping[str, Any]) -> Place:
    """Return where that which takes the place of a clicked message stands."""
    place = place_of_click(body)
    if api.as_object(body.get("container")).get("is_ephemeral"):
        return replace(place, thread="")  # Slack does not promise a thread there
    return replace(place, thread=api.thread_of(body) or "", person="")


def drawn_at(body: Mapping[str, Any]) -> float:
    """Return when the message or view was posted in which somebody clicked; the end of time where nobody knows.

    What Slack sends the message of, and so cannot be made up, is taken to be older by GRACE.
    """
    container, view = api.as_object(body.get("container")), api.as_object(body.get("view"))
    time = re.match(r"\d+(?:\.\d+$)?", str(container.get("message_ts") or view.get("hash") or ""), re.ASCII)
    grace = GRACE if api.as_object(body.get("message")).get("blocks") else 0.0
    return float(time[0]) - grace if time else inf
