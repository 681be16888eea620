"""Texts in, shorter ones or several of them out. No cut goes through a link or an escape, and cut code is closed."""

import re

from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark")
_WHOLE_IN_MRKDWN = re.compile(r"<[^<>\n]+>|&(?:amp|lt|gt);")
_WHOLE_IN_MARKDOWN = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?:[^()]|\([^()]*\))*\)|(?<!`)(`{1,2})(?!`)[^\n]+?(?<!`)\1(?!`)|<[^<>\s]+>|https?://\S+"
)
_FENCE = "```"
_CLOSED = f"\n{_FENCE}"


def cut(text: str, limit: int, mark: str = "…") -> str:
    """Shorten plain text or mrkdwn to at most `limit` characters, at the end of a sentence if one is near."""
    if len(text) <= limit:
        return text
    head, is_sentence = _head(text, limit - len(mark) - 1, _WHOLE_IN_MRKDWN)
    if head.count(_FENCE) % 2 and limit > 2 * len(_CLOSED):
        head, _ = _head(text, limit - len(mark) - len(_CLOSED) - 1, _WHOLE_IN_MRKDWN)
        return (_whole_lines(head) + _CLOSED if head.count(_FENCE) % 2 else head) + mark
    return f"{head} {mark}".rstrip() if is_sentence else head + mark


def split_mrkdwn(text: str, limit: int) -> list[str]:
    """Cut mrkdwn into parts of at most `limit` characters, between paragraphs, lines or words; code goes on as code."""
    parts = []
    while len(text) > limit:
        head = _part(text, limit - len(_CLOSED))
        rest = text[len(head) :].lstrip("\n ")
        is_open = head.count(_FENCE) % 2 == 1
        parts.append(head.rstrip() + (_CLOSED if is_open else ""))
        text = f"{_FENCE}\n{rest}" if is_open else rest
    return [*parts, text] if text.strip() else parts


def cut_markdown(markdown: str, limit: int, mark: str) -> str:
    """Shorten Markdown like `cut`; a block of code that the cut would leave open is closed with its own fence."""
    if len(markdown) <= limit:
        return markdown
    room = max(0, limit - len(mark) - 1)
    head, _ = _head(markdown, room, _WHOLE_IN_MARKDOWN)
    if close := _closing(head):
        head, _ = _head(markdown, max(0, room - len(close)), _WHOLE_IN_MARKDOWN)
        whole = _whole_lines(head)
        return whole + (_closing(whole) or _closing(head)) + mark
    return f"{head} {mark}"


def cut_to_paragraphs(markdown: str, limit: int, mark: str) -> str:
    """Shorten Markdown to its first paragraphs, lists and blocks of code, or within the first if that is too long."""
    starts = [0, *(found.end() for found in re.finditer("\n", markdown)), len(markdown)]
    blocks = [token.map[1] for token in _PARSER.parse(markdown) if token.level == 0 and token.map]
    ends = [starts[min(line, len(starts) - 1)] for line in blocks]
    heads = [head for end in ends if len(head := markdown[:end].rstrip()) <= limit - len(mark) - 2]
    while len(heads) > 1 and heads[-1].endswith(":"):  # what it leads to is cut off
        heads.pop()
    return f"{heads[-1]}\n\n{mark}" if heads and len(heads[-1]) > limit // 3 else cut_markdown(markdown, limit, mark)


def _head(text: str, room: int, whole: re.Pattern[str]) -> tuple[str, bool]:
    """Return the beginning that fits, and whether it ends with a sentence or a paragraph."""
    room = max(0, room)
    spans = [found.span() for found in whole.finditer(text[: room + 2000])]

    def is_between(at: int) -> bool:
        return not any(start < at < end for start, end in spans)

    end = next((start for start, end in spans if start < room < end), room)
    end = end or room  # a link longer than all the room
    head = text[:end]
    sentences = [at for found in re.finditer(r"[.!?。！？](?=\s)|\n\n", head) if is_between(at := found.end())]
    if sentences and sentences[-1] > room // 2:
        return head[: sentences[-1]].rstrip(), True
    gaps = [at for found in re.finditer(r"\s", text[: end + 1]) if is_between(at := found.start())]
    return (head[: gaps[-1]] if gaps and gaps[-1] > room // 2 else head).rstrip(), False


def _whole_lines(head: str) -> str:
    """Leave out the last line of code, of which a part may be missing: half a command does something else."""
    above, _, _ = head.rpartition("\n")
    return above if len(above) > len(head) // 2 else head


def _part(text: str, room: int) -> str:
    spans = [found.span() for found in _WHOLE_IN_MRKDWN.finditer(text[: room + 2000])]
    end = next((start for start, end in spans if start < room < end), room) or room
    for gap in ("\n\n", "\n", " "):
        places = [found.start() for found in re.finditer(gap, text[:end])]
        good = [at for at in places if at > room // 2 and not any(start < at < stop for start, stop in spans)]
        if good:
            return text[: good[-1]]
    return text[:end]


def _closing(head: str) -> str:
    """Return the line that closes the block of code in which Markdown ends, if it does."""
    tokens = [token for token in _PARSER.parse(head) if token.type == "fence"]
    if not tokens or tokens[-1].map is None or tokens[-1].map[1] < len(head.splitlines()):
        return ""
    first, *_, last = head.splitlines()[tokens[-1].map[0] : tokens[-1].map[1]] * 2
    indent = first[: len(first) - len(first.lstrip())]
    is_closed = last.strip() == tokens[-1].markup and last is not first
    return "" if is_closed else f"\n{indent}{tokens[-1].markup}\n"
