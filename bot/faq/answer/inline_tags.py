"""Reduce tags in running text to what they are in Markdown: bold, code, a link, a break, or nothing."""

import html
import re

from bot.faq.answer.link_targets import Links
from bot.faq.markdown import Tag, parse_tag

_MARKUP = {"b": "**", "strong": "**", "i": "*", "em": "*", "del": "~~", "s": "~~", "strike": "~~", "q": '"'}
_CODE = frozenset(["code", "kbd", "samp", "tt", "var"])
_BREAKS = frozenset(["p", "div", "li", "tr", "ul", "ol", "table", "dt", "dd", "section"])
_DROPPED = frozenset([
    "span", "font", "small", "big", "mark", "abbr", "ins", "sub", "sup", "u", "cite", "dfn", "p", "div", "li", "tr",
    "td", "th", "ul", "ol", "table", "tbody", "thead", "dl", "dt", "dd", "section", "center", "details", "summary",
    "figure", "figcaption", "picture", "source", "input", "label", "button", "form", "hr", "wbr", "nobr", "address",
    "article", "aside", "footer", "header", "main", "nav", "time", "track", "video", "audio", "iframe", "embed",
    "object", "script", "style", "svg", "path", "g", "col", "colgroup", "caption", "blockquote", "bdi", "bdo", "h1",
    "h2", "h3", "h4", "h5", "h6", "body", "html", "head", "meta", "link", "noscript", "template", "slot", "ruby",
    "rt", "rp", "canvas", "map", "area", "fieldset", "legend", "select", "option",
])  # fmt: skip
"""Tags that go; what they hold stays."""


class InlineTags:
    """Reduces the tags of one text."""

    def __init__(self, links: Links, text: str, *, in_link: bool, in_table: bool) -> None:
        self._links = links
        self._text = text
        self._in_link = in_link
        self._in_table = in_table
        self._open_links: list[str] = []
        self._closing = {found[1].lower() for found in re.finditer(r"</([A-Za-z][\w.:-]*)", text)}

    def reduce(self, start: int) -> tuple[str, int]:
        """Return what stands for the tag at `start` and the position behind it."""
        tag = parse_tag(self._text, start)
        if tag is None:
            fragment = re.compile(r"</?>").match(self._text, start)
            return ("", fragment.end()) if fragment else ("<", start + 1)
        name = tag.name.lower()
        if name == "br":
            return self._line_break(tag.end)
        if name in _CODE and not tag.closing:
            return self._code(tag, name)
        return self._text_for(tag, name, start), tag.end

    def _text_for(self, tag: Tag, name: str, start: int) -> str:
        if name == "img":
            return self._image(tag)
        if name == "a":
            return self._anchor(tag)
        if name in _MARKUP:
            return _MARKUP[name] if name in self._closing else ""
        if name in _DROPPED:
            return "\n" if tag.closing and name in _BREAKS and not self._in_table else ""
        return self._unknown(tag, start)

    def _line_break(self, end: int) -> tuple[str, int]:
        if self._in_table or self._in_link:
            return " ", end
        rest = re.compile(r"[ \t]*\n?").match(self._text, end)
        return "  \n", rest.end() if rest else end

    def _image(self, tag: Tag) -> str:
        alt = " ".join((tag.attributes.get("alt") or tag.attributes.get("title", "")).split())
        source = None if self._in_link else self._links.absolute(tag.attributes.get("src", ""))
        return f"[{alt or 'image'}]({source})" if source else alt

    def _anchor(self, tag: Tag) -> str:
        if tag.closing:
            address = self._open_links.pop() if self._open_links else ""
            return f"]({address})" if address else ""
        target = self._links.absolute(tag.attributes.get("href", "")) if not self._in_link else None
        if tag.empty or "a" not in self._closing:
            return ""
        self._open_links.append(target or "")
        return "[" if target else ""

    def _code(self, tag: Tag, name: str) -> tuple[str, int]:
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._text, tag.end, tag.end + 2_000)
        if closing is None:
            return "", tag.end
        inside = html.unescape(re.sub(r"<[^<>]{0,200}>", "", self._text[tag.end : closing.start()]))
        inside = " ".join(inside.split())
        return (f"`{inside}`" if inside and "`" not in inside else inside), closing.end()

    def _unknown(self, tag: Tag, start: int) -> str:
        """Drop a component, but keep a placeholder such as `<your-name>`, which no author knows for a tag."""
        used = tag.closing or tag.empty or tag.attributes or tag.name.lower() in self._closing
        return "" if used else "\\" + self._text[start : tag.end]
