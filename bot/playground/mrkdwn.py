"""Slack's own markup (mrkdwn) in, safe HTML out. Whatever is not markup is text; no text can become HTML.

Source: https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from .emoji import EMOJI
from .links import link

DEEPEST = 4
"""Marks within marks; what lies deeper is shown as it was typed."""

_PRE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
# The lengths are bounded so that a text of nothing but marks costs no more than any other.
_INLINE = re.compile(
    r"`(?P<code>[^`\n]{1,2000})`"
    r"|<(?P<token>[^<>\n]{1,4000})>"
    r"|(?<![\w*])\*(?=[^\s*])(?P<bold>[^\n*]{1,1000})(?<=\S)\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<italic>[^\n]{1,400}?)(?<=\S)_(?![\w_])"
    r"|(?<![\w~])~(?=[^\s~])(?P<strike>[^\n~]{1,1000})(?<=\S)~(?![\w~])"
    r"|:(?P<emoji>[a-z0-9_+'-]{1,60}):"
)
_TAGS = {"bold": "strong", "italic": "em", "strike": "s"}


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what stands behind the ids in a text."""

    person: Callable[[str], str]
    channel: Callable[[str], str]


def render_mrkdwn(text: str, names: Names) -> Markup:
    """Draw a whole text: code blocks, quotes, lines."""
    pieces = []
    for number, piece in enumerate(_PRE.split(text)):
        if number % 2:
            pieces.append(Markup("<pre><code>{}</code></pre>").format(_plain_token_text(piece)))
        elif piece.strip():
            pieces.append(_lines(piece.strip("\n"), names))
    return Markup("").join(pieces)


def render_plain(text: str) -> Markup:
    """Draw plain text: line ends and the names of emoji count, nothing else."""
    return Markup("<br>").join(_with_emoji(line) for line in text.split("\n"))


def render_token(token: str, names: Names) -> Markup:
    """Draw one `<@U...>`, `<#C...>` or `<!here>`."""
    return _inline(token, names)


def unescape(text: str) -> str:
    """Undo Slack's three escapes, the ampersand last."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _lines(text: str, names: Names) -> Markup:
    """Draw lines, those that begin with `>` as quotes."""
    parts: list[tuple[bool, list[str]]] = []
    for line in text.split("\n"):
        quoted = bool(_QUOTE.match(line))
        if not parts or parts[-1][0] != quoted:
            parts.append((quoted, []))
        parts[-1][1].append(_QUOTE.sub("", line) if quoted else line)
    return Markup("").join(_block(quoted, lines, names) for quoted, lines in parts)


def _block(quoted: bool, lines: list[str], names: Names) -> Markup:
    tag = "blockquote" if quoted else "p"
    drawn = Markup("<br>").join(_inline(line, names) for line in lines)
    return Markup("<{}>{}</{}>").format(tag, drawn, tag)


def _inline(text: str, names: Names, depth: int = 0) -> Markup:
    pieces, end = [], 0
    for found in _INLINE.finditer(text):
        pieces += [escape(unescape(text[end : found.start()])), _mark(found, names, depth)]
        end = found.end()
    return Markup("").join([*pieces, escape(unescape(text[end:]))])


def _mark(found: re.Match[str], names: Names, depth: int) -> Markup:
    kind, inner = str(found.lastgroup), found[str(found.lastgroup)]
    if kind == "code":
        return Markup("<code>{}</code>").format(_plain_token_text(inner))
    if kind == "token":
        return _token(inner, names)
    if kind == "emoji":
        return escape(EMOJI.get(inner, found[0]))
    if depth >= DEEPEST:
        return escape(unescape(found[0]))
    tag = _TAGS[kind]
    return Markup("<{}>{}</{}>").format(tag, _inline(inner, names, depth + 1), tag)


def _token(token: str, names: Names) -> Markup:
    """Draw what stands between angle brackets: somebody, a channel, all, a date, a link."""
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return _mention(f"@{names.person(target[1:])}")
    if target.startswith("#"):
        return _mention(f"#{unescape(label) or names.channel(target[1:])}")
    if target.startswith("!"):
        return _mention(_special(target[1:], unescape(label)))
    shown = unescape(label) or unescape(target).removeprefix("mailto:")
    return link(unescape(target), _with_emoji(shown))


def _special(name: str, label: str) -> str:
    word = name.partition("^")[0]
    return label or (f"@{word}" if word in ("channel", "here", "everyone") else name)


def _mention(name: str) -> Markup:
    return Markup('<span class="mention">{}</span>').format(name)


def _with_emoji(text: str) -> Markup:
    return escape(re.sub(r":([a-z0-9_+'-]{1,60}):", lambda found: EMOJI.get(found[1], found[0]), text))


def _plain_token_text(text: str) -> str:
    """Give the text of code, where Slack still marks links: `<https://x>` is shown as https://x."""
    return unescape(re.sub(r"<(https?://[^<>|]+)(?:\|([^<>]*))?>", lambda found: found[2] or found[1], text))
