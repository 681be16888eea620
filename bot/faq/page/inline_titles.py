"""Find the titles that are set off in a paragraph: bold or italic lines, and lines marked with `Q:`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.faq.page.titles import answer_mark, asks, is_marked

_READ = 1_000
"""Characters of a paragraph that are read to find where its emphasis ends."""
_MAX_LINES = 500
_MAX_TITLE_LINES = 8
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?![\s*_])((?:[^\\]|\\.)*?)(?<=[^\s*_\\])(?:\1)(?!\*)(?!(?<=_)\w)", re.DOTALL)
_CODE = re.compile(r"`[^`]*`")
_PADDING = re.compile(r"<[^<>]*>|\{[:#.][^}]*\}|[\s:.\u00a0]|\\$")
"""What may stand behind a title that fills its line."""
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
        elif lines[number].startswith(("*", "_", "<u>")):
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
    content = "\n".join(lines[number : number + _MAX_TITLE_LINES])[:_READ].removeprefix("<u>")
    found = _EMPHASIS.match(_CODE.sub(lambda code: "x" * len(code[0]), content))
    if not found:
        return None
    kind = "bold" if len(found[1]) > 1 or found[2].startswith(("**", "__")) else "italic"
    source, rest = content[: found.end()], content[found.end() :].split("\n", 1)[0]
    taken = 1 + source.count("\n")
    if not _PADDING.sub("", rest):
        return InlineTitle(kind, source, number, taken) if number == 0 or asks(source) else None
    if number or not asks(source):
        return None
    return InlineTitle(kind, source, number, taken, _BREAK.sub("", rest))
