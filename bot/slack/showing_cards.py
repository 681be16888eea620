"""The messages in the maintainers' channel that show the questions of the inbox: posted, and kept up to date."""

from collections.abc import Awaitable

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.cards import render_card
from bot.slack.notices import post_notice
from bot.slack.posting import POSTING_ERRORS, describe, is_passing, update_message
from bot.slack.services import Services
from bot.store import Item

log = structlog.stdlib.get_logger(__name__)


async def show_card(client: AsyncWebClient, services: Services, item: Item) -> None:
    """Change the message, if there is one; where Slack is out of reach that is done later."""
    channel, _, ts = item.card.partition("/")
    if not ts:
        return
    try:
        await update_message(client, channel, ts, render_card(item, services.desk.faq))
    except POSTING_ERRORS as error:
        log.warning("a question in the maintainers' channel could not be changed", error=describe(error))
        if is_passing(error):
            return
    await services.keeper.save(lambda store: store.inbox.record_shown(item.id, item.status))


async def post_card(client: AsyncWebClient, services: Services, item: Item) -> bool:
    """Show a question in the maintainers' channel, if there is one; False where Slack does not take it."""
    channel = services.policy.maintainers_channel
    if not channel:
        return True

    def record(ts: str) -> Awaitable[bool]:
        return services.keeper.save(lambda store: store.inbox.record_card(item.id, f"{channel}/{ts}"))

    try:
        card = render_card(item, services.desk.faq)
        await post_notice(services, client, channel, None, card, key=f"card {item.id}", record=record)
    except POSTING_ERRORS as error:
        hint = "is the bot invited there? The question is in the inbox."
        log.error("the maintainers' channel took no question", error=describe(error), hint=hint)  # noqa: TRY400
        return False
    return True
