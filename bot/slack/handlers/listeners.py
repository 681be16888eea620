"""Which of Slack's calls goes to which handler. The handlers are in the modules imported here."""

import re

from slack_bolt.async_app import AsyncApp

from bot.slack.handlers.clicks import Clicks
from bot.slack.handlers.commands import Commands
from bot.slack.handlers.context import Context
from bot.slack.handlers.home import Home
from bot.slack.handlers.inbox import DECISIONS, Inbox
from bot.slack.handlers.messages import Messages
from bot.slack.handlers.shortcut import Shortcut
from bot.slack.views import action_ids


def attach_listeners(app: AsyncApp, slack: Context) -> None:
    """Let the Bolt app call the bot's handlers."""
    home = Home(slack)
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
