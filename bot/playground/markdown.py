"""Standard Markdown, as in `markdown` blocks and in FAQ entries, in; safe HTML out: HTML in it is shown as text.

Images come from other hosts, which this page never asks: they are shown as links.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from .links import is_safe, link, local

FIRST_HEADING = 4
"""What is drawn stands below headings of the page."""


def render_markdown(markdown: str) -> Markup:
    """Draw Markdown."""
    parser = _parser()
    tokens = parser.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, FIRST_HEADING + int(token.tag[1]) - 1)}"
        elif style := token.attrs.pop("style", None):
            token.attrSet("class", str(style).removeprefix("text-align:"))  # the page allows no inline styles
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - HTML in the text is escaped


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = is_allowed  # type: ignore[method-assign]
    parser.add_render_rule("link_open", _open_link)
    parser.add_render_rule("image", _image_as_link)
    return parser


def is_allowed(url: str) -> bool:
    """Tell whether a link is drawn as one: web and mail addresses, and places on the FAQ's own page."""
    return is_safe(url) or url.startswith("#")


def _open_link(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    href = str(tokens[idx].attrGet("href") or "")
    if here := local(href):
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
