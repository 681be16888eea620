"""One workspace with one app: what people do, as verbs that return at once; what they set off runs in the background.

Wiring and verbs only; what each part does stands in its own module.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal, Self

from . import payloads
from .app_config import Credentials, Grants
from .block_kit import Json
from .chat_methods import ChatMethods
from .composer import encode
from .delivery import Deliveries, Dispatch
from .events_over_http import EventsOverHttp
from .faults import Outages
from .interactions import Interactions
from .interactive_elements import Press
from .messages import Asked, Message
from .response_urls import ResponseUrls
from .server import Access, Route, serve
from .socket_mode import SocketMode
from .views import View, Views
from .web_api import Method, WebApi
from .workspace import BOT_NAME, BOT_USER, Change, Channel, Workspace

TransportName = Literal["socket", "http"]


class Emulator:
    """A small Slack; open it with `Emulator.open(...)`."""

    def __init__(self, transport: TransportName = "socket", grants: Grants | None = None) -> None:
        self.transport_name: TransportName = transport
        self.url = ""
        self.access = Access()
        self.asked: list[Asked] = []
        """What was asked of the bot, so that a reply can be traced to its question."""
        self.credentials, self.grants = Credentials(), grants or Grants()
        self.workspace = Workspace()
        self.notifier, self.faults = self.workspace.notifier, self.workspace.faults
        self.outages, self.views = Outages(), Views(self.workspace)
        self.socket = SocketMode(self.workspace)
        self.http = EventsOverHttp(self.credentials.signing_secret)
        chat = ChatMethods(self.workspace)
        self.api = WebApi(self.workspace, self.credentials, self.grants, self.outages, self._methods(chat))
        self.response_urls = ResponseUrls(self.api, chat)
        self.deliveries = Deliveries(self.faults)
        line = self.socket if transport == "socket" else self.http
        self.dispatch = Dispatch(line, self.deliveries, self.workspace, self.grants)
        self.interactions = Interactions(line, self.deliveries, self.response_urls, self.views)

    def _methods(self, chat: ChatMethods) -> dict[str, Method]:
        return {
            "apps.connections.open": Method(lambda _: {"url": self.socket.issue_url()}, token="app"),  # noqa: S106
            "auth.test": Method(chat.tell_who_it_is),
            "chat.postMessage": Method(chat.post_message, "chat:write"),
            "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
            "chat.update": Method(chat.update, "chat:write"),
            "chat.delete": Method(chat.delete, "chat:write"),
            "chat.getPermalink": Method(chat.get_permalink),
            "views.publish": Method(self.views.publish),
            "views.open": Method(self.views.open),
        }

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        transport: TransportName = "socket",
        grants: Grants | None = None,
        port: int = 0,
        more_routes: Callable[[Self], list[Route]] = lambda _: [],
    ) -> AsyncIterator[Self]:
        """Serve a fresh workspace for as long as the block lasts; `more_routes` are served beside it.

        Raises:
            OSError: the port is taken.
        """
        slack = cls(transport, grants)
        routes: list[Route] = [
            ("*", "/api/{method}", slack.api.handle),
            ("POST", "/response/{key}", slack.response_urls.handle),
            ("GET", "/link/", slack.socket.handle),
        ]
        async with serve([*routes, *more_routes(slack)], port, slack.access) as slack.url:
            slack.socket.base_url = slack.response_urls.base_url = slack.url
            try:
                yield slack
            finally:
                await slack.deliveries.cancel()
                await slack.http.close()
                await slack.socket.close()

    @property
    def is_connected(self) -> bool:
        """Whether the bot can be reached, as far as Slack knows before it tries."""
        return self.socket.is_connected if self.transport_name == "socket" else bool(self.http.bot_url)

    # What people do

    def say(self, channel: str, user: str, text: str, thread_ts: str | None = None) -> Message:
        """Write a message; the bot hears of it if it is a member and subscribed to such messages."""
        place, writer = self.workspace.channel(channel), self.workspace.user_id(user)
        message = self.workspace.post(place, writer, encode(text, self._known_id), thread_ts=thread_ts)
        self._log(message, message.posted_at)
        self.dispatch.tell_of_message(place, message)
        return message

    def edit(self, message: Message, text: str) -> None:
        """Change a message that a person wrote."""
        old_text = message.text
        self.workspace.change(message, encode(text, self._known_id), message.blocks)
        self._log(message, self.workspace.clock())
        self.dispatch.tell_of_edit(self.place_of(message), message, old_text)

    def delete(self, message: Message) -> None:
        """Take a message back that a person wrote."""
        self.workspace.delete(message)
        self.dispatch.tell_of_deletion(self.place_of(message), message)

    def react(self, message: Message, user: str, name: str) -> None:
        """React to a message with an emoji, once."""
        who, reacted = self.workspace.user_id(user), message.reactions.setdefault(name, [])
        if who in reacted:
            return
        reacted.append(who)
        self.workspace.announce(Change("reacted", message))
        event = payloads.reaction_event(who, name, message, self.workspace.next_ts())
        self.dispatch.tell("reaction_added", self.place_of(message), event)

    def command(self, channel: str, user: str, text: str = "", command: str = "/flatcar-faq") -> None:
        """Type a slash command. It works where the bot is no member, too."""
        place, asker = self.workspace.channel(channel), self.workspace.user_id(user)
        self.asked.append(Asked(place.id, asker, text, self.workspace.clock()))
        if self.grants.knows_command(command):
            self.interactions.send_command(place, asker, command, text)
        else:
            self.workspace.tell_as_slackbot(place, asker, f"{command} is not a valid command.")

    def press(self, place: Message | View, user: str, press: Press) -> None:
        """Press something in a message or a view."""
        self.interactions.send_click(place, self.workspace.user_id(user), press)

    async def type_ahead(self, place: Message | View, user: str, press: Press, typed: str) -> list[Json]:
        """Type into a select; returns the options that the bot offers."""
        return await self.interactions.ask_for_options(place, self.workspace.user_id(user), press, typed)

    def use_shortcut(self, callback_id: str, user: str, message: Message | None = None) -> None:
        """Use a shortcut on a message, or one from the lightning menu."""
        who = self.workspace.user_id(user)
        if message is not None:
            self.asked.append(Asked(message.channel, who, message.text, self.workspace.clock()))
        self.interactions.send_shortcut(who, callback_id, message)

    def open_home(self, user: str, tab: str = "home") -> None:
        """Open the bot's Home tab, or its messages tab."""
        who, place = self.workspace.user_id(user), self.workspace.channel(f"@{user}")
        event = payloads.home_opened_event(who, place, tab, self.workspace.next_ts(), self.views.homes.get(who))
        self.dispatch.tell("app_home_opened", place, event)

    def submit(self, view: View, values: Json) -> None:
        """Submit a modal with what was typed: block_id to action_id to the value object."""
        self.interactions.send_submission(view, values)

    # What Slack does

    def end_faults(self) -> None:
        """Let everything arrive again."""
        self.outages.clear()
        self.socket.recover()
        self.dispatch.end_faults()
        self.workspace.announce(Change("fault"))

    async def reset(self) -> None:
        """Forget messages, views, outages and faults; the bot runs on."""
        await self.deliveries.done()
        self.end_faults()
        self.dispatch.reset()
        self.views.clear()
        self.socket.lost_events.clear()
        self.faults.clear()
        self.api.calls.clear()
        self.asked.clear()
        self.workspace.clear()

    def place_of(self, message: Message) -> Channel:
        """Return the channel of a message."""
        return self.workspace.channel(message.channel)

    def _log(self, message: Message, at: float) -> None:
        root = message.thread_ts or message.ts
        self.asked.append(Asked(message.channel, message.user, message.text, at, root))

    def _known_id(self, name: str) -> str | None:
        return BOT_USER if name == BOT_NAME else self.workspace.people.get(name)
