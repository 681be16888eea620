"""One workspace with one app: what people do, as verbs that return at once; what they set off runs in the background.

Wiring and verbs only; what each part does stands in its own module.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal, Self

from .app_config import Credentials, Grants
from .composer import encode
from .delivery import Deliveries
from .dispatch import Dispatch
from .events_over_http import EventsOverHttp
from .interactions import Interactions
from .interactive_elements import Press
from .messages import Json, Message
from .methods_chat import ChatMethods
from .methods_later import LaterMethods
from .methods_people import PeopleMethods
from .methods_views import ViewMethods
from .methods_workspace import WorkspaceMethods
from .notifier import Bell
from .outages import Outage, Outages
from .question_log import Asked
from .response_urls import ResponseUrls
from .server import Handler, serve
from .socket_mode import SocketMode
from .triggers import Triggers
from .views import View, Views
from .web_api import Method, WebApi
from .workspace import BOT_NAME, BOT_USER, Change, Channel, Faults, Workspace

TransportName = Literal["socket", "http"]


class Emulator:
    """A small Slack; open it with `Emulator.open(...)`."""

    def __init__(self, transport: TransportName = "socket", grants: Grants | None = None) -> None:
        self.transport_name: TransportName = transport
        self.url = ""
        self.bell = Bell()
        self.asked: list[Asked] = []
        self.credentials, self.grants = Credentials(), grants or Grants()
        self.workspace = Workspace(self.bell)
        self.faults = Faults(self.workspace)
        self.outages, self.triggers = Outages(), Triggers(self.workspace.clock)
        self.views = Views(self.workspace)
        self.socket = SocketMode(self.bell, self.faults)
        self.http = EventsOverHttp(self.credentials.signing_secret, self.faults)
        self.api = WebApi(self.workspace, self.credentials, self.grants, self.outages, self.faults)
        self._connect()

    def _connect(self) -> None:
        chat = ChatMethods(self.workspace, self.faults)
        views = ViewMethods(self.workspace, self.views, self.triggers, self.faults)
        opening = Method(lambda _: {"url": self.socket.issue_url()}, token="app")  # noqa: S106
        self.later = LaterMethods(chat)
        people = PeopleMethods(self.workspace, self.grants, self.faults)
        others = (views, people, WorkspaceMethods(self.workspace, chat), self.later)
        self.api.methods = {"apps.connections.open": opening, **chat.methods}
        for each in others:
            self.api.methods |= each.methods
        self.response_urls = ResponseUrls(self.api, chat)
        self.deliveries = Deliveries(self.faults)
        transport = self.socket if self.transport_name == "socket" else self.http
        self.dispatch = Dispatch(transport, self.deliveries, self.workspace, self.grants)
        self.interactions = Interactions(transport, self.deliveries, self.response_urls, self.triggers, self.views)

    @property
    def routes(self) -> list[tuple[str, str, Handler]]:
        """What is served to the app."""
        return [
            ("*", "/api/{method}", self.api.handle),
            ("POST", "/response/{number}", self.response_urls.handle),
            ("GET", "/link/", self.socket.handle),
        ]

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        transport: TransportName = "socket",
        grants: Grants | None = None,
        port: int = 0,
        more_routes: Callable[[Self], list[tuple[str, str, Handler]]] = lambda _: [],
    ) -> AsyncIterator[Self]:
        """Serve a fresh workspace for as long as the block lasts; `more_routes` are served beside it.

        Raises:
            OSError: the port is taken.
        """
        slack = cls(transport, grants)
        async with serve([*slack.routes, *more_routes(slack)], port) as slack.url:
            slack.socket.base_url = slack.response_urls.base_url = slack.url
            try:
                yield slack
            finally:
                slack.later.clear()
                await slack.deliveries.cancel()
                await slack.http.close()
                await slack.socket.close()

    # What people do

    def say(self, channel: str, user: str, text: str, thread_ts: str | None = None) -> Message:
        """Write a message; the bot hears of it if it is a member and subscribed to such messages."""
        place, writer = self.workspace.channel(channel), self.workspace.user_id(user)
        message = self.workspace.post(place, writer, encode(text, self._known_id), thread_ts=thread_ts)
        self.asked.append(Asked.in_message(message, message.posted_at))
        self.dispatch.tell_of_message(place, message)
        return message

    def edit(self, message: Message, text: str) -> None:
        """Change a message that a person wrote."""
        old_text = message.text
        self.workspace.change(message, encode(text, self._known_id), message.blocks)
        self.asked.append(Asked.in_message(message, self.workspace.clock()))
        self.dispatch.tell_of_edit(self.place_of(message), message, old_text)

    def delete(self, message: Message) -> None:
        """Take a message back that a person wrote."""
        self.workspace.delete(message)
        self.dispatch.tell_of_deletion(self.place_of(message), message)

    def react(self, message: Message, user: str, name: str) -> None:
        """React to a message with an emoji."""
        who = self.workspace.user_id(user)
        reacted = message.reactions.setdefault(name, [])
        if who in reacted:
            return
        reacted.append(who)
        self.workspace.announce(Change("reacted", message))
        self.dispatch.tell_of_reaction(self.place_of(message), who, name, message)

    def command(self, channel: str, user: str, text: str = "", command: str = "/flatcar-faq") -> None:
        """Type a slash command. It works where the bot is no member, too."""
        place, asker = self.workspace.channel(channel), self.workspace.user_id(user)
        self.asked.append(Asked(place.id, asker, text, self.workspace.clock(), privately=True))
        if self.grants.knows_command(command):
            self.interactions.send_command(place, asker, command, text)
        else:
            self.workspace.tell_as_slackbot(place, asker, f"{command} is not a valid command.")

    def press(self, place: Message | View, user: str, press: Press) -> None:
        """Press something in a message or a view."""
        clicker = self.workspace.user_id(user)
        if isinstance(place, View):
            self.interactions.send_view_click(clicker, place, press)
        else:
            self.interactions.send_click(self.place_of(place), clicker, place, press)

    async def type_ahead(self, place: Message | View, user: str, press: Press, typed: str) -> list[Json]:
        """Type into a select; gives the options that the bot offers."""
        where = place if isinstance(place, View) else (self.place_of(place), place)
        return await self.interactions.ask_for_options(self.workspace.user_id(user), where, press, typed)

    def use_shortcut(self, callback_id: str, user: str, message: Message | None = None) -> None:
        """Use a shortcut on a message, or one from the lightning menu."""
        who = self.workspace.user_id(user)
        if message is None:
            self.interactions.send_global_shortcut(who, callback_id)
        else:
            now = self.workspace.clock()
            self.asked.append(Asked(message.channel, who, message.text, now, privately=True))
            self.interactions.send_message_shortcut(self.place_of(message), who, message, callback_id)

    def open_home(self, user: str, tab: str = "home") -> None:
        """Open the bot's Home tab, or its messages tab."""
        who = self.workspace.user_id(user)
        self.dispatch.tell_of_home(self.workspace.channel(f"@{user}"), who, tab, self.views.homes.get(who))

    def submit(self, view: View, values: Json) -> None:
        """Submit a modal with what was typed: block_id to action_id to the value object."""
        self.interactions.send_submission(view, values)

    def close_modal(self, view: View) -> None:
        """Close a modal."""
        self.interactions.send_closing(view)

    # What Slack does

    def disturb(self, outage: Outage, times: int = 1, method: str = "chat.postMessage") -> None:
        """Let the next calls of a method go wrong."""
        self.outages.plan(outage, times, method)

    async def reset(self) -> None:
        """Forget messages, views, outages and faults; the bot runs on."""
        await self.deliveries.done()
        self.dispatch.reset()
        self.views.clear()
        self.later.clear()
        self.outages.clear()
        self.socket.recover()
        self.socket.lost_events.clear()
        self.api.pace.is_kept = False
        self.faults.clear()
        self.api.calls.clear()
        self.asked.clear()
        self.workspace.clear()

    def place_of(self, message: Message) -> Channel:
        """Give the channel of a message."""
        return self.workspace.channel(message.channel)

    def _known_id(self, name: str) -> str | None:
        return BOT_USER if name == BOT_NAME else self.workspace.people.get(name)
