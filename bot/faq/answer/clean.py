"""Clean the lines of an answer as they stand on a page; code is left as it is."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from bot.faq.answer.inline import Inline
from bot.faq.markdown import CLOSE, OPEN, Wrapper, normalize, parse_blocks

MAX_PARAGRAPH = 50_000
"""Characters: what is longer is no text that somebody wrote, and stays as it is."""
_SITE_LINE = re.compile(
    r"\s*(?:\[TOC\]|\[\[_?toc_?\]\]|\{:[^}]*\}|[-*]\s+(?:TOC|Table of contents)|-{2}8<-{2}.*|\[//\]:.*|:{3,}|\+\+\+"
    r"|\*\[[^\]\n]{1,80}\]:.*|\([\w:.-]+\)=|:{3}(?:zone|moniker|row|column)\b.*|\{\{<\s*/?\s*(?:toc|tabs?|br)\s*>\}\})\s*$",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]+\]:\s*\S")
_MAX_TO_TOP = 200
_TO_TOP = re.compile(
    r"\W*\[[^\w\]]*(?:(?:go )?back |return |jump )?(?:to )?(?:the )?"
    r"(?:top|contents|toc|index|list|table of contents|up)[^\w\]]*\]\([^)\n]*\)\W*$",
    re.IGNORECASE,
)
_BACK = re.compile(r"[ \t]?\[[^\w\s\[\]`]{1,3}\]\([^()\s]{0,500}#[^()\s]{0,200}\)")
"""Arrows back, and signs to copy a heading's address by."""
_FENCE = re.compile(r"(\s*)(`{3,}|~{3,})\s*(.*)$")
_DIRECTIVE = re.compile(r"(\s*)(?:`{3,}|~{3,})\{(literalinclude|include|contents|toctree|image|figure)\}(.*)$")
"""Directives of MyST that show what stands elsewhere."""
_DEFINED = re.compile(r" {0,3}:[ \t]+(?=\S)")
_TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
_QUOTED_CALLOUT = re.compile(r"(\s*(?:>\s*)+)\[!(\w+)\][+-]?[ \t]*(.*)$")


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Cleans the answers of one page."""

    inline: Inline
    wrappers: Sequence[Wrapper] = ()
    """Those whose numbers the marks in the lines carry."""

    def clean(self, lines: Sequence[str]) -> str:
        """Return the answer that `lines` hold."""
        lines = [line for part in lines for line in self._unwrapped(part)]
        tokens, _ = parse_blocks("\n".join(lines))
        code = [tuple(t.map) for t in tokens if t.type in ("fence", "code_block") and t.map]
        rules = {t.map[0] for t in tokens if t.type == "hr" and t.map}
        pieces: list[str] = []
        position = 0
        for start, end in code:
            pieces.extend(self._text(lines[position:start], position, rules))
            pieces.extend(self._code(lines[start:end]))
            position = max(position, end)
        pieces.extend(self._text(lines[position:], position, rules))
        return _trimmed(pieces)

    def _unwrapped(self, line: str) -> Iterator[str]:
        """Turn a wrapper's mark into its title, or into nothing."""
        mark = line.lstrip()[:1]
        if mark not in (OPEN, CLOSE) or not mark:
            yield line
            return
        wrapper = self.wrappers[int(line.lstrip()[1:])]
        yield ""
        if mark == OPEN and wrapper.title:
            title = " ".join(wrapper.title.lstrip("#").replace("**", "").split())
            yield line[: len(line) - len(line.lstrip())] + f"**{title}**"
            yield ""

    def _text(self, lines: Sequence[str], first: int, rules: Set[int]) -> Iterator[str]:
        """Clean the lines between code, one run of lines without a gap at a time."""
        run: list[str] = []
        for number, line in enumerate(lines, start=first):
            if not line.strip() or number in rules or _SITE_LINE.match(line) or _DEFINITION.match(line):
                yield from self._run(run)
                yield "***" if number in rules else ""
                run = []
            else:
                run.append(line)
        yield from self._run(run)

    def _run(self, run: list[str]) -> Iterator[str]:
        if not run:
            return
        text = "\n".join(_defined([_callout(line) for line in run]))
        if len(text) > MAX_PARAGRAPH:
            yield from run
            return
        in_table = len(run) > 1 and "|" in run[0] and bool(_TABLE_RULE.match(run[1].strip()))
        cleaned = _BACK.sub("", self.inline.clean(text, in_table=in_table))
        for line in cleaned.split("\n"):
            if len(line) > _MAX_TO_TOP or not _TO_TOP.match(line):
                yield line

    def _code(self, lines: Sequence[str]) -> Iterator[str]:
        """Return a block of code, or the picture that a directive in the form of one shows."""
        directive = _DIRECTIVE.match(lines[0])
        if directive is None:
            yield from _code(lines)
        elif directive[2] in ("image", "figure"):
            yield self.inline.clean(f"{directive[1]}![]({directive[3].strip()})")


def _defined(lines: Sequence[str]) -> list[str]:
    """Write the terms of a definition list before what defines them, on one line."""
    written: list[str] = []
    for line, above in zip(lines, ("", *lines), strict=False):
        definition = _DEFINED.match(line)
        if definition and above and not _DEFINED.match(above):
            written[-1] = f"{written[-1].rstrip()}: {line[definition.end() :]}"
        else:
            written.append(line[definition.end() :] if definition else line)
    return written


def _code(lines: Sequence[str]) -> Iterator[str]:
    """Return a block of code with nothing but the language behind its fence, and with an end."""
    fence = _FENCE.match(lines[0])
    if not fence:
        yield from lines
        return
    language = re.search(r"[\w+#-]+", fence[3].replace("code-block", "").replace("code-cell", ""))
    yield f"{fence[1]}{fence[2]}{language[0] if language else ''}"
    yield from lines[1:]
    if len(lines) == 1 or not lines[-1].strip().startswith(fence[2]):
        yield f"{fence[1]}{fence[2]}"


def _callout(line: str) -> str:
    """Write the first line of GitHub's and Obsidian's callouts as bold text."""
    found = _QUOTED_CALLOUT.match(line)
    return f"{found[1]}**{found[3].strip() or found[2].capitalize()}**  " if found else line


def _trimmed(lines: Sequence[str]) -> str:
    """Join the lines without rules at either end, without lines that end in space, and with single gaps."""
    kept: list[str] = []
    fence = ""
    for line in lines:
        opened = _FENCE.match(line)
        if fence:
            fence = "" if line.strip().startswith(fence) and not line.strip(" `~") else fence
        elif opened:
            fence = opened[2]
        elif not line.strip() and (not kept or not kept[-1].strip()):
            continue
        kept.append(line if fence or (line.endswith("  ") and line.strip()) else line.rstrip())
    while kept and kept[-1].strip() in ("", "***"):
        kept.pop()
    while kept and kept[0].strip() in ("", "***"):
        kept.pop(0)
    return "\n".join(kept).rstrip()


def clean_text(text: str, inline: Inline) -> str:
    """Clean an answer that is a text of its own."""
    page = normalize(text)
    return Cleaner(inline, page.wrappers).clean(page.lines)
