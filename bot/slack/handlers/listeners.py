"""Which of Slack's calls goes to which handler, and which to none. The handlers are in the modules imported here."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.slack.api import as_object, is_slacks
from bot.slack.handlers.clicks import Clicks
from bot.slack.handlers.commands import Commands
from bot.slack.handlers.context import Context, drawn_at, place_of_click
from bot.slack.handlers.home import Home
from bot.slack.handlers.inbox import DECISIONS, Inbox
from bot.slack.handlers.messages import Messages
from bot.slack.handlers.shortcut import Shortcut
from bot.slack.views import BLOCK, action_ids, plain, unsigned

ABOUT_THEIR_BLOCK = {action_ids.PICK, *DECISIONS}
"""Actions of which the block_id tells what they are about."""

SEARCHES = {action_ids.SEARCH, action_ids.PICK, action_ids.ASSIGN}
"""Selects whose options come while somebody types, and stand in no message."""

log = structlog.stdlib.get_logger(__name__)

Payload = dict[str, Any]


def attach_listeners(app: AsyncApp, slack: Context) -> None:
    """Let the Bolt app call the bot's handlers."""
    home = Home(slack)
    app.use(_Guard(slack).check)
    _attach_messages(app, Messages(slack), home)
    _attach_clicks(app, Clicks(slack))
    _attach_pages(app, Commands(slack), home)
    _attach_inbox(app, Inbox(slack, home))
    _attach_shortcut(app, Shortcut(slack))


def _attach_messages(app: AsyncApp, messages: Messages, home: Home) -> None:
    app.event("app_mention")(messages.handle_mention)
    app.event("message")(messages.handle_message)
    app.event("app_home_opened")(home.handle_opened)


def _attach_clicks(app: AsyncApp, clicks: Clicks) -> None:
    app.action(action_ids.CHOOSE_NONE)(clicks.handle_none_of_these)
    app.action(action_ids.CLOSEST)(clicks.handle_closest)
    app.action(_numbered(action_ids.CHOOSE))(clicks.handle_choice)
    app.action(action_ids.FEEDBACK)(clicks.handle_feedback)
    app.action(action_ids.MENU)(clicks.handle_menu)
    app.action(action_ids.SHOW_ALL)(clicks.handle_show_all)
    app.action(action_ids.SHARE)(clicks.handle_share)
    app.action(action_ids.REASON)(clicks.handle_reason)
    app.view(action_ids.REASON)(clicks.handle_reason_typed)


def _attach_pages(app: AsyncApp, commands: Commands, home: Home) -> None:
    app.command(re.compile(".*"))(commands.handle_command)
    app.action(_numbered(action_ids.LIST_PAGE))(commands.handle_list_page)
    app.action(_numbered(action_ids.SHOW))(home.handle_show)
    app.action(_numbered(action_ids.HOME_PAGE))(home.handle_page)
    app.action(action_ids.SEARCH)(home.handle_search)
    app.options(action_ids.SEARCH)(home.handle_options)


def _attach_inbox(app: AsyncApp, inbox: Inbox) -> None:
    app.action(action_ids.SEND_ON)(inbox.handle_send_on)
    app.options(action_ids.ASSIGN)(inbox.handle_options)
    for action_id in DECISIONS:
        app.action(action_id)(inbox.handle_decision)


def _attach_shortcut(app: AsyncApp, shortcut: Shortcut) -> None:
    app.shortcut(action_ids.SHORTCUT)(shortcut.handle_shortcut)
    app.action(action_ids.PICK)(shortcut.handle_pick)
    app.options(action_ids.PICK)(shortcut.handle_options)
    app.action(action_ids.POST_IN_THREAD)(shortcut.handle_post)


def _numbered(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"^{prefix}\d+$")


class _Guard:
    """Stops what no honest client sends before any handler sees it."""

    def __init__(self, slack: Context) -> None:
        self._slack = slack

    async def check(
        self, body: Payload, ack: AsyncAck, client: AsyncWebClient, next_: Callable[[], Awaitable[None]]
    ) -> BoltResponse | None:
        """Let a payload pass if its address is Slack's, and what it carries was drawn by the bot for that place."""
        if not is_slacks(str(body.get("response_url") or client.base_url), client.base_url):
            log.warning("a payload with somebody else's response_url is ignored")
            return await ack()
        knows_keys = await self._slack.signatures.share()
        refusal = wording.CLICK_NOT_UNDERSTOOD if knows_keys else wording.CLICK_NOT_CHECKED
        if body.get("type") == "view_submission" and not self._read_view(body):
            return await ack(response_action="errors", errors={action_ids.REASON_TEXT: refusal})
        if body.get("type") == "block_actions" and not all(self._read_action(body, each) for each in body["actions"]):
            log.warning("a click on what the bot did not draw changes nothing", checked=knows_keys)
            acknowledged = await ack()
            await self._slack.say(client, body, refusal)
            return acknowledged
        await next_()
        return None

    def _read_action(self, body: Payload, action: Payload) -> bool:
        """Put what was signed in the place of each signed value; False where one of them, or all, are missing."""
        name = action["action_id"]
        holders = [each for each in (action, action.get("selected_option") or {}) if "value" in each]
        signed = [(holder, "value", name) for holder in holders]
        signed += [(action, "block_id", BLOCK)] if name in ABOUT_THEIR_BLOCK else []
        drawn = [str(each.get(kind) or "") for each, kind, _ in signed if kind == "block_id" or name not in SEARCHES]
        known = bool(holders) and _stand_in_message(body, drawn)
        return known and all(self._read(body, *each) for each in signed)

    def _read_view(self, body: Payload) -> bool:
        view = body["view"]
        return self._read(body, view, "private_metadata", str(view.get("callback_id")))

    def _read(self, body: Payload, holder: Payload, name: str, purpose: str) -> bool:
        signatures = self._slack.signatures
        read = signatures.read(str(holder.get(name) or ""), purpose, place_of_click(body), drawn_at(body))
        if read is not None:
            holder[name] = read
        return read is not None


def _stand_in_message(body: Payload, values: list[str]) -> bool:
    """Check that values are the clicked message's own, where they are unsigned or a menu's and Slack sends the message.

    What was signed for other buttons may come from what the message was until a moment ago.
    """
    blocks = plain(json.dumps(as_object(body.get("message")).get("blocks") or []))
    doubtful = [each for each in values if unsigned(each) is not None or each.startswith(action_ids.REMOVE)]
    return blocks == "[]" or all(plain(json.dumps(each)) in blocks for each in doubtful)
