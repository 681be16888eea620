"""The Web API client: built from the settings, its tokens checked, and its calls watched."""

from collections.abc import Awaitable, Sequence

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.config import WHERE_TO_GET, Settings
from bot.errors import SlackSetupError
from bot.slack.api.posting import POSTING_ERRORS, describe
from bot.slack.api.retries import CallSeen, retry_handlers

CALL_PATIENCE = 20.0
"""Seconds for one try of a call."""
MOST_CALLS = 100
"""Connections at once; further calls wait."""
KEEPALIVE = 15.0
"""Seconds for which an idle connection is kept."""

WHAT_IT_MEANS = {
    "invalid_auth": "the token is not valid",
    "not_authed": "the token is empty",
    "account_inactive": "the app was removed from the workspace",
    "token_revoked": "the token was revoked",
    "token_expired": "the token has expired",
    "not_allowed_token_type": "it is the wrong kind of token",
    "missing_scope": "the token lacks a scope",
}


DELETED = {"message_not_found", "channel_not_found"}
"""What chat.delete says of a message that somebody else has deleted."""

log = structlog.stdlib.get_logger(__name__)


def build_client(
    settings: Settings, seen: CallSeen | None = None, session: aiohttp.ClientSession | None = None
) -> AsyncWebClient:
    """Make the Web API client that the whole process shares; without a session it opens one for each call."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None
    handlers = retry_handlers(seen)
    return AsyncWebClient(token=token, base_url=settings.slack_api_url, session=session, retry_handlers=handlers)


def open_session() -> aiohttp.ClientSession:
    """Open the connections to Slack that all calls share; the client itself knows of proxies in the environment."""
    connector = aiohttp.TCPConnector(limit=MOST_CALLS, keepalive_timeout=KEEPALIVE)
    return aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=CALL_PATIENCE))


async def check_tokens(client: AsyncWebClient, settings: Settings) -> None:
    """Ask Slack once whether it accepts the tokens: the Socket Mode handler would ask for ever.

    Raises:
        SlackSetupError: it does not, or it cannot be reached; says which token, why, and where to get another.
    """
    await check_call(client.auth_test(), "slack_bot_token", settings)
    if settings.slack_app_token:
        app_token = settings.slack_app_token.get_secret_value()
        await check_call(client.apps_connections_open(app_token=app_token), "slack_app_token", settings)


async def check_call(call: Awaitable[AsyncSlackResponse], setting: str, settings: Settings) -> AsyncSlackResponse:
    """Await a call that tells whether the token of that setting is good.

    Raises:
        SlackSetupError: it is not, or Slack cannot be reached.
    """
    try:
        return await call
    except SlackApiError as error:
        reason = describe(error)
        meaning = WHAT_IT_MEANS.get(reason, "see Slack's documentation of this error")
        raise SlackSetupError(
            f"Slack refused {setting.upper()} ({reason}: {meaning}).",
            f"Copy it again from {WHERE_TO_GET[setting]}, put it into the environment or .env, and start again.",
        ) from None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise SlackSetupError(
            f"Slack cannot be reached at {settings.slack_api_url} ({type(error).__name__}).",
            "Check the network, the proxy and SLACK_API_URL, and start again.",
        ) from None


async def delete_messages(settings: Settings, cards: Sequence[str]) -> tuple[str, ...]:
    """Delete messages (channel and ts with a slash between them); return those that may still stand there."""
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
                if describe(error) not in DELETED:
                    left.append(card)
                    log.warning("a message could not be deleted", error=describe(error))
            except POSTING_ERRORS as error:
                left.append(card)
                log.warning("a message could not be deleted", error=describe(error))
    return tuple(left)
