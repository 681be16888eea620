"""The methods around messages: chat.*, reactions.*. Arguments in, Slack's answer out, messages into the workspace."""

from typing import Any

from .acceptance import MAX_TEXT, MAX_UPDATED_TEXT, Draft, SlackError, accept
from .messages import Json, Message
from .web_api import Method
from .workspace import BOT_ID, BOT_USER, TEAM_DOMAIN, Change, Channel, Workspace, bot_message


class ChatMethods:
    """Writes and changes messages for the app."""

    def __init__(self, workspace: Workspace, faults: list[str]) -> None:
        self.workspace, self.faults = workspace, faults
        self.methods = {
            "chat.postMessage": Method(self.post_message, "chat:write"),
            "chat.postEphemeral": Method(self.post_ephemeral, "chat:write"),
            "chat.update": Method(self.update, "chat:write"),
            "chat.delete": Method(self.delete, "chat:write"),
            "chat.getPermalink": Method(self.get_permalink),
            "reactions.add": Method(self.add_reaction, "reactions:write"),
            "reactions.remove": Method(self.remove_reaction, "reactions:write"),
        }

    def post_message(self, arguments: Json) -> Json:
        """Post for everybody in a channel."""
        channel, draft = self.address(arguments), self.accept(arguments)
        thread_ts = self._thread_of(channel, arguments.get("thread_ts"))
        message = self.post_as_bot(channel, draft, via="chat.postMessage", thread_ts=thread_ts)
        return {"channel": channel.id, "ts": message.ts, "message": bot_message(message)}

    def post_ephemeral(self, arguments: Json) -> Json:
        """Post for one person."""
        channel, draft, user = self.address(arguments), self.accept(arguments), arguments.get("user")
        if user not in self.workspace.members(channel):
            raise SlackError("user_not_in_channel")
        thread_ts = arguments.get("thread_ts")
        message = self.post_as_bot(channel, draft, via="chat.postEphemeral", visible_to=user, thread_ts=thread_ts)
        return {"message_ts": message.ts}

    def update(self, arguments: Json) -> Json:
        """Change a message of the app."""
        message = self._own_message(arguments, "cant_update_message")
        draft = self.accept(arguments, MAX_UPDATED_TEXT)
        kept = message.blocks if "blocks" not in arguments else draft.blocks  # only an empty list takes blocks away
        self.workspace.change(message, draft.text, kept)
        return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": bot_message(message)}

    def delete(self, arguments: Json) -> Json:
        """Take a message of the app away."""
        message = self._own_message(arguments, "cant_delete_message")
        self.workspace.delete(message)
        return {"channel": message.channel, "ts": message.ts}

    def get_permalink(self, arguments: Json) -> Json:
        """Give the address of a message."""
        channel = self.address(arguments)
        message = self.workspace.find(channel.id, arguments.get("message_ts"))
        if message is None:
            raise SlackError("message_not_found")
        link = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
        if message.thread_ts and message.thread_ts != message.ts:
            link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
        return {"channel": channel.id, "permalink": link}

    def add_reaction(self, arguments: Json) -> Json:
        """React to a message."""
        message, who = self._reacted(arguments)
        if BOT_USER in who:
            raise SlackError("already_reacted")
        who.append(BOT_USER)
        self.workspace.announce(Change("reacted", message))
        return {}

    def remove_reaction(self, arguments: Json) -> Json:
        """Take a reaction back."""
        message, who = self._reacted(arguments)
        if BOT_USER not in who:
            raise SlackError("no_reaction")
        who.remove(BOT_USER)
        self.workspace.announce(Change("reacted", message))
        return {}

    def post_as_bot(
        self, channel: Channel, draft: Draft, via: str, thread_ts: str | None = None, visible_to: str | None = None
    ) -> Message:
        """Put a message of the app into the workspace."""
        if draft.is_cut:
            self.faults.append(f"Slack cut a text of the bot after {MAX_TEXT} characters")
        return self.workspace.post(
            channel, BOT_USER, draft.text, blocks=draft.blocks, bot_id=BOT_ID, arguments=draft.arguments,
            via=via, thread_ts=thread_ts, visible_to=visible_to,
        )  # fmt: skip

    def address(self, arguments: Json) -> Channel:
        """Find the channel that the app may post to; private ones it is not in do not exist for it.

        Raises:
            SlackError: channel_not_found, not_in_channel.
        """
        channel = find_channel(self.workspace, arguments.get("channel"))
        if not channel.has_bot:
            raise SlackError("not_in_channel")
        return channel

    def accept(self, arguments: Json, longest_text: int = MAX_TEXT) -> Draft:
        """Check what is to be written; raises SlackError, and notes that as a fault."""
        try:
            return accept(arguments, longest_text)
        except SlackError as refusal:
            self.faults.append(f"Slack refused a message of the bot: {refusal.answer}")
            raise

    def _thread_of(self, channel: Channel, thread_ts: str | None) -> str | None:
        """Return the thread that a reply goes into: none where its first message was deleted, as Slack does."""
        if thread_ts is None:
            return None
        parents = [each for each in self.workspace.messages if (each.channel, each.ts) == (channel.id, thread_ts)]
        if not parents or parents[0].is_ephemeral:
            raise SlackError("thread_not_found")
        if parents[0].thread_ts not in (None, thread_ts):
            self.faults.append("the bot used the ts of a reply as thread_ts; a thread has the ts of its first message")
        return None if parents[0].deleted else thread_ts

    def _own_message(self, arguments: Json, otherwise: str) -> Message:
        message = self.workspace.find(self.address(arguments).id, arguments.get("ts"))
        if message is None:
            raise SlackError("message_not_found")
        if message.bot_id != BOT_ID:
            raise SlackError(otherwise)
        return message

    def _reacted(self, arguments: Json) -> tuple[Message, list[str]]:
        message = self.workspace.find(self.address(arguments).id, arguments.get("timestamp"))
        if message is None:
            raise SlackError("message_not_found")
        name = str(arguments.get("name") or "")
        if not name.strip(":"):
            raise SlackError("invalid_name")
        return message, message.reactions.setdefault(name.strip(":"), [])


def find_channel(workspace: Workspace, named: Any) -> Channel:
    """Find the channel that an argument names: by id, a public one by name, a person's id for the direct message.

    Raises:
        SlackError: channel_not_found.
    """
    for channel in workspace.channels.values():
        is_named = channel.kind == "public" and named in (channel.name, f"#{channel.name}")
        if (channel.id == named or is_named) and (channel.kind != "private" or channel.has_bot):
            return channel
    if isinstance(named, str) and named in workspace.people.values():
        return workspace.channel(f"@{workspace.user_name(named)}")
    raise SlackError("channel_not_found")
