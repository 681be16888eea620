"""A question of the inbox in, its message in the maintainers' channel brought to how things stand now."""

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.cards import render_card
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
