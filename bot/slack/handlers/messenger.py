"""How the desk speaks in Slack unasked: word to askers, the digest, the inbox in the maintainers' channel."""

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.desk import NotDeliveredError, Notice, Once
from bot.dialogue import Surface
from bot.faq import Faq
from bot.slack.api import POSTING_ERRORS, THREAD_GONE, describe, is_closed, is_passing, post_message, update_message
from bot.slack.handlers.context import Context, place_of_post
from bot.slack.views import Message, render_answer, render_card, render_digest, render_markdown, section
from bot.store import Item, Sent, Stats

log = structlog.stdlib.get_logger(__name__)


class SlackMessenger:
    """Posts what the desk has to say."""

    def __init__(self, slack: Context, client: AsyncWebClient) -> None:
        self._slack = slack
        self._desk = slack.desk
        self._client = client

    async def tell(self, notice: Notice, once: Once) -> bool:
        """Tell an asker where the question was asked; directly where Slack lets the bot write there no more."""
        sent, message = notice.item.sent, self._render(notice)
        channel = _channel(sent)
        try:
            try:
                return await self._post(channel, sent.thread or None, message, once)
            except SlackApiError as error:
                is_gone = describe(error) == THREAD_GONE or is_closed(error)
                if not is_gone or channel == sent.asker:
                    raise
                return await self._post(sent.asker, None, message, once)
        except POSTING_ERRORS as error:
            raise NotDeliveredError(describe(error), is_passing=is_passing(error)) from error

    async def post_digest(self, stats: Stats, faq: Faq, once: Once) -> bool:
        """Post the week in numbers to the maintainers' channel."""
        return await self._post_to_maintainers(render_digest(stats, faq), once)

    async def show_item(self, item: Item) -> None:
        """Change a question's message, if there is one; where Slack is out of reach that is done later."""
        channel, _, ts = item.card.partition("/")
        if not ts:
            return
        card = self._slack.signed(render_card(item, self._desk.faq), place_of_post(channel, None))
        try:
            await update_message(self._client, channel, ts, card)
        except POSTING_ERRORS as error:
            log.warning("a question in the maintainers' channel could not be changed", error=describe(error))
            if is_passing(error):
                return
        await self._desk.store.save(lambda store: store.inbox.record_shown(item.id, item.status))

    async def post_item(self, item: Item, once: Once) -> bool:
        """Show a new question in the maintainers' channel."""
        return await self._post_to_maintainers(render_card(item, self._desk.faq), once)

    async def _post_to_maintainers(self, message: Message, once: Once) -> bool:
        try:
            return await self._post(self._desk.policy.maintainers_channel or "", None, message, once)
        except POSTING_ERRORS as error:
            raise NotDeliveredError(describe(error), is_passing=is_passing(error)) from error

    async def _post(self, channel: str, thread: str | None, message: Message, once: Once) -> bool:
        signed = self._slack.signed(message, place_of_post(channel, thread))

        async def send() -> str:
            return await post_message(self._client, channel, thread, signed, once=once.key)

        return await self._slack.queues.post(channel, lambda: once.post(send))

    def _render(self, notice: Notice) -> Message:
        lead = wording.TOLD_ANSWER if notice.entry else wording.NOT_FOR_THE_FAQ
        if _surface(notice.item.sent).is_public:
            lead = wording.for_person(f"<@{notice.item.sent.asker}>", lead)
        if notice.entry:
            below = render_answer(notice.entry, self._slack.frame(notice.item.sent.asker))
        else:
            below = render_markdown(notice.signpost.text) if notice.signpost else Message("", ())
        return Message(f"{lead}\n\n{below.text}".strip(), (section(lead), *below.blocks))


def _channel(sent: Sent) -> str:
    """Return where to post. Slack takes a person's id for the direct message with the bot."""
    return sent.channel if _surface(sent).can_be_answered_later else sent.asker


def _surface(sent: Sent) -> Surface:
    """Return where it was asked. It travelled in a button's value: what is no surface is answered directly."""
    try:
        return Surface(sent.surface)
    except ValueError:
        return Surface.COMMAND
