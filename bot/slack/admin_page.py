"""The reasons, the manifest and what the store holds in, the page for a workspace's admins out, as Markdown."""

from collections.abc import Iterable, Mapping

from bot.slack import permissions as why
from bot.slack.data_inventory import HOLDINGS
from bot.slack.manifest import EVENTS, SCOPES

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
    """Give the table of bot scopes that stands in the README, too."""
    return _table(("scope", "for"), {f"`{scope}`": why.SCOPE_REASONS[scope] for scope in _by_reason(SCOPES)}.items())


def render_admin_page() -> str:
    """Give the whole page."""
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
    events = {f"`{event}`": why.EVENT_REASONS[event] for event in sorted(EVENTS, key=list(why.EVENT_REASONS).index)}
    doors = {f"`{name}`": reason for name, reason in (why.COMMAND_REASONS | _named_shortcuts()).items()}
    doors |= {name.replace("_", " "): reason for name, reason in why.FEATURE_REASONS.items()}
    connection = {f"`{name}`": reason for name, reason in why.CONNECTION_REASONS.items()}
    return "\n\n".join(
        (
            "## What it may do, and why",
            render_scope_table(),
            _table(("app-level token", "for"), connection.items()),
            _table(("event", "comes when"), events.items()),
            _table(("feature", "for"), doors.items()),
            "It never asks for these:",
            _table(("scope", "would be needed"), why.REFUSED),
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
    rows = ((f"`{name}`", held.what, held.how_long) for name, held in HOLDINGS.items())
    columns = "\n".join(f"- `{name}`: {_spelled(held.columns)}" for name, held in HOLDINGS.items())
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
    return {f"shortcut {name}": reason for name, reason in why.SHORTCUT_REASONS.items()}


def _by_reason(scopes: Iterable[str]) -> list[str]:
    order = list(why.SCOPE_REASONS)
    return sorted(scopes, key=order.index)


def _spelled(columns: Mapping[str, str]) -> str:
    return "; ".join(f"`{name}` {meaning}" for name, meaning in columns.items())


def _table(header: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    head = [f"| {' | '.join(header)} |", "|" + "---|" * len(header)]
    return "\n".join([*head, *(f"| {' | '.join(cells)} |" for cells in rows)])
