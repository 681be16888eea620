"""Which of Slack's calls goes to which handler. The handlers are in the modules imported here."""

import re

from slack_bolt.async_app import AsyncApp

from bot.slack import action_ids
from bot.slack.clicks import Clicks
from bot.slack.commands import Commands
from bot.slack.events import Events
from bot.slack.home import Home
from bot.slack.maintaining import DECISIONS, Maintaining
from bot.slack.reasons import Reasons
from bot.slack.sending_on import SendingOn
from bot.slack.services import Services
from bot.slack.shortcut import Shortcut


def attach_listeners(app: AsyncApp, services: Services) -> None:
    """Let the Bolt app call the bot's handlers."""
    _attach_events(app, Events(services), Home(services))
    _attach_clicks(app, Clicks(services), Reasons(services))
    _attach_pages(app, Commands(services), Home(services))
    _attach_inbox(app, SendingOn(services), Maintaining(services, Home(services)))
    _attach_shortcut(app, Shortcut(services))


def _attach_events(app: AsyncApp, events: Events, home: Home) -> None:
    app.event("app_mention")(events.handle_mention)
    app.event("message")(events.handle_message)
    app.event("app_home_opened")(home.handle_opened)


def _attach_clicks(app: AsyncApp, clicks: Clicks, reasons: Reasons) -> None:
    app.action(action_ids.CHOOSE_NONE)(clicks.handle_none_of_these)
    app.action(action_ids.CLOSEST)(clicks.handle_closest)
    app.action(_numbered(action_ids.CHOOSE))(clicks.handle_choice)
    app.action(action_ids.FEEDBACK)(clicks.handle_feedback)
    app.action(action_ids.MENU)(clicks.handle_menu)
    app.action(action_ids.SHOW_ALL)(clicks.handle_show_all)
    app.action(action_ids.SHARE)(clicks.handle_share)
    app.action(action_ids.REASON)(reasons.handle_reason)
    app.view(action_ids.REASON)(reasons.handle_submission)


def _attach_pages(app: AsyncApp, commands: Commands, home: Home) -> None:
    app.command(re.compile(".*"))(commands.handle_command)
    app.action(_numbered(action_ids.LIST_PAGE))(commands.handle_list_page)
    app.action(_numbered(action_ids.SHOW))(home.handle_show)
    app.action(_numbered(action_ids.HOME_PAGE))(home.handle_page)
    app.action(action_ids.SEARCH)(home.handle_search)
    app.options(action_ids.SEARCH)(home.handle_options)


def _attach_inbox(app: AsyncApp, sending_on: SendingOn, maintaining: Maintaining) -> None:
    app.action(action_ids.SEND_ON)(sending_on.handle_send_on)
    app.options(action_ids.ASSIGN)(maintaining.handle_options)
    for action_id in DECISIONS:
        app.action(action_id)(maintaining.handle_decision)


def _attach_shortcut(app: AsyncApp, shortcut: Shortcut) -> None:
    app.shortcut(action_ids.SHORTCUT)(shortcut.handle_shortcut)
    app.action(action_ids.PICK)(shortcut.handle_pick)
    app.options(action_ids.PICK)(shortcut.handle_options)
    app.action(action_ids.POST_IN_THREAD)(shortcut.handle_post)


def _numbered(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"^{prefix}\d+$")
