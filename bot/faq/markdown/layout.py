"""Lay out the lines of a page with marks for the wrappers around them. Reads no syntax.

A wrapper's content is set in on most pages, which a Markdown parser would take for code: here it moves to the place
where its wrapper begins.
"""

from dataclasses import dataclass

from bot.faq.markdown.parser import CLOSE, OPEN
from bot.faq.markdown.wrappers import CODE, Opening, Wrapper


@dataclass(slots=True)
class Open:
    """A wrapper that is not closed yet."""

    number: int
    opening: Opening
    indent: int
    """Where its opening stands in the page as written."""
    column: int
    """Where its content goes."""
    base: int | None = None
    """Where its content begins in the page as written, once known."""

    @property
    def is_code(self) -> bool:
        """Return whether its content is code."""
        return self.opening.wrapper.kind == CODE


class Layout:
    """Collects the lines of a page and knows the wrappers that are open."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.origins: list[int] = []
        self.wrappers: list[Wrapper] = []
        self.open: list[Open] = []
        self.origin = 0
        """The line of the page as written that is being read."""

    @property
    def innermost(self) -> Open | None:
        """Return the wrapper opened last."""
        return self.open[-1] if self.open else None

    def begin(self, opening: Opening, indent: int) -> None:
        """Open a wrapper that stands `indent` columns in."""
        column = self._column(indent)
        self.open.append(Open(len(self.wrappers), opening, indent, column))
        self.wrappers.append(opening.wrapper)
        innermost = self.open[-1]
        mark = f"```{opening.wrapper.title}" if innermost.is_code else f"{OPEN}{innermost.number}"
        self.append(" " * column + mark)

    def close(self) -> str:
        """Close the wrapper opened last and return the name of its closing tag, if it has one."""
        closed = self.open.pop()
        self.append(" " * closed.column + ("```" if closed.is_code else f"{CLOSE}{closed.number}"))
        return closed.opening.end if closed.opening.ends == "tag" else ""

    def close_named(self, name: str) -> None:
        """Close the innermost wrapper that a tag of this name ends, with all inside it."""
        if name in self.names():
            while self.close() != name:
                pass
        if name == "dl" and self.innermost and self.innermost.opening.end == name:
            self.close()

    def close_indented(self, indent: int) -> None:
        """Close the wrappers that end where a line stands no further in than they do."""
        while self.innermost and self.innermost.opening.ends == "indent" and indent <= self.innermost.indent:
            self.close()

    def close_all(self) -> None:
        """Close what the page left open."""
        while self.open:
            self.close()

    def names(self) -> set[str]:
        """Return the names of the closing tags that would close something."""
        return {one.opening.end for one in self.open if one.opening.ends == "tag"}

    def write(self, line: str, indent: int | None) -> None:
        """Write one line of content where its wrappers put it; without `indent` it stood behind something."""
        innermost = self.innermost
        if not line.strip() or innermost is None:
            self.append(line if line.strip() else "")
        elif indent is None:
            self.append(" " * innermost.column + line.strip())
        else:
            innermost.base = indent if innermost.base is None else innermost.base
            self.append(" " * self._column(indent) + line.lstrip())

    def write_block(self, lines: tuple[str, ...], indent: int) -> None:
        """Write lines that replace an element, with gaps around them."""
        column = self._column(indent)
        for line in ("", *lines, ""):
            self.append(" " * column + line if line else "")

    def write_answer(self, wrapper: Wrapper) -> None:
        """Write what a wrapper holds in an attribute, and close it."""
        for line in wrapper.answer.strip("\n").split("\n"):
            self.append(" " * self.open[-1].column + line if line.strip() else "")
        self.close()

    def append(self, line: str) -> None:
        """Write a line as it is."""
        self.lines.append(line)
        self.origins.append(self.origin)

    def _column(self, indent: int) -> int:
        innermost = self.innermost
        if innermost is None:
            return indent
        return innermost.column + max(0, indent - (indent if innermost.base is None else innermost.base))
