"""The page for a workspace's admins, from the program's own tables, and why the app asks for what it asks for.

    python -m tools.admin_page > docs/for-workspace-admins.md      (make docs)

A scope, event, table or column without a reason here fails a test.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.slack.setup.manifest import EVENTS, SCOPES
from bot.slack.views.action_ids import SHORTCUT
from bot.store.events import EXPIRY, KEEP_REPLIES

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
    SHORTCUT: "shows the person who picked it what the FAQ says to one message; that message comes with"
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


@dataclass(frozen=True, slots=True)
class Held:
    """One table, explained to somebody who has to agree to it."""

    what: str
    columns: dict[str, str]
    """What each column holds, by its name."""
    how_long: str


def _days(seconds: float) -> str:
    days = round(seconds / 86_400)
    return f"{days} day{'s' * (days != 1)}"


_WHEN = "when"
_RETENTION = "`RETENTION_DAYS` (365 days), or until `forget`"

DATA_INVENTORY: dict[str, Held] = {
    "events": Held(
        "which deliveries of Slack's are being answered or were, so that none is answered twice",
        {"key": "Slack's id of the event, or of the message", "state": "how far it got", "taker": "which process",
         "at": _WHEN},
        _days(EXPIRY),
    ),
    "replies": Held(
        "where the bot's replies stand, so that an edited or deleted question finds its own",
        {"channel": "the channel's id", "question_ts": "the question's id", "reply_ts": "the reply's id", "at": _WHEN},
        _days(KEEP_REPLIES),
    ),
    "feedback": Held(
        "thumbs that people pressed, with the reason that they typed, if they did",
        {"reply": "the reply's id", "person": "who pressed: a Slack id", "entry": "the entry's id",
         "helpful": "up or down", "reason": "what they typed", "at": _WHEN},
        _RETENTION,
    ),
    "counts": Held(
        "numbers: how often which entry was given on which day, of which kind, by which way; no person",
        {"day": "the day", "entry": "the entry's id", "kind": "the kind of reply", "surface": "mention, command, ...",
         "number": "how often"},
        "until the database is deleted",
    ),
    "inbox": Held(
        "questions that their askers sent on to the maintainers, and what became of them"
        " (with `KEEP_UNANSWERED`, off by default, also every question without an answer)",
        {"id": "a number", "source": "the question's id", "text": "the question as it was typed",
         "asker": "who asked: a Slack id", "channel": "where: an id", "thread": "the thread's id",
         "surface": "mention, command, ...", "at": _WHEN, "sent_on": "whether its asker sent it on",
         "best": "the likeliest entry's id", "confidence": "how likely it was", "status": "what became of it",
         "entry": "the entry that answers it", "topic": "the subject it belongs to",
         "handled_by": "the maintainer's Slack id", "handled_at": _WHEN, "told": "whether its asker was told",
         "written": "whether it became a phrasing in the FAQ", "card": "its message in the maintainers' channel",
         "shown": "what that message says became of it"},
        _RETENTION,
    ),
    "signing_keys": Held(
        "what the bot signs its buttons with, so that nobody can press one that it did not draw; no person",
        {"key": "a key that is made from the bot token, which cannot be told from it", "at": _WHEN},
        "until the database is deleted",
    ),
}  # fmt: skip

REQUEST = """\
Hello! We look after the Flatcar Linux FAQ and would like to install a bot that answers from it, @flatcar-faq.

- It replies only where it is addressed: a mention, a direct message, /flatcar-faq, or its message shortcut.
- Its bot scopes: {scopes}.
  No history of channels or groups, no profiles, no e-mail addresses.
- No text is generated: every answer is a text from our FAQ, with a link to it. No AI service is called; nothing leaves
  our machine except the replies to Slack.
- Questions are not stored and not logged. A person may send one on to the FAQ's maintainers by pressing a button.
- It can be stopped at any minute: remove the app, or tell us, and we delete what is stored.

It runs on: (machine, who runs it). Contact: (name, Slack id, e-mail). Channels: (which).
Source, manifest and all details: (address of the repository), docs/for-workspace-admins.md
"""


def render_scope_table() -> str:
    """Return the table of bot scopes that stands in the README, too."""
    return _table(("scope", "for"), {f"`{scope}`": SCOPE_REASONS[scope] for scope in _by_reason(SCOPES)}.items())


def render_admin_page() -> str:
    """Return the whole page."""
    return "\n\n".join((_INTRODUCTION, _permissions(), _DATA_FLOW, _storage(), _SWITCHES, _request())) + "\n"


_INTRODUCTION = """\
# For the admins of a workspace

<!-- Written by `make docs` from the program's own tables; a test fails when it is out of date. -->

@flatcar-faq answers questions from a written FAQ. It asks for little, stores less, and writes no text. This page says
what it may do in your workspace, and why; reading it takes three minutes. In one:

- It sees what is addressed to it, and a message that somebody hands it by the shortcut. No scope lets it read a
  channel, a profile or a list of members.
