"""Bytes in; what a parser makes of them is of no interest, as long as it raises nothing but what it says it raises."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from bot.errors import FaqError, StoreError
from bot.faq import load_faq
from bot.faq.strict_yaml import parse_yaml
from bot.logs import build_redactor
from bot.matching import Index, reply_to
from bot.quality.evaluate import read_cases
from bot.slack.handlers import payload
from bot.slack.transport.connection import read_frame as read_json_frame
from bot.slack.transport.http import parse_payload
from bot.slack.transport.payload_validation import find_fault
from bot.slack.views.button_state import decode, sent_of
from bot.slack.views.mrkdwn import quote, to_mrkdwn
from bot.slack.views.truncate import cut_markdown
from bot.store.address import read_address
from tests.matching.builders import bakery

INDEX = Index(*bakery())


def read_request(data: bytes) -> None:
    """What comes to POST /slack/events, once its signature is good: JSON or a form."""
    for content_type in ("application/json", "application/x-www-form-urlencoded"):
        look_at(parse_payload(data, content_type))


def read_frame(data: bytes) -> None:
    """What comes over the Socket Mode connection."""
    look_at(read_json_frame(data.decode(errors="replace")).get("payload"))


def look_at(body: Any) -> None:
    if find_fault(body) or body.get("type") != "event_callback":
        return
    for asked in (payload.read_mention(body), payload.read_direct_message(body), payload.read_edit(body, "UBOT")):
        if isinstance(asked, payload.Asked):
            payload.wants_help(payload.without_mention(asked.question.text, "UBOT"))
    payload.read_deletion(body)


def read_value(data: bytes) -> None:
    """What a button sends back."""
    carried = decode(data.decode(errors="replace"))
    if carried is not None:
        sent_of(carried)


def read_question(data: bytes) -> None:
    """What somebody asks."""
    text = data.decode(errors="surrogatepass") if data.isascii() else data.decode(errors="replace")
    reply_to(INDEX, text)
    assert "<" not in quote(text)


def read_markdown(data: bytes) -> None:
    """An answer's text, on its way to Slack."""
    text = data.decode(errors="replace")
    assert len(cut_markdown(text, 200, "...")) <= max(len(text), 200)
    rendered = to_mrkdwn(text)
    assert "<!" not in rendered
    assert "<@" not in rendered


def read_page(data: bytes) -> None:
    """A file of an FAQ: a page, or an entry."""
    with tempfile.TemporaryDirectory() as folder:
        for name, head in (("faq.md", b""), ("entry.md", b"---\nquestion: Why?\n")):
            path = Path(folder) / name
            path.write_bytes(head + data)
            with suppress(FaqError):
                load_faq(path, faq_url="https://b.example/faq/")


def read_yaml(data: bytes) -> None:
    """Front matter."""
    parse_yaml(data.decode(errors="replace"), lambda _line, _text: None)


def read_questions_file(data: bytes) -> None:
    """The file that `eval` reads."""
    with suppress(FaqError):
        read_cases(data.decode(errors="replace").splitlines(), ())


def read_database_address(data: bytes) -> None:
    """DATABASE_URL."""
    with suppress(StoreError):
        read_address(data.decode(errors="replace"), Path("data"))


def redact_line(data: bytes) -> None:
    """A log line, with whatever an exception says in it."""
    said = build_redactor(["0123456789abcdef"])(f"{data.decode(errors='replace')} 0123456789abcdef")
    assert "0123456789abcdef" not in said
    assert not any(character < " " and character not in "\t\n" for character in said)


PARSERS: dict[str, Callable[[bytes], None]] = {
    parser.__name__.removeprefix("read_"): parser
    for parser in (
        read_request,
        read_frame,
        read_value,
        read_question,
        read_markdown,
        read_page,
        read_yaml,
        read_questions_file,
        read_database_address,
        redact_line,
    )
}

MENTION = b'{"type": "event_callback", "event": {"type": "app_mention", "channel": "C1", "ts": "1.1", "text": "x"}}'
EDITED = MENTION.replace(b"}}", b', "subtype": "message_changed", "message": {"ts": "1.0", "user": "U1"}}}')
CLICK = b'{"type": "block_actions", "user": {"id": "U1"}, "actions": [{"action_id": "x", "value": "{}"}]}'

SEEDS: dict[str, list[bytes]] = {
    "request": [
        MENTION,
        EDITED.replace(b"app_mention", b"message"),
        b"command=%2Ffaq&text=why&user_id=U1&channel_id=C1&response_url=https%3A%2F%2Fx",
        b"payload=" + quote_plus(CLICK).encode(),
    ],
    "frame": [
        b'{"type": "events_api", "envelope_id": "e", "payload": ' + MENTION + b"}",
        b'{"type": "disconnect", "reason": "refresh_requested"}',
    ],
    "value": [b'{"e": "why", "a": "U1", "q": "why?", "f": "up"}'],
    "question": [b"when are you open? and who bakes?", b"<@U1> <!channel> <https://x.example|y> &lt;b&gt; :tada:"],
    "markdown": [b"**a** [b](c) `d`\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
                 b"<!channel> <@U1> [x](<!here>)"],
    "page": [b"---\ntitle: FAQ\nalso_asked: {why: [x]}\n---\n\n## Why?\n\nSo.\n"],
    "yaml": [b"a: &x [1]\nb: *x\n", b"question: Why?\nalso_asked: [x, y]\nweight: 1\n"],
    "questions_file": [b'{"text": "why?", "gold": null, "also": [], "kind": "x"}'],
    "database_address": [b"~x/faq.db", b"postgresql://u:p@h/d?sslmode=require", b"host=x dbname='y z'", b"sqlite:///x.db"],
    "redact_line": [b"xoxb-1-2-x wss://x/?ticket=abc postgres://u:p@h/d \x1b[31m"],
}  # fmt: skip
"""What each parser is there for: fuzzers begin with these."""
