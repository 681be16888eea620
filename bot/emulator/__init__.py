"""A small Slack for one app: the workspace, Slack's side of the wire, faults on demand. Imports nothing of the bot."""

from .actions import NotUnderstoodError
from .app_config import Credentials, Grants
from .block_kit import Json
from .composer import decode
from .control import Control, answering
from .emulator import Emulator, TransportName
from .faults import POSTING, RESPONSE_URL, Outage
from .interactive_elements import Press
from .messages import Message, question_behind
from .server import Handler, Route, serve
from .views import View
from .workspace import BOT_ID, BOT_NAME, BOT_USER, PATIENCE, SLACKBOT, TEAM_DOMAIN, Change, Channel

__all__ = [
    "BOT_ID", "BOT_NAME", "BOT_USER", "PATIENCE", "POSTING", "RESPONSE_URL", "SLACKBOT", "TEAM_DOMAIN", "Change",
    "Channel", "Control", "Credentials", "Emulator", "Grants", "Handler", "Json", "Message", "NotUnderstoodError",
    "Outage", "Press", "Route", "TransportName", "View", "answering", "decode", "question_behind", "serve",
]  # fmt: skip
