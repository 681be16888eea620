"""Messages of the bot's own come in by channel and ts, and are deleted from Slack. Answers nobody, stores nothing."""

from collections.abc import Sequence

import structlog
from slack_sdk.errors import SlackApiError

from bot.config import Settings
from bot.slack.connect import build_client, open_session
from bot.slack.posting import POSTING_ERRORS, describe

GONE = {"message_not_found", "channel_not_found"}
"""Slack's words for a message that somebody else has deleted."""

log = structlog.stdlib.get_logger(__name__)


async def delete_cards(settings: Settings, cards: Sequence[str]) -> tuple[str, ...]:
    """Delete messages (channel and ts with a slash between them); gives those that may still stand there."""
    if not settings.slack_bot_token:
        return tuple(cards)
    left = []
    async with open_session() as session:
        client = build_client(settings, session=session)
        for card in cards:
            channel, _, ts = card.partition("/")
            try:
                await client.chat_delete(channel=channel, ts=ts)
            except SlackApiError as error:
                if describe(error) not in GONE:
                    left.append(card)
                    log.warning("a message could not be deleted", error=describe(error))
            except POSTING_ERRORS as error:
                left.append(card)
                log.warning("a message could not be deleted", error=describe(error))
    return tuple(left)
