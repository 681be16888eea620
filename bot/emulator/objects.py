"""People, channels and messages as the Web API shows them. Pure.

Sources: https://docs.slack.dev/reference/objects/ (user, conversation), /messaging/retrieving-messages (threads).
"""

from .messages import Json, Message
from .payloads import message_event
from .workspace import BOT_ID, BOT_USER, TEAM_ID, Channel, Workspace, bot_message

EMAIL_DOMAIN = "example.com"
PICTURES = (24, 32, 48, 72, 192, 512)


def user_object(workspace: Workspace, user: str, *, with_email: bool = False) -> Json:
    """Build the user object of a person, or of the app; the e-mail address takes a scope of its own."""
    name = workspace.user_name(user)
    flags = {"is_bot": user == BOT_USER, "deleted": False, "is_app_user": False, "is_email_confirmed": True}
    roles = dict.fromkeys(("admin", "owner", "primary_owner", "restricted", "ultra_restricted"), False)
    zone = {"tz": "Europe/Amsterdam", "tz_label": "Central European Time", "tz_offset": 3600}
    known = {"id": user, "team_id": TEAM_ID, "name": name, "real_name": name.capitalize(), "color": "9f69e7"}
    shown = {**flags, **{f"is_{role}": held for role, held in roles.items()}, **zone, "updated": 1}
    email = {"email": f"{name}@{EMAIL_DOMAIN}"} if with_email and user != BOT_USER else {}
    return {**known, **shown, "profile": {**profile_object(name), **email}}


def profile_object(name: str) -> Json:
    """Build the profile of a person, without an e-mail address."""
    real, first = {"real_name": name.capitalize()}, {"first_name": name.capitalize(), "last_name": ""}
    shown = {"display_name": name, "display_name_normalized": name, "real_name_normalized": name.capitalize()}
    status = {"status_text": "", "status_emoji": "", "status_expiration": 0}
    pictures = {f"image_{size}": f"https://a.slack-edge.com/avatars/ava_0001-{size}.png" for size in PICTURES}
    more = {"title": "", "phone": "", "skype": "", "avatar_hash": "g0001", "team": TEAM_ID}
    return {**real, **first, **shown, **status, **pictures, **more}


def channel_object(workspace: Workspace, channel: Channel) -> Json:
    """Build the conversation object of a channel or a direct message."""
    if channel.kind == "im":
        user = workspace.user_id(channel.name[1:])
        return {"id": channel.id, "is_im": True, "user": user, "created": 1, "is_archived": False}
    flags = {"is_channel": channel.kind == "public", "is_group": False, "is_im": False, "is_mpim": False}
    state = {"is_private": channel.kind == "private", "is_archived": False, "is_member": channel.has_bot}
    told = {"topic": _said(channel.topic), "purpose": _said(channel.purpose), "created": 1, "creator": BOT_USER}
    counted = {"num_members": len(workspace.members(channel))}
    names = {"name": channel.name, "name_normalized": channel.name, "is_general": channel.name == "general"}
    return {"id": channel.id, **names, **flags, **state, **told, **counted}


def message_object(workspace: Workspace, message: Message) -> Json:
    """Build a message as histories show it: with what came of it, its thread and its reactions."""
    event = message_event(message, workspace.channel(message.channel))
    kept = {key: value for key, value in event.items() if key not in ("channel", "event_ts", "channel_type")}
    shown = bot_message(message) if message.bot_id == BOT_ID else kept
    edited = {"edited": {"user": message.user, "ts": message.ts}} if message.edits else {}
    reactions = [{"name": name, "users": who, "count": len(who)} for name, who in message.reactions.items() if who]
    return {**shown, **edited, **thread_fields(workspace, message), **({"reactions": reactions} if reactions else {})}


def thread_fields(workspace: Workspace, message: Message) -> Json:
    """Give what a message says of its thread: of a reply who began it, of the first message who replied."""
    if message.thread_ts not in (None, message.ts):
        root = workspace.find(message.channel, message.thread_ts)
        return {"parent_user_id": root.user} if root else {}
    if not (replies := workspace.thread(message.channel, message.ts)):
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    counts = {"reply_count": len(replies), "reply_users_count": len(users), "latest_reply": replies[-1].ts}
    return {"thread_ts": message.ts, "reply_users": users, **counts, "is_locked": False, "subscribed": False}


def _said(text: str) -> Json:
    return {"value": text, "creator": BOT_USER if text else "", "last_set": 1 if text else 0}
