"""Slack's mrkdwn and standard Markdown in, safe HTML out. Whatever is not markup is text; no text can become HTML.

Only web and mail addresses can be followed. Images come from other hosts, which this page never asks: they are shown as
links. Source: https://docs.slack.dev/messaging/formatting-message-text
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from bot.emulator import TEAM_DOMAIN

SAFE = ("http", "https", "mailto")
FIRST_HEADING = 4
"""What is drawn stands below headings of the page."""
DEEPEST = 4
"""Marks within marks; what lies deeper is shown as it was typed."""

_PERMALINK = re.compile(
    rf"https://{TEAM_DOMAIN}\.slack\.com/archives/(?P<channel>[A-Z0-9]+)/p(?P<s>\d+)(?P<f>\d{{6}})"
    r"(?:\?thread_ts=(?P<thread>[0-9.]+).*)?"
)
_PRE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
# The lengths are bounded so that a text of nothing but marks costs no more than any other.
_INLINE = re.compile(
    r"`(?P<code>[^`\n]{1,2000})`"
    r"|<(?P<token>[^<>\n]{1,4000})>"
    r"|(?<![\w*])\*(?=[^\s*])(?P<strong>[^\n*]{1,1000})(?<=\S)\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<em>[^\n]{1,400}?)(?<=\S)_(?![\w_])"
    r"|(?<![\w~])~(?=[^\s~])(?P<s>[^\n~]{1,1000})(?<=\S)~(?![\w~])"
    r"|(?P<emoji>:[a-z0-9_+'-]{1,60}:)"
)


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what stands behind the ids in a text."""

    person: Callable[[str], str]
    channel: Callable[[str], str]


def is_safe(url: str) -> bool:
    """Return whether an address may be followed."""
    try:
        return urlsplit(url.strip()).scheme.lower() in SAFE
    except ValueError:
        return False


def link(url: str, shown: Markup) -> Markup:
    """Build a link; it opens beside the chat, unless it leads to a place in it."""
    if here := _local(url):
        return Markup('<a href="{}" data-go>{}</a>').format(here, shown)
    if not is_safe(url):
        return escape(shown)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, shown)


def render_markdown(markdown: str) -> Markup:
    """Draw standard Markdown, as in `markdown` blocks and in FAQ entries."""
    parser = _parser()
    tokens = parser.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, FIRST_HEADING + int(token.tag[1]) - 1)}"
        elif style := token.attrs.pop("style", None):
            token.attrSet("class", str(style).removeprefix("text-align:"))  # the page allows no inline styles
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - HTML in the text is escaped


def render_mrkdwn(text: str, names: Names) -> Markup:
    """Draw a whole text in Slack's markup: code blocks, quotes, lines."""
    pieces = []
    for number, piece in enumerate(_PRE.split(text)):
        if number % 2:
            pieces.append(Markup("<pre><code>{}</code></pre>").format(_text_of_code(piece)))
        elif piece.strip():
            pieces += _paragraphs(piece.strip("\n"), names)
    return Markup("").join(pieces)


def render_plain(text: str) -> Markup:
    """Draw plain text: line ends and the names of emoji count, nothing else."""
    return Markup("<br>").join(_with_emoji(line) for line in text.split("\n"))


def unescape(text: str) -> str:
    """Undo Slack's three escapes, the ampersand last."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: is_safe(url) or url.startswith("#")  # type: ignore[method-assign]
    parser.add_render_rule("link_open", _open_link)
    parser.add_render_rule("image", _image_as_link)
    return parser


def _open_link(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    href = str(tokens[idx].attrGet("href") or "")
    if here := _local(href):
        tokens[idx].attrSet("href", here)
        tokens[idx].attrSet("data-go", "")
    elif is_safe(href):
        tokens[idx].attrSet("target", "_blank")
        tokens[idx].attrSet("rel", "noopener noreferrer")
    return self.renderToken(tokens, idx, options, env)


def _image_as_link(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    token = tokens[idx]
    shown = self.renderInlineAsText(token.children or [], options, env) or "image"
    return str(link(str(token.attrGet("src") or ""), escape(f"🖼 {shown}")))


def _local(url: str) -> str | None:
    """Return the place on this page that a permalink of this workspace leads to."""
    found = _PERMALINK.fullmatch(url)
    if not found:
        return None
    ts = f"{found['s']}.{found['f']}"
    return f"/?in={found['channel']}&thread={found['thread'] or ts}#m-{ts}"


def _paragraphs(text: str, names: Names) -> list[Markup]:
    """Draw lines, those that begin with `>` as quotes."""
    parts: list[tuple[str, list[Markup]]] = []
    for line in text.split("\n"):
        tag = "blockquote" if _QUOTE.match(line) else "p"
        if not parts or parts[-1][0] != tag:
            parts.append((tag, []))
        parts[-1][1].append(_inline(line if tag == "p" else _QUOTE.sub("", line), names))
    return [Markup("<{}>{}</{}>").format(tag, Markup("<br>").join(lines), tag) for tag, lines in parts]


def _inline(text: str, names: Names, depth: int = 0) -> Markup:
    pieces, end = [], 0
    for found in _INLINE.finditer(text):
        pieces += [escape(unescape(text[end : found.start()])), _mark(found, names, depth)]
        end = found.end()
    return Markup("").join([*pieces, escape(unescape(text[end:]))])


def _mark(found: re.Match[str], names: Names, depth: int) -> Markup:
    kind, inner = str(found.lastgroup), found[str(found.lastgroup)]
    if kind == "code":
        return Markup("<code>{}</code>").format(_text_of_code(inner))
    if kind == "token":
        return _token(inner, names)
    if kind == "emoji":
        return _with_emoji(inner)
    if depth >= DEEPEST:
        return escape(unescape(found[0]))
    return Markup("<{}>{}</{}>").format(kind, _inline(inner, names, depth + 1), kind)


def _token(token: str, names: Names) -> Markup:
    """Draw what stands between angle brackets: somebody, a channel, all, a date, a link."""
    target, _, label = (unescape(part) for part in token.partition("|"))
    mention = {"@": lambda: f"@{names.person(target[1:])}", "#": lambda: f"#{label or names.channel(target[1:])}"}
    mention["!"] = lambda: label or _special(target[1:])
    if target[:1] in mention:
        return Markup('<span class="mention">{}</span>').format(mention[target[:1]]())
    return link(target, _with_emoji(label or target.removeprefix("mailto:")))


def _special(name: str) -> str:
    word = name.partition("^")[0]
    return f"@{word}" if word in ("channel", "here", "everyone") else name


def _text_of_code(text: str) -> str:
    """Return the text of code, where Slack still marks links: `<https://x>` is shown as https://x."""
    return unescape(re.sub(r"<(https?://[^<>|]+)(?:\|([^<>]*))?>", lambda found: found[2] or found[1], text))


def _with_emoji(text: str) -> Markup:
    return escape(re.sub(r":([a-z0-9_+'-]{1,60}):", lambda found: _load_emoji().get(found[1], found[0]), text))


@cache
def _load_emoji() -> dict[str, str]:
    """Load the names that people use in such chats; others are shown as they are."""
    known: dict[str, str] = json.loads(files("bot.playground").joinpath("emoji.json").read_text(encoding="utf-8"))
    return known
