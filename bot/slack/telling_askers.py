"""A decided question in, a message to its asker out: in the thread or the direct message in which it was asked."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from time import monotonic
from typing import Any, Literal

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.dialogue import Answer, Question
from bot.faq import Entry, Faq
from bot.slack.elements import Message, section
from bot.slack.notices import post_notice
from bot.slack.posting import POSTING_ERRORS, THREAD_GONE, describe, is_closed, is_passing
from bot.slack.replies import render_answer, render_markdown
from bot.slack.services import Services
from bot.slack.showing_cards import post_card, show_card
from bot.store import Item

INTERVAL = 2.0
"""Seconds between two looks for askers who are to be told."""
PAUSE = 10.0
"""Seconds between two tries where Slack does not take a message at the moment."""
MOST_AT_ONCE = 20
"""Messages under way: of many that are due, each look begins as many as there is room for."""
CARD_PAUSE = 600.0
"""Seconds between two tries where the maintainers' channel takes no question: somebody has to invite the bot."""

Outcome = Literal["told", "not now", "try again"]

log = structlog.stdlib.get_logger(__name__)


class Telling:
    """Tells what was decided on the command line, or while Slack was out of reach: to askers, and on cards.

    Each message has a task of its own, so that one that Slack limits holds up no other.
    """

    def __init__(self, services: Services, client: AsyncWebClient, clock: Callable[[], float] = monotonic) -> None:
        self._services = services
        self._client = client
        self._clock = clock
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._looked_up_in: dict[int, Faq] = {}
        """Questions of which nothing can be told, as long as this FAQ is served."""
        self._not_before = 0.0
        self._no_card_before = 0.0

    async def follow(self) -> None:
        """Look for such questions until cancelled."""
        try:
            while True:
                await asyncio.sleep(INTERVAL)
                await self._look()
        finally:
            for task in self._under_way.values():
                task.cancel()
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _look(self) -> None:
        keeper, policy, faq = self._services.keeper, self._services.policy, self._services.desk.faq
        for item in await keeper.load(lambda store: store.inbox.outdated(), otherwise=()):
            self._begin(f"show {item.id}", show_card(self._client, self._services, item))
        if policy.maintainers_channel and self._clock() >= self._no_card_before:
            for item in await keeper.load(lambda store: store.inbox.without_card(), otherwise=()):
                self._begin(f"card {item.id}", self._post_card(item))
        if policy.tell_askers and self._clock() >= self._not_before:
            for item in await keeper.load(lambda store: store.inbox.untold(), otherwise=()):
                if self._looked_up_in.get(item.id) is not faq:
                    self._begin(f"tell {item.id}", self._tell(item, faq))

    def _begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Begin work unless the same is under way; what is left over is found by the next look."""
        if name in self._under_way or len(self._under_way) >= MOST_AT_ONCE:
            work.close()
            return
        self._under_way[name] = task = asyncio.create_task(work)
        task.add_done_callback(partial(self._end, name))

    def _end(self, name: str, task: asyncio.Task[None]) -> None:
        del self._under_way[name]
        if not task.cancelled() and (error := task.exception()):
            log.error("a message failed", message=name, exc_info=error)

    async def _post_card(self, item: Item) -> None:
        if not await post_card(self._client, self._services, item):
            self._no_card_before = self._clock() + CARD_PAUSE

    async def _tell(self, item: Item, faq: Faq) -> None:
        outcome = await tell_asker(self._client, self._services, item)
        if outcome == "not now":
            self._looked_up_in[item.id] = faq
        elif outcome == "try again":
            self._not_before = self._clock() + PAUSE


async def tell_asker(client: AsyncWebClient, services: Services, item: Item) -> Outcome:
    """Tell the asker the answer, or where to look instead; once, and nothing where there is nothing to say."""
    message = await _render(services, item) if item.sent_on and services.policy.tell_askers else None
    if message is None:
        return "not now"
    try:
        if await _post(client, services, item, message):
            log.info("told", item=item.id)
    except POSTING_ERRORS as error:
        if is_passing(error):
            log.warning("an asker could not be told, will try again", item=item.id, error=describe(error))
            return "try again"
        log.error("an asker could not be told", item=item.id, error=describe(error))  # noqa: TRY400
        return "not now"
    return "told"


async def _post(client: AsyncWebClient, services: Services, item: Item, message: Message) -> bool:
    """Post where it was asked; to the asker directly where Slack lets the bot write there no more."""
    key = f"told {item.id} {item.handled_at}"

    async def post(channel: str, thread: str | None) -> bool:
        def record(_: str) -> Awaitable[bool]:
            return services.keeper.save(lambda store: store.inbox.record_told(item.id))

        return await post_notice(services, client, channel, thread, message, key=key, record=record)

    try:
        return await post(_channel(item), item.sent.thread or None)
    except SlackApiError as error:
        is_gone = describe(error) == THREAD_GONE or is_closed(error)
        if not is_gone or _channel(item) == item.sent.asker:
            raise
        return await post(item.sent.asker, None)


async def _render(services: Services, item: Item) -> Message | None:
    if entry := await _entry(services, item):
        lead = _addressed(item, wording.TOLD_ANSWER)
        answer = render_answer(entry, services.frame(item.sent.asker))
        return Message(f"{lead}\n\n{answer.text}", (section(lead), *answer.blocks))
    if item.status != "not_for_faq":
        return None
    signposts = [signpost for signpost in services.desk.faq.signposts if signpost.topic == item.topic]
    lead = _addressed(item, wording.NOT_FOR_THE_FAQ)
    where = render_markdown(signposts[0].text) if signposts else Message("", ())
    return Message(f"{lead}\n\n{where.text}".strip(), (section(lead), *where.blocks))


async def _entry(services: Services, item: Item) -> Entry | None:
    """Give the entry that answers the question by a maintainer's word, or since one was written for it."""
    if item.status == "answered":
        return services.desk.faq.entry(item.entry)
    if item.status != "needs_entry":
        return None
    reply = await services.desk.reply_soon(Question(item.sent.text, "direct_message"))
    best = reply.matches[0].entry if isinstance(reply, Answer) else None
    return best if best and best.id != item.sent.best else None


def _addressed(item: Item, sentence: str) -> str:
    return wording.for_person(f"<@{item.sent.asker}>", sentence) if item.sent.surface == "mention" else sentence


def _channel(item: Item) -> str:
    """Give where to post: a command's asker is written to directly, since the command was for their eyes only.

    chat.postMessage takes a person's id for the direct message with the bot.
    """
    return item.sent.channel if item.sent.surface in {"mention", "direct_message"} else item.sent.asker