- It speaks when it is spoken to: no welcome, no links that unfold, no @channel, and it joins no channel by itself. Two
  messages come later: to who sent a question on, what became of it; to the FAQ's maintainers, the week in numbers.
- What it says stands in the FAQ, word for word. No AI service is called, and no question goes anywhere but to Slack.
- It logs no question, and by default stores none but those whose askers pressed "Send my question to the maintainers".
- Removing the app ends it at once, and one command deletes everything about a person."""


_NATURE = """\
It is installed in one workspace; there is no org-wide deployment. It is no AI app: it has no agent surface, calls no AI
service, and writes no text of its own. Questions are compared with the FAQ's by a small sentence encoder that
ships with the bot, on the operator's machine alone. Slack gets [manifest.json](../manifest.json)."""

_DATABASE = """\
In one SQLite file or PostgreSQL database (`DATABASE_URL`) of the operator's. Names, e-mail addresses and messages
that are not addressed to the bot are nowhere in it."""


def _permissions() -> str:
    events = {f"`{event}`": EVENT_REASONS[event] for event in sorted(EVENTS, key=list(EVENT_REASONS).index)}
    doors = {f"`{name}`": reason for name, reason in (COMMAND_REASONS | _named_shortcuts()).items()}
    doors |= {name.replace("_", " "): reason for name, reason in FEATURE_REASONS.items()}
    connection = {f"`{name}`": reason for name, reason in CONNECTION_REASONS.items()}
    return "\n\n".join(
        (
            "## What it may do, and why",
            render_scope_table(),
            _table(("app-level token", "for"), connection.items()),
            _table(("event", "comes when"), events.items()),
            _table(("feature", "for"), doors.items()),
            "It never asks for these:",
            _table(("scope", "would be needed"), REFUSED),
            _NATURE,
        )
    )


_DATA_FLOW = """\
## Where data goes

```text
a person's question  ->  Slack  ->  the bot's process on its operator's machine  ->  Slack  ->  the reply
                                      |  looked up in memory, in the FAQ's files
                                      +->  its database: ids, numbers, and what people chose to send on
```

Nothing else is called: no other service, no telemetry, no update check. Replies are posted by Slack's Web API
(`SLACK_API_URL`), TLS on the whole way. Buttons below a reply carry the question and its asker's id inside Slack, so
that it can be sent on; the bot keeps no copy. A log line says which entry was given, how sure the bot was and
how long it took: no text, no names."""


def _storage() -> str:
    rows = ((f"`{name}`", held.what, held.how_long) for name, held in DATA_INVENTORY.items())
    columns = "\n".join(f"- `{name}`: {_spelled(held.columns)}" for name, held in DATA_INVENTORY.items())
    return "\n\n".join(
        (
            "## What is stored, and for how long",
            _DATABASE,
            _table(("table", "holds", "for"), rows),
            f"<details><summary>Every column</summary>\n\n{columns}\n\n</details>",
        )
    )


_SWITCHES = """\
## How to switch things off

| what | how | who |
|---|---|---|
| the bot in one channel | `/remove @flatcar-faq` | anybody who may there |
| one reply | its menu, **Remove this reply** | its asker, the FAQ's maintainers |
| the command, the shortcut, Home, direct messages | the app's settings at api.slack.com/apps | the operator |
| questions going to a channel | leave `MAINTAINERS_CHANNEL` empty | the operator |
| the inbox in Home, decisions | leave `MAINTAINERS` empty | the operator |
| messages to askers about what became of a question | `TELL_ASKERS=false` | the operator |
| the weekly numbers | `DIGEST_DAY=never` | the operator |
| long storage | `RETENTION_DAYS=30`, or fewer | the operator |
| all of it, at once | remove the app from the workspace: its tokens die, and it can neither see nor post | an admin |

## How to remove everything

1. An admin removes the app: **Manage apps > Flatcar FAQ > Remove app**. From then on it sees and posts nothing.
2. The operator deletes the folder `DATA_PATH`, or the PostgreSQL database, and backups of them. Logs hold no texts.
3. One person only: `flatcar-faq forget U012AB3CD` deletes their questions and thumbs, down to the bytes
   in the file or the tables, and the messages in the maintainers' channel that show them.

Replies that were posted stay in Slack, as every app's do; your retention rules hold for them."""


def _request() -> str:
    scopes = ", ".join(_by_reason(SCOPES))
    return f"## A request to paste\n\n```text\n{REQUEST.format(scopes=scopes)}```"


def _named_shortcuts() -> dict[str, str]:
    return {f"shortcut {name}": reason for name, reason in SHORTCUT_REASONS.items()}


def _by_reason(scopes: Iterable[str]) -> list[str]:
    order = list(SCOPE_REASONS)
    return sorted(scopes, key=order.index)


def _spelled(columns: Mapping[str, str]) -> str:
    return "; ".join(f"`{name}` {meaning}" for name, meaning in columns.items())


def _table(header: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    head = [f"| {' | '.join(header)} |", "|" + "---|" * len(header)]
    return "\n".join([*head, *(f"| {' | '.join(cells)} |" for cells in rows)])


if __name__ == "__main__":
    print(render_admin_page(), end="")
