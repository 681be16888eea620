"""Find the titles that are set off in a paragraph: bold or italic lines, and lines marked with `Q:`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from markdown_it.token import Token

from bot.faq.markdown.parser import inline_tokens
from bot.faq.page.titles import answer_mark, asks, is_marked, may_ask

_READ = 1_000
"""Characters of a paragraph that are read to find where its emphasis ends."""
_MAX_LINES = 500
_EMPHASIS = ("**", "__", "*", "_", "<u>")
_INLINE_ANSWER = re.compile(r"[?？.!]\W{0,4}(\s(?:[*_]{0,2})(?:A|Answer|答)\s*[:：])")
_DECORATED = re.compile(r"^(?:[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?\s*){1,3}(?=[*_]|Q)")
"""Emoji before emphasis or `Q:`."""
_ODD_MARK = re.compile(
    r"^(?:<a\s[^<>]*>\s*)?(?:\[(?:Q|Question) ?\d{0,3}\]|(\*\*|__)(?:Q|Question) ?\d{0,3}\1)(?:</a>)?[.:]?\s+(?=\S)",
    re.IGNORECASE,
)
"""`[Q]`, or a bold `Q`, where others write `Q:`."""
_NOTE = re.compile(r"(?<=[*_>?？])\[\^[^\]\s]{1,40}\](?=[*_\s]|$)")
"""Footnotes of titles."""
_BREAK = re.compile(r"^\s*(?:<br\s*/?>|\\)\s*", re.IGNORECASE)
_ENDS_A_LINE = re.compile(r"[*_>][ :.\u00a0\\]*(?:\{[:#.][^}\n]*\}[ :.]*)?$", re.MULTILINE)
"""What a line ends with that is emphasised to its end."""


@dataclass(frozen=True, slots=True)
class InlineTitle:
    """A title within a paragraph."""

    kind: str
    """`bold`, `italic` or `q`."""
    source: str
    line: int
    """The line of the paragraph on which it begins."""
    lines: int
    """How many lines it takes."""
    rest: str = ""
    """What stands behind it on its last line."""


def find_inline_titles(content: str) -> Iterator[InlineTitle]:
    """Return the titles in a paragraph, in order."""
    lines = [_bare(line) for line in content.split("\n")[:_MAX_LINES]]
    number = 0
    while number < len(lines):
        lead = None
        if is_marked(lines[number]):
            lead = _marked(lines, number)
        elif lines[number].startswith(_EMPHASIS):
            lead = _emphasised(lines, number)
        if lead:
            yield lead
        number += lead.lines if lead else 1


def _bare(line: str) -> str:
    """Return a line without emoji before it and footnotes of a title, and with `Q:` where it has one of its kin."""
    return _NOTE.sub("", _ODD_MARK.sub("Q: ", _DECORATED.sub("", line)))


def _marked(lines: list[str], number: int) -> InlineTitle:
    """Take the lines of a question that begins with `Q:`, up to its question mark or its answer."""
    taken = [lines[number]]
    found = _INLINE_ANSWER.search(taken[0])
    if found:
        line = taken[0]
        return InlineTitle("q", line[: found.start(1)], number, 1, line[found.start(1) :])
    for line in lines[number + 1 :]:
        if (
            asks(taken[-1].rstrip("*_ "))
            or answer_mark(line, odd=True)
            or is_marked(line)
            or taken[-1].endswith(("  ", "\\", "**", "<br>"))
        ):
            break
        taken.append(line)
    return InlineTitle("q", "\n".join(taken), number, len(taken))


def _emphasised(lines: list[str], number: int) -> InlineTitle | None:
    content = "\n".join(lines[number : number + 8])[:_READ].removeprefix("<u>")
    # Parsing every line of a long page that begins with emphasis takes seconds: what cannot be a title is not parsed.
    if not may_ask(content) and (number or not _ENDS_A_LINE.search(content)):
        return None
    tokens = inline_tokens(content)
    close = _close(tokens)
    if close is None:
        return None
    openings = (token for token in tokens if not _is_padding(token))
    kind = "bold" if any(token.type == "strong_open" for token in islice(openings, 2)) else "italic"
    taken = 1 + sum(token.type in ("softbreak", "hardbreak") for token in tokens[:close])
    end = _source_end(content, tokens[close].markup, close)
    source = content[:end]
    behind = next((token for token in tokens[close + 1 :] if not _is_padding(token)), None)
    if behind is None or behind.type in ("softbreak", "hardbreak"):
        return InlineTitle(kind, source, number, taken) if number == 0 or asks(source) else None
    if number or not asks(source):
        return None
    rest = _BREAK.sub("", content[end:].split("\n", 1)[0]) if end else ""
    return InlineTitle(kind, source, number, taken, rest)


def _close(tokens: list[Token]) -> int | None:
    """Return the number of the token that ends the emphasis with which a paragraph begins."""
    first = next((index for index, token in enumerate(tokens) if not _is_padding(token)), 0)
    if not tokens or tokens[first].type not in ("strong_open", "em_open"):
        return None
    level = tokens[first].level
    return next((i for i in range(first + 1, len(tokens)) if tokens[i].nesting < 0 and tokens[i].level == level), None)


def _source_end(content: str, markup: str, close: int) -> int:
    """Return the position behind the emphasis, by trying each of its possible ends."""
    position = content.find(markup, len(markup))
    for _ in range(12):
        if position < 0:
            break
        end = position + len(markup)
        while content.startswith(markup[0], end):
            end += 1
        tokens = inline_tokens(content[:end])
        if _close(tokens) == close and not any(token.content.strip() for token in tokens[close + 1 :]):
            return end
        position = content.find(markup, end)
    return content.find("\n") if "\n" in content else len(content)


def _is_padding(token: Token) -> bool:
    if token.type == "html_inline":
        return True
    return (token.type == "text" and not token.content.strip(" :.\u00a0")) or bool(
        re.fullmatch(r"\s*\{[:#.][^}]*\}", token.content)
    )
