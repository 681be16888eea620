"""Conversations as plain text in, turns out. docs: tests/conversations/README.md tells how to write one.

Every kind of line stands in LINES; a line that fits none is an error that names its file and number.
"""

import re
from dataclasses import dataclass
from pathlib import Path

QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
TITLE = re.compile(r"== (?P<title>.+?)(?: \((?P<only>socket|http) only\)| (?P<large>\(150 entries\)))? ==")
Q = r'(?:"[^"]*"|“[^”]*”)'
CALL = r"the next (?:(?P<times>\d+) )?(?:call|calls)(?: to (?P<method>[\w.]+))?"
WHO = r"(?P<who>(?!bot\b|somebody\b|the\b)[a-z]\w*)"

LINES = {
    "say": rf"{WHO} in #(?P<channel>[\w-]+): (?P<text>.+)",
    "say_in_thread": rf"{WHO} in the thread: (?P<text>.+)",
    "say_to_bot": rf"{WHO} to the bot: (?P<text>.+)",
    "say_to_bot_in_thread": rf"{WHO} to the bot in the thread: (?P<text>.+)",
    "edit": rf"{WHO} changes the message to: (?P<text>.+)",
    "delete": rf"{WHO} deletes the message",
    "click_both": rf"{WHO} clicks (?P<label>{Q}) and (?P<other>[a-z]\w*) clicks (?P<other_label>{Q}) at once",
    "click_first": rf"{WHO} clicks the first choice",
    "click_beside": rf"{WHO} clicks (?P<label>{Q}) beside (?P<beside>{Q})",
    "forge": rf"{WHO} clicks the first choice with the forged value (?P<value>{Q})",
    "forge_labelled": rf"{WHO} clicks (?P<label>{Q}) with the forged value (?P<value>{Q})",
    "click": rf"{WHO} clicks (?P<label>{Q})",
    "type": rf"{WHO} types (?P<text>{Q}) into the search",
    "type_into": rf"{WHO} types (?P<text>{Q}) into (?P<select>{Q})",
    "pick": rf"{WHO} picks (?P<label>{Q})",
    "write": rf"{WHO} writes (?P<text>{Q}) into the window and sends it",
    "open_home": rf"{WHO} opens Home",
    "close_modal": rf"{WHO} closes the window",
    "use_shortcut": rf"{WHO} uses (?P<name>{Q}) on the message",
    "see_offer": r"the search offers (?P<labels>.+)",
    "see_in_thread": r"bot in the thread: (?P<content>.+)",
    "see_in_channel": r"bot in #(?P<channel>[\w-]+): (?P<content>.+)",
    "see_one_alone": r"bot to one of them alone: (?P<content>.+)",
    "see_alone_in_thread": rf"bot to {WHO} alone in the thread: (?P<content>.+)",
    "see_alone": rf"bot to {WHO} alone: (?P<content>.+)",
    "see_direct_in_thread": rf"bot to {WHO} in the thread: (?P<content>.+)",
    "see_direct": rf"bot to {WHO}: (?P<content>.+)",
    "see_slackbot": rf"Slack to {WHO} alone: (?P<content>.+)",
    "see_changed": r"the message now: (?P<content>.+)",
    "see_unchanged": r"the message stays as it is",
    "see_gone": r"the message is gone",
    "see_home": rf"Home of {WHO}: (?P<content>.+)",
    "see_modal": rf"window of {WHO}: (?P<content>.+)",
    "see_nothing": r"bot says nothing(?: more)?",
    "keep_pace": r"Slack takes one message a second",
    "limit": rf"Slack limits {CALL}",
    "fail": rf"Slack fails {CALL}",
    "break_off": rf"Slack breaks off {CALL}",
    "be_slow": rf"Slack is slow at {CALL}",
    "refuse_blocks": rf"Slack refuses the blocks of {CALL}",
    "lock_thread": rf"Slack has locked the thread of {CALL}",
    "expire": rf"Slack has ended {CALL}",
    "drop": r"Slack drops the line",
    "renew": r"Slack renews the line",
    "go_silent": r"Slack loses what it sends",
    "go_dead": r"the line goes dead",
    "line_is_replaced": r"the bot opens another line",
    "redeliver": r"Slack sends again what was lost",
    "refuse_line": r"Slack refuses the next (?P<times>\d+) lines?",
    "line_is_back": r"the line is back",
    "duplicate": r"Slack delivers the next event twice",
    "repeat": r"Slack delivers the last event again",
    "put_off": r"Slack delivers the next event late",
    "database_breaks": r"the database breaks",
    "database_works": r"the database works again",
    "somebody_edits": rf"somebody edits (?P<file>[\w.-]+): (?P<old>{Q}) becomes (?P<new>{Q})",
    "somebody_adds": rf"somebody adds (?P<file>[\w.-]+): (?P<question>{Q}) (?P<answer>{Q})",
    "somebody_deletes": r"somebody deletes (?P<file>[\w.-]+)",
    "somebody_breaks": r"somebody breaks (?P<file>[\w.-]+)",
    "somebody_mends": r"somebody mends (?P<file>[\w.-]+)",
    "somebody_restarts": r"somebody restarts the bot",
}
CLAUSES = {
    "shows": "all these texts can be read",
    "hides": "none of these texts can be read",
    "offers": "all these can be pressed",
    "withholds": "none of these can be pressed",
    "links": 'followed by "to" and an anchor or address',
    "is": 'followed by "plain text", "short", "no entry" or "what was chosen"',
}


