"""Why the app asks for what its manifest asks for: one reason for each scope, event, command, shortcut and surface.

A manifest that gains something without a reason fails a test. Decides nothing.
"""

from bot.slack import action_ids

SCOPE_REASONS = {
    "app_mentions:read": "to see a message that mentions it; no other message in a channel",
    "im:history": "to see what people write to it directly",
    "commands": "`/flatcar-faq`, and the shortcut on messages",
    "chat:write": "to reply",
}
"""By scope, in the order in which people read them."""

EVENT_REASONS = {
    "app_mention": "somebody or a workflow mentions the bot, or adds that by an edit: it replies in the thread",
    "message.im": "somebody writes to the bot directly, or edits or deletes what they wrote",
    "app_home_opened": "somebody opens the bot's Home tab: it draws it",
}

COMMAND_REASONS = {"/flatcar-faq": "looks a question up; only the person who typed it sees the reply"}

SHORTCUT_REASONS = {
    action_ids.SHORTCUT: "shows the person who picked it what the FAQ says to one message; that message comes with"
    " the click, and a reply is posted only if they press the button",
}

CONNECTION_REASONS = {
    "connections:write": "opens the Socket Mode connection from inside, so that no public address"
    " is needed. Not needed over HTTP",
}

FEATURE_REASONS = {
    "interactivity": "buttons, menus and the search field below replies and in Home",
    "app_home": "a Home tab with a search, and a Messages tab in which people can ask",
    "bot_user": "the name under which it replies",
}

REFUSED = (
    ("`channels:history`, `groups:history`", "to read what is not addressed to it"),
    ("`users:read`, `users:read.email`, `users.profile:read`", "to know who people are"),
    ("`channels:join`, `channels:read`, `channels:manage`", "to go where nobody invited it, or see which channels are"),
    ("`chat:write.public`, `chat:write.customize`", "to post where it is no member, or under another name"),
    ("`files:read`, `reactions:write`, user tokens, admin scopes, org-wide deployment", "for anything at all"),
)
"""What it never asks for, and what for it would be."""
