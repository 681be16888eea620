"""What the Web API does with messages: chat.* and the answers that tell the app who it is."""

from .acceptance import MAX_TEXT, MAX_UPDATED_TEXT, Draft, SlackError, accept
from .block_kit import Json
from .messages import Message
from .payloads import bot_message
from .workspace import BOT_ID, BOT_NAME, BOT_USER, TEAM_DOMAIN, TEAM_ID, TEAM_NAME, Channel, Workspace


class ChatMethods:
    """Writes and changes messages for the app."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def tell_who_it_is(self, _: Json) -> Json:
        """Return who the app is: auth.test."""
        names = {"team": TEAM_NAME, "user": BOT_NAME, "url": f"https://{TEAM_DOMAIN}.slack.com/"}
        return {**names, "team_id": TEAM_ID, "user_id": BOT_USER, "bot_id": BOT_ID, "is_enterprise_install": False}

    def post_message(self, arguments: Json) -> Json:
        """Post for everybody in a channel."""
        channel, draft = self._address(arguments), self._accept(arguments)
        thread_ts = self._thread_of(channel, arguments.get("thread_ts"))
        message = self.post_as_bot(channel, draft, via="chat.postMessage", thread_ts=thread_ts)
        return {"channel": channel.id, "ts": message.ts, "message": bot_message(message)}

    def post_ephemeral(self, arguments: Json) -> Json:
        """Post for one person."""
        channel, draft, user = self._address(arguments), self._accept(arguments), arguments.get("user")
        if user not in self.workspace.members(channel):
            raise SlackError("user_not_in_channel")
        thread_ts = arguments.get("thread_ts")
        message = self.post_as_bot(channel, draft, via="chat.postEphemeral", visible_to=user, thread_ts=thread_ts)
        return {"message_ts": message.ts}

    def update(self, arguments: Json) -> Json:
        """Change a message of the app."""
        message = self._own_message(arguments, "cant_update_message")
        draft = self._accept(arguments, MAX_UPDATED_TEXT)
        kept = message.blocks if "blocks" not in arguments else draft.blocks  # only an empty list takes blocks away
        self.workspace.change(message, draft.text, kept)
        return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": bot_message(message)}

    def delete(self, arguments: Json) -> Json:
        """Take a message of the app away."""
        message = self._own_message(arguments, "cant_delete_message")
        self.workspace.delete(message)
        return {"channel": message.channel, "ts": message.ts}

    def get_permalink(self, arguments: Json) -> Json:
        """Return the address of a message."""
        channel = self._address(arguments)
        message = self._find(channel, arguments.get("message_ts"))
        link = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
        if message.thread_ts and message.thread_ts != message.ts:
            link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
        return {"channel": channel.id, "permalink": link}

    def post_as_bot(
        self, channel: Channel, draft: Draft, via: str, thread_ts: str | None = None, visible_to: str | None = None
    ) -> Message:
        """Put a message of the app into the workspace."""
        if draft.is_cut:
            self.workspace.faults.append(f"Slack cut a text of the bot after {MAX_TEXT} characters")
        return self.workspace.post(
            channel, BOT_USER, draft.text, blocks=draft.blocks, bot_id=BOT_ID, arguments=draft.arguments,
            via=via, thread_ts=thread_ts, visible_to=visible_to,
        )  # fmt: skip

    def _address(self, arguments: Json) -> Channel:
        """Find the channel that the app may post to: by id, a public one by name, a direct message by a person's."""
        channel, named = None, arguments.get("channel")
        for each in self.workspace.channels.values():
            if each.id == named or (each.kind == "public" and named in (each.name, f"#{each.name}")):
                channel = each
        if isinstance(named, str) and named in self.workspace.people.values():
            channel = self.workspace.channel(f"@{self.workspace.user_name(named)}")
        if channel is None or (channel.kind == "private" and not channel.has_bot):
            raise SlackError("channel_not_found")
        if not channel.has_bot:
            raise SlackError("not_in_channel")
        return channel

    def _accept(self, arguments: Json, longest_text: int = MAX_TEXT) -> Draft:
        try:
            return accept(arguments, longest_text)
        except SlackError as refusal:
            self.workspace.faults.append(f"Slack refused a message of the bot: {refusal.answer}")
            raise

    def _thread_of(self, channel: Channel, thread_ts: str | None) -> str | None:
        """Return the thread that a reply goes into: none where its first message was deleted, as Slack does."""
        if thread_ts is None:
            return None
        parents = [each for each in self.workspace.messages if (each.channel, each.ts) == (channel.id, thread_ts)]
        if not parents or parents[0].is_ephemeral:
            raise SlackError("thread_not_found")
        if parents[0].thread_ts not in (None, thread_ts):
            told = "the bot used the ts of a reply as thread_ts; a thread has the ts of its first message"
            self.workspace.faults.append(told)
        return None if parents[0].deleted else thread_ts

    def _find(self, channel: Channel, ts: str | None) -> Message:
        message = self.workspace.find(channel.id, ts)
        if message is None:
            raise SlackError("message_not_found")
        return message

    def _own_message(self, arguments: Json, otherwise: str) -> Message:
        message = self._find(self._address(arguments), arguments.get("ts"))
        if message.bot_id != BOT_ID:
            raise SlackError(otherwise)
        return message
