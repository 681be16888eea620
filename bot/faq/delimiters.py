"""A file's text comes in, where its front matter begins and ends goes out; never reads what stands in between.

A page that begins with a rule (`---`) has no front matter, and front matter may be followed by a second block of it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import frontmatter
from frontmatter.default_handlers import BaseHandler

from bot.faq.placeholders import Placeholders, explain_syntax

Form = Literal["", "yaml", "toml", "json"]
"""How front matter is written; empty where there is none."""
OWN_KEYS = frozenset(
    ["question", "also_asked", "section", "weight", "anchor", "url", "date", "draft", "topic", "title", "faq", "faqs"]
)
GENERATOR_KEYS = frozenset([
    "aliases", "author", "authors", "cascade", "categories", "description", "expirydate", "hide_title", "id",
    "images", "keywords", "lang", "last_modified_at", "lastmod", "layout", "license", "linktitle", "menu",
    "params", "permalink", "publishdate", "sidebar_label", "sidebar_position", "slug", "summary", "tags",
    "title", "toc", "type", "updated", "version",
])  # fmt: skip
"""Keys of Hugo, Jekyll, MkDocs and Docusaurus that mean nothing here and may stand beside our own."""

_LIST_KEYS = ("faq", "question", "entries", "q&a", "qa", "qna")
_BLANK = re.compile(r"[\s\ufeff]*")
_KEY = re.compile(r"^[\"']?([\w.-]+?)[\"']?\s*[:=](?=\s|$)", re.MULTILINE)
_JSON_KEY = re.compile(r"\"([\w.-]+)\"\s*:")
_YAML_LINE = re.compile(r"\s|#(?!#)|$|-(?:\s|$)|[\]}]|(?![QqAaFf]:)[\"']?[\w.$@-][^:\n]{0,60}:(?:\s|$)|\{[{%#]")
_MARKDOWN = re.compile(r"[*_>|`+~<]|!?\[[^\]\n]+\]\(|\d+[.)]\s")


class Refused(Exception):  # noqa: N818
    """Front matter that cannot be read at all; `line` counts from 0 in the text at hand."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.text = text


@dataclass(frozen=True, slots=True)
class Block:
    """Where front matter stands, as positions in the text."""

    form: Form
    start: int
    """Its opening mark."""
    head: tuple[int, int]
    """What stands between its marks; JSON's braces are part of it."""
    body: int
    """What follows."""


class _Marked(BaseHandler):
    """Front matter between two lines of marks. Lines are counted from 0 at the first mark."""

    ends: tuple[str, ...]

    def split(self, text: str) -> tuple[str, str]:
        lines = text.split("\n")
        for number, line in enumerate(lines[1:], start=1):
            if line.rstrip() in self.ends:
                return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
        mark = self.START_DELIMITER
        raise Refused(0, f"The front matter begins here but never ends; close it with a line of `{mark}`.")


