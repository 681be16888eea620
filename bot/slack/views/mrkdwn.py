"""Markdown in, Slack's own markup (mrkdwn) out. Slack's dialect knows no headings,
tables or nested emphasis, so these become bold lines, rows and plain text. Posts nothing.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_MENTION = re.compile(r"<(?=[@#][A-Z0-9]|!(?:here|channel|everyone|group|subteam|date)\b)", re.IGNORECASE)
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def escape(text: str) -> str:
    """Make text harmless: none of it can be a mention, a link or markup of Slack's.

    Source: https://docs.slack.dev/messaging/formatting-message-text/#escaping
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_mentions(markdown: str) -> str:
    """Make mentions harmless in a text for a `markdown` block, and nothing else: no author of an FAQ calls a channel.

    Slack does not say whether that block reads `<!channel>` as a mention; to CommonMark it is text.
    """
    return _MENTION.sub("&lt;", markdown)


def quote(text: str) -> str:
    """Quote what somebody typed, line by line: none of it comes back as a mention, a link or markup."""
    plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return "\n".join(f"> {escape(line)}" for line in plain.splitlines() or [""])


@lru_cache(maxsize=1_000)  # the same answers over and over; each is a few kilobytes
def to_mrkdwn(markdown: str) -> str:
    """Render Markdown as Slack mrkdwn; HTML in it comes out as the text it is."""
    return _blocks(SyntaxTreeNode(_PARSER.parse(markdown))).strip()


def _blocks(node: SyntaxTreeNode, gap: str = "\n\n") -> str:
    rendered = (_block(child) for child in node.children)
    return gap.join(text for text in rendered if text)


def _block(node: SyntaxTreeNode) -> str:
    render = _BLOCKS.get(node.type)
    return render(node) if render else _blocks(node)


def _heading(node: SyntaxTreeNode) -> str:
    return f"*{_inline(node).replace('*', '')}*"


def _code(node: SyntaxTreeNode) -> str:
    code = escape(node.content).rstrip().replace("```", "ˋˋˋ")  # mrkdwn has one fence only, which would end here
    return f"```\n{code}\n```"


def _quote(node: SyntaxTreeNode) -> str:
    return "\n".join(f"> {line}" for line in _blocks(node).splitlines())


def _list(node: SyntaxTreeNode) -> str:
    first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    lines = []
    for place, item in enumerate(node.children):
        bullet = "•" if first is None else f"{first + place}."
        lines.append(f"{bullet} " + _blocks(item, gap="\n").replace("\n", "\n    "))
    return "\n".join(lines)


def _table(node: SyntaxTreeNode) -> str:
    rows = [row for part in node.children for row in part.children]
    lines = [" | ".join(_inline(cell) for cell in row.children) for row in rows]
    return "\n".join([f"*{lines[0]}*", *lines[1:]])


def _inline(node: SyntaxTreeNode) -> str:
    render = _INLINES.get(node.type)
    return render(node) if render else "".join(_inline(child) for child in node.children)


def _wrapped(mark: str) -> Callable[[SyntaxTreeNode], str]:
    def render(node: SyntaxTreeNode) -> str:
        inner = "".join(_inline(child) for child in node.children)
        return f"{mark}{inner}{mark}" if inner.strip() else inner

    return render


def _link(node: SyntaxTreeNode) -> str:
    address = str(node.attrs.get("href") or node.attrs.get("src") or "")
    label = "".join(_inline(child) for child in node.children) or escape(node.content)
    if not address.startswith(("https://", "http://", "mailto:")):
        return label
    address = escape(address).replace("|", "%7C")
    return f"<{address}|{label.replace('|', '¦')}>" if label else f"<{address}>"


def _text(node: SyntaxTreeNode) -> str:
    return escape(node.content)


_BLOCKS: dict[str, Callable[[SyntaxTreeNode], str]] = {
    "heading": _heading,
    "paragraph": _inline,
    "inline": _inline,
    "fence": _code,
    "code_block": _code,
    "blockquote": _quote,
    "bullet_list": _list,
    "ordered_list": _list,
    "table": _table,
    "hr": lambda _: "───",
    "html_block": _text,
}
_INLINES: dict[str, Callable[[SyntaxTreeNode], str]] = {
    "text": _text,
    "html_inline": _text,
    "code_inline": lambda node: f"`{escape(node.content.replace('`', 'ˋ'))}`",  # mrkdwn has no other quotes for code
    "strong": _wrapped("*"),
    "em": _wrapped("_"),
    "s": _wrapped("~"),
    "link": _link,
    "image": _link,
    "softbreak": lambda _: " ",
    "hardbreak": lambda _: "\n",
}
