"""What people do beyond writing, carried to the bot: commands, clicks, type-ahead, shortcuts, modals.

What comes with the acknowledgement is shown; where none comes, the person is told as Slack does.
"""

from . import interaction_payloads as build
from .acceptance import SlackError, accept, accept_view
from .composition import MAX_OPTIONS, check_options
from .delivery import Ack, Deliveries, Transport
from .filled_in import FIELDS, find_unfinished, merged, what_is_held, with_pressed
from .interactive_elements import Press
from .messages import Json, Message
from .response_urls import ResponseUrls
from .triggers import Triggers
from .views import View, Views
from .workspace import Channel


class Interactions:
    """Carries what people do to the bot."""

    def __init__(
        self,
        transport: Transport,
        deliveries: Deliveries,
        response_urls: ResponseUrls,
        triggers: Triggers,
        views: Views,
    ) -> None:
        self.transport, self.deliveries, self.response_urls = transport, deliveries, response_urls
        self.triggers, self.views = triggers, views
        self.workspace, self.faults = response_urls.workspace, deliveries.faults

    def send_command(self, place: Channel, asker: str, command: str, text: str) -> None:
        """Send a slash command."""
        form = build.command_form(self._deed(place, asker), place, command, text)

        async def run() -> None:
            ack = await self.transport.send_command(form)
            if self.deliveries.check(ack, command):
                self._show(place, asker, ack.payload)
            else:
                self._tell_failure(place, asker, f"{command} failed with the error “{_error(ack)}”")

        self.deliveries.start(run)

    def send_click(self, place: Channel, clicker: str, message: Message, press: Press) -> None:
        """Send a click on a message."""
        message.state = with_pressed(what_is_held(message.all_blocks, message.state), press)
        payload = build.click(self._deed(place, clicker, message), place, message, press)
        self._start(payload, place, clicker, "a click")

    def send_view_click(self, clicker: str, view: View, press: Press) -> None:
        """Send a click in a Home tab or a modal; the app hears nothing of an input that it does not wish to hear of."""
        view.state = with_pressed(what_is_held(view.blocks, view.state), press)
        if any(_is_silent(block) for block in view.blocks if block["block_id"] == press.block_id):
            return
        payload = build.view_click(self._deed(None, clicker), view, press)
        self._start(payload, self._direct_message(clicker), clicker, "a click")

    def send_message_shortcut(self, place: Channel, user: str, message: Message, callback_id: str) -> None:
        """Send a shortcut used on a message."""
        payload = build.message_shortcut(self._deed(place, user, message), place, message, callback_id)
        self._start(payload, place, user, "a shortcut")

    def send_global_shortcut(self, user: str, callback_id: str) -> None:
        """Send a shortcut used nowhere in particular."""
        payload = build.global_shortcut(self._deed(None, user), callback_id)
        self._start(payload, self._direct_message(user), user, "a shortcut")

    async def ask_for_options(
        self, user: str, place: tuple[Channel, Message] | View, press: Press, typed: str
    ) -> list[Json]:
        """Ask for the options of a select while somebody types; none where the bot gives none that Slack takes."""
        ack = await self.transport.send_interaction(build.suggestion(self._deed(None, user), place, press, typed))
        if not self.deliveries.check(ack, "a request for options"):
            return []
        options = (ack.payload or {}).get("options")
        problems: list[str] = []
        if options:
            check_options(options, "/options", lambda *problem: problems.append(" ".join(problem)), MAX_OPTIONS)
        if problems or not isinstance(options, list):
            self.faults.append(f"Slack refused the options: {problems or ack.payload}")
            return []
        return options

    def send_submission(self, view: View, values: Json) -> None:
        """Send a modal with what was typed into it; the acknowledgement says what becomes of it.

        What Slack itself finds unfinished is told to the person alone.
        """
        view.state = merged(what_is_held(view.blocks, view.state), values)
        if unfinished := find_unfinished(view.blocks, view.state):
            self.views.complain(view, unfinished)
            return
        payload = build.submission(self._deed(None, view.user), view, self._issue_urls(view))

        async def run() -> None:
            ack = await self.transport.send_interaction(payload)
            if self.deliveries.check(ack, "a submission"):
                self._follow(view, ack.payload or {})

        self.deliveries.start(run)

    def send_closing(self, view: View, *, everything: bool = False) -> None:
        """Close a modal; the bot hears of it where it asked to."""
        payload = build.closing(self._deed(None, view.user), view, everything=everything)
        self.views.close(view, everything=everything)
        if view.content.get("notify_on_close"):
            self._start(payload, self._direct_message(view.user), view.user, "closing")

    def _deed(self, place: Channel | None, user: str, message: Message | None = None) -> build.Deed:
        url = self.response_urls.issue(place, user, message) if place else ""
        return build.Deed(self.workspace, user, self.triggers.issue(user), url)

    def _start(self, payload: Json, place: Channel, user: str, what: str) -> None:
        async def run() -> None:
            ack = await self.transport.send_interaction(payload)
            if not self.deliveries.check(ack, what):
                self._tell_failure(place, user, f"The app did not respond to {what} ({_error(ack)})")
            elif ack.payload:
                self.faults.append(f"Slack ignores what comes with the acknowledgement of {what}: {ack.payload}")

        self.deliveries.start(run)

    def _show(self, place: Channel, asker: str, reply: Json | None) -> None:
        """Show the message that came with the acknowledgement of a command."""
        if not reply:
            return
        try:
            draft = accept(reply)
        except SlackError as refusal:
            self.faults.append(f"Slack refused the reply in an acknowledgement: {refusal.answer}")
        else:
            visible_to = None if reply.get("response_type") == "in_channel" else asker
            self.response_urls.chat.post_as_bot(place, draft, via="acknowledgement", visible_to=visible_to)

    def _follow(self, view: View, reply: Json) -> None:
        """Do what a response_action says; without one the modal closes."""
        action = reply.get("response_action")
        try:
            if action == "errors":
                self._complain(view, reply.get("errors"))
            elif action == "update":
                self.views.change(view, accept_view(reply.get("view"), ("modal",)))
            elif action == "push":
                self.views.open(view.user, accept_view(reply.get("view"), ("modal",)))
            else:
                self.views.close(view, everything=action == "clear")
        except SlackError as refusal:
            self.faults.append(f"Slack refused a view in an acknowledgement: {refusal.answer}")

    def _issue_urls(self, view: View) -> list[Json]:
        """Give a response_url for each channel that was chosen in an input which asks for one."""
        issued = []
        for block in view.blocks:
            element = block.get("element") or {}
            if block["type"] != "input" or not element.get("response_url_enabled"):
                continue
            ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
            if chosen := view.state[ids["block_id"]][ids["action_id"]].get(FIELDS[element["type"]]):
                url = self.response_urls.issue(self.workspace.channel(chosen), view.user)
                issued.append({**ids, "channel_id": chosen, "response_url": url})
        return issued

    def _complain(self, view: View, errors: object) -> None:
        """Show what the app finds wrong with a form; Slack knows no place for what belongs to no input."""
        told = errors if isinstance(errors, dict) else {}
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if not told or told.keys() - inputs:
            self.faults.append(f"Slack cannot show these errors, as their keys are no block_id of an input: {errors}")
        self.views.complain(view, {block_id: text for block_id, text in told.items() if block_id in inputs})

    def _direct_message(self, user: str) -> Channel:
        return self.workspace.channel(f"@{self.workspace.user_name(user)}")

    def _tell_failure(self, place: Channel, user: str, text: str) -> None:
        self.workspace.tell_as_slackbot(place, user, text)


def _is_silent(block: Json) -> bool:
    return block["type"] == "input" and not block.get("dispatch_action")


def _error(ack: Ack) -> str:
    """Give Slack's word for a delivery that failed."""
    return "operation_timeout" if "timeout" in ack.reason else "dispatch_failed"