class _Yaml(_Marked):
    FM_BOUNDARY = re.compile(r"---[^\S\n]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"
    ends = ("---", "...")

    def detect(self, text: str) -> bool:
        return bool(self.FM_BOUNDARY.match(text)) and not self._is_rule(text)

    def _is_rule(self, text: str) -> bool:
        """Return whether the first `---` is a line across a page rather than the mark of front matter."""
        try:
            lines = self.split(text)[0].split("\n")
        except Refused:
            lines = text.split("\n")[1:]
        if any(key.lower() in OWN_KEYS | GENERATOR_KEYS for key in _KEY.findall("\n".join(lines))):
            return False
        told = [line for line in lines if line.strip() and not line.startswith("#")]
        if told and _MARKDOWN.match(told[0]):
            return True
        is_spaced = not lines[0].strip() and any(map(str.strip, lines))
        return is_spaced or (not all(map(_YAML_LINE.match, lines)) and any(not x or x.startswith("#") for x in lines))


class _Toml(_Marked):
    FM_BOUNDARY = re.compile(r"\+\+\+[^\S\n]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"
    ends = ("+++",)


class _Json(BaseHandler):
    # `{` also opens Liquid, Hugo and kramdown marks: JSON's is followed by a quote, its end or a new line.
    FM_BOUNDARY = re.compile(r"\{[^\S\n]*(?:$|\"|\})", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = ""

    def split(self, text: str) -> tuple[str, str]:
        try:
            end = self._end(Placeholders(text).text)
        except json.JSONDecodeError as error:
            try:
                end = self._end(Placeholders(text, rewrite=True, quoted=True).text)
            except json.JSONDecodeError:
                line = text.split("\n")[error.lineno - 1]
                what = explain_syntax("JSON", error.msg, line, "; check quotes, commas and braces")
                raise Refused(error.lineno - 1, what) from error
        return text[:end], text[end:]

    def _end(self, text: str) -> int:
        try:
            return json.JSONDecoder().raw_decode(text)[1]
        except json.JSONDecodeError:
            raise
        except (RecursionError, ValueError) as error:
            raise Refused(0, "The JSON front matter nests too deeply or holds a huge number; simplify it.") from error


_FORMS: Mapping[BaseHandler, Form] = {_Yaml(): "yaml", _Toml(): "toml", _Json(): "json"}


def find_block(text: str, position: int = 0) -> Block | None:
    """Find the front matter that begins at `position`, or below blank lines and comments; None if there is none.

    Raises:
        Refused: it has no end.
    """
    start = _start(text, position)
    rest = text[start:]
    handler = frontmatter.detect_format(rest, _FORMS)
    if handler is None:
        return None
    try:
        head, body = handler.split(rest)
    except Refused as refused:
        raise Refused(text.count("\n", 0, start) + refused.line, refused.text) from refused
    form = _FORMS[handler]
    begin = start if form == "json" else text.index("\n", start) + 1
    return Block(form, start, (begin, begin + len(head)), len(text) - len(body))


def find_further_block(text: str, position: int) -> Block | None:
    """Find a second block of front matter where the body should begin; a rule, or a text between rules, is none."""
    try:
        block = find_block(text, position)
    except Refused:
        return None
    if block is None:
        return None
    head = text[slice(*block.head)]
    keys = keys_of(block, text)
    is_shaped = block.form != "yaml" or (head.strip("\n") == head and all(map(_YAML_LINE.match, head.split("\n"))))
    is_word = len(keys) == 1 and keys[0].lower() not in OWN_KEYS | GENERATOR_KEYS and not keys[0][0].islower()
    return block if is_shaped and keys and not is_word else None


def keys_of(block: Block, text: str) -> list[str]:
    """Return the keys of a block, read by eye: it may hold more than its parser takes."""
    return (_JSON_KEY if block.form == "json" else _KEY).findall(text[slice(*block.head)])


def holds_items(key: object) -> bool:
    """Return whether a key's name speaks of questions."""
    return isinstance(key, str) and any(name in key.lower() for name in _LIST_KEYS)


def is_of_entry(head: str) -> bool:
    """Return whether front matter makes its file an entry or a signpost, by its keys."""
    return not {"question", "topic"}.isdisjoint(_KEY.findall(head))


def means_nothing(key: str, *, in_entry: bool) -> bool:
    """Return whether a key means nothing here: in a page most do, in an entry or a signpost those of generators.

    A `date` says how old an answer is, and is not worth a refusal.
    """
    name = key.lower()
    if name in OWN_KEYS - {"date"} or holds_items(name):
        return False
    return name in GENERATOR_KEYS | {"date"} or not in_entry


def find_key(head: str, line: int) -> tuple[str, int, int] | None:
    """Return the key at the margin whose value holds `line`, with where it begins and ends in `head`."""
    place = sum(len(each) + 1 for each in head.split("\n")[:line])
    found = list(_KEY.finditer(head))
    begun = [number for number, key in enumerate(found) if key.start() <= place]
    if not begun:
        return None
    last = begun[-1]
    end = found[last + 1].start() if last + 1 < len(found) else len(head)
    return found[last][1], found[last].start(), end


def _start(text: str, position: int) -> int:
    """Pass over blank lines and comments: licence headers stand above the front matter of some pages."""
    while True:
        blank = _BLANK.match(text, position)
        position = blank.end() if blank else position
        end = text.find("-->", position)
        if not text.startswith("<!--", position) or end < 0:
            return position
        position = end + 3
