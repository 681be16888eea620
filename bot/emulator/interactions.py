"""What people do beyond writing, carried to the bot: commands, clicks, type-ahead, shortcuts, modals.

What comes with the acknowledgement is shown; where none comes, the person is told as Slack does.
"""

from collections.abc import Callable

from . import payloads
from .acceptance import SlackError, accept
from .block_kit import OPTIONS, Json, find_all
from .delivery import Deliveries, PayloadKind, Transport
from .interactive_elements import Press, find_unfinished, merge_state, press_in, read_state
from .messages import Message
from .response_urls import ResponseUrls
from .views import View, Views
from .workspace import Channel


class Interactions:
    """Carries what people do to the bot."""

    def __init__(self, transport: Transport, deliveries: Deliveries, response_urls: ResponseUrls, views: Views) -> None:
        self.transport, self.deliveries = transport, deliveries
        self.response_urls, self.views = response_urls, views
        self.workspace, self.faults = response_urls.workspace, deliveries.faults

    def send_command(self, place: Channel, asker: str, command: str, text: str) -> None:
        """Send a slash command."""
        form = payloads.command_form(self._actor(asker, place), place, command, text)
        told = f"{command} failed with the error “{{error}}”"
        self._start(
            "slash_commands", form, command, lambda reply: self._show(place, asker, reply), (place, asker, told)
        )

    def send_click(self, place: Message | View, user: str, press: Press) -> None:
        """Send a click; the app hears nothing of an input that it does not wish to hear of."""
        place.state = press_in(read_state(place.blocks, place.state), press)
        channel = self._channel_of(place, user)
        if any(_is_silent(block) for block in place.blocks if block["block_id"] == press.block_id):
            return
        actor = self._actor(user, channel, place) if isinstance(place, Message) else self._actor(user)
        self._interact(payloads.click(actor, channel, place, press), channel, user, "a click")

    def send_shortcut(self, user: str, callback_id: str, message: Message | None = None) -> None:
        """Send a shortcut used on a message, or nowhere in particular."""
        channel = self._channel_of(message, user)
        if message is None:
            payload = payloads.global_shortcut(self._actor(user), callback_id)
        else:
            payload = payloads.message_shortcut(self._actor(user, channel, message), channel, message, callback_id)
        self._interact(payload, channel, user, "a shortcut")

    async def ask_for_options(self, place: Message | View, user: str, press: Press, typed: str) -> list[Json]:
        """Ask for the options of a select while somebody types; none where the bot gives none that Slack takes."""
        channel = self._channel_of(place, user)
        asking = payloads.suggestion(self._actor(user), channel, place, press, typed)
        ack = await self.transport.send("interactive", asking)
        if not self.deliveries.check(ack, "a request for options"):
            return []
        options = (ack.payload or {}).get("options")
        if not isinstance(options, list) or (options and find_all(OPTIONS, options, "/options")):
            self.faults.append(f"Slack refused the options: {ack.payload}")
            return []
        return options

    def send_submission(self, view: View, values: Json) -> None:
        """Send a modal with what was typed into it; the acknowledgement says what becomes of it.

        What Slack itself finds unfinished is told to the person alone.
        """
        view.state = merge_state(read_state(view.blocks, view.state), values)
        if unfinished := find_unfinished(view.blocks, view.state):
            self.views.complain(view, unfinished)
            return
        payload = payloads.submission(self._actor(view.user), view)
        self._start("interactive", payload, "a submission", lambda reply: self._follow(view, reply))

    def _actor(self, user: str, place: Channel | None = None, message: Message | None = None) -> payloads.Actor:
        url = self.response_urls.issue(place, user, message) if place else ""
        return payloads.Actor(self.workspace, user, self.views.issue_trigger(user), url)

    def _channel_of(self, place: Message | View | None, user: str) -> Channel:
        """Find where somebody is told of failures: in the channel of a message, else in the direct message."""
        if isinstance(place, Message):
            return self.workspace.channel(place.channel)
        return self.workspace.channel(f"@{self.workspace.user_name(user)}")

    def _interact(self, payload: Json, place: Channel, user: str, what: str) -> None:
        def object_to(reply: Json) -> None:
            if reply:
                self.faults.append(f"Slack ignores what comes with the acknowledgement of {what}: {reply}")

        told = f"The app did not respond to {what} ({{error}})"
        self._start("interactive", payload, what, object_to, (place, user, told))

    def _start(
        self,
        kind: PayloadKind,
        payload: Json,
        what: str,
        then: Callable[[Json], None],
        failing: tuple[Channel, str, str] | None = None,
    ) -> None:
        """Deliver in the background, and go on with what came back; where nothing did, tell the person."""

        async def run() -> None:
            ack = await self.transport.send(kind, payload)
            if self.deliveries.check(ack, what):
                then(ack.payload or {})
            elif failing:
                place, user, told = failing
                error = "operation_timeout" if "timeout" in ack.reason else "dispatch_failed"
                self.workspace.tell_as_slackbot(place, user, told.replace("{error}", error))

        self.deliveries.start(run)

    def _show(self, place: Channel, asker: str, reply: Json) -> None:
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
        """Show the errors that came with the acknowledgement; without any the modal closes."""
        if reply.get("response_action") == "errors":
            self._complain(view, reply.get("errors"))
        else:
            self.views.close(view)
            if reply:
                self.faults.append(f"this Slack knows no such answer to a submission: {reply}")

    def _complain(self, view: View, errors: object) -> None:
        """Show what the app finds wrong with a form; Slack knows no place for what belongs to no input."""
        told = errors if isinstance(errors, dict) else {}
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if not told or told.keys() - inputs:
            self.faults.append(f"Slack cannot show these errors, as their keys are no block_id of an input: {errors}")
        self.views.complain(view, {block_id: text for block_id, text in told.items() if block_id in inputs})


def _is_silent(block: Json) -> bool:
    return block["type"] == "input" and not block.get("dispatch_action")