class NotUnderstoodError(Exception):
    """A line that is no line of a conversation; names its file and number."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One line: what kind it is, and its parts by name."""

    kind: str
    parts: dict[str, str]
    file: str
    number: int
    text: str

    @property
    def place(self) -> str:
        return f"{self.file}:{self.number}: {self.text}"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A title and its turns."""

    title: str
    file: str
    turns: tuple[Turn, ...]
    only: str | None
    """The one transport over which it makes sense, or None for both."""

    is_large: bool = False
    """Whether it is about an FAQ of 150 entries instead of the project's own."""

    @property
    def faq(self) -> str:
        """Which FAQ it needs: the project's own, a copy of it that may be edited, or a large one."""
        if self.is_large:
            return "large"
        return "a copy" if any(turn.kind.startswith("somebody_") for turn in self.turns) else "our own"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that is expected of a message."""

    verb: str
    texts: tuple[str, ...]


def read_conversations(path: Path) -> list[Conversation]:
    """Read a file.

    Raises:
        NotUnderstoodError: a line is of no known kind.
    """
    found: list[Conversation] = []
    title: str | None = None
    turns: list[Turn] = []
    only, is_large = None, False

    def finish() -> None:
        if title is not None:
            found.append(Conversation(title, path.name, tuple(turns), only, is_large))

    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if heading := TITLE.fullmatch(text):
            finish()
            title, turns, only, is_large = heading["title"], [], heading["only"], heading["large"] is not None
        elif title is None:
            raise NotUnderstoodError(f"{path.name}:{number}: a conversation begins with == its title ==")
        else:
            turns.append(read_turn(text, path.name, number))
    finish()
    return found


def read_turn(text: str, file: str, number: int) -> Turn:
    """Read one line."""
    for kind, pattern in LINES.items():
        if found := re.fullmatch(pattern, text):
            parts = {key: value for key, value in found.groupdict().items() if value is not None}
            turn = Turn(kind, parts, file, number, text)
            read_clauses(turn)
            return turn
    raise NotUnderstoodError(
        f"{file}:{number}: nobody understands {text!r}; tests/conversations/README.md lists the lines"
    )


def read_clauses(turn: Turn) -> list[Clause]:
    """Read what is expected of a message: `shows "A", "B" and hides "C" and links to #anchor`."""
    rest, clauses = turn.parts.get("content", "").strip(), []
    while rest:
        found = re.match(
            rf"(\w+)((?:\s*(?:,|and)?\s*{Q})+|\s+to \S+|\s+(?:plain text|short|no entry|what was chosen))", rest
        )
        if not found or found[1] not in CLAUSES:
            raise NotUnderstoodError(
                f"{turn.file}:{turn.number}: nobody understands {rest!r}; use {', '.join(CLAUSES)}"
            )
        texts = unquote(found[2]) or [found[2].strip().removeprefix("to ").rstrip(",")]
        clauses.append(Clause(found[1], tuple(texts)))
        rest = re.sub(r"^\s*(?:,\s*)?(?:and\s+)?", "", rest[found.end() :])
    return clauses


def unquote(text: str) -> list[str]:
    """Give what stands in quotation marks."""
    return [straight or curly for straight, curly in QUOTED.findall(text)]
