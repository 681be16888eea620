"""A canonical page comes in, everything in it that may be a question's title goes out; decides nothing itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from bot.faq.markdown.canonical import Canonical
from bot.faq.page.leads import Lead, find_leads
from bot.faq.markdown.parser import inline_tokens, parse_blocks, plain_text
from bot.faq.page.titles import asks, strip_title

MAX_TITLE = 300
"""Characters: what is longer is no title."""
_MAX_SOURCE = 500
_ID = re.compile(r"\{:?\s*(?:[^}#]*\s)?#([^\s}]+)[^}]*\}\s*$|\{/\*\s*#([\w-]+)\s*\*/\}\s*$")
_ATTRIBUTES = re.compile(r"\s*\{[:#.][^{}]{0,200}\}\s*$|\s*\{/\*.{0,200}\*/\}\s*$")
_ANCHOR = re.compile(r"<[a-z]\w*\s[^>]*?\b(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_LABEL = re.compile(r"\(([\w:.-]+)\)=$")
_PERMALINK = re.compile(
    r"\s*\[[^\w\]]{0,4}\]\(#[^)\s]*\)|\s*\[\s*(?:back to top|top|↑|⬆️?)\s*\]\(#?[^)\s]*\)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that may be the title of a question or of a group of questions."""

    kind: str
    """`h1` to `h6`, `bold`, `italic`, `q`, `term`, `item`, `line`, or the kind of a wrapper."""
    title: str
    text: str
    """The title as a reader sees it, numbering and `Q:` included: slugs are made from it."""
    marked: bool
    """Whether `Q:` stands before it."""
    start: int
    body: int
    """The line on which what belongs to it begins."""
    end: int
    """The line behind the last that can belong to it."""
    container: int
    """The number of the wrapper or list item that holds it; -1: the page."""
    id: str = ""
    lead: str = ""
    """Text of its body that stands on the title's own lines."""

    @property
    def level(self) -> int:
        """Give the level of a heading, 7 for everything else."""
        return int(self.kind[1]) if self.is_heading else 7

    @property
    def is_heading(self) -> bool:
        """Tell whether this is a heading."""
        return len(self.kind) == 2 and self.kind[0] == "h" and self.kind[1].isdigit()


@dataclass(frozen=True, slots=True)
class Outline:
    """A page with its marks in the order of the page."""

    page: Canonical
    marks: tuple[Mark, ...]
    references: dict[str, dict[str, str]]


def build_outline(page: Canonical) -> Outline:
    """Find everything in a page that may be a title."""
    tokens, references = parse_blocks("\n".join(page.lines))
    return Outline(page, tuple(_Walk(page, tokens).marks()), references)


@dataclass(frozen=True, slots=True)
class _Place:
    number: int
    end: int
    first: int = -1
    """In a list item: the line of its first paragraph."""
    alone: bool = False
    """In a list item: whether its list has no other."""


class _Walk:
    def __init__(self, page: Canonical, tokens: list[Token]) -> None:
        self._page = page
        self._tokens = tokens
        self._places = [_Place(-1, len(page.lines))]
        self._quotes = 0
        self._lists: list[list[int]] = []
        self._ends = {t.content: t.map[0] for t in tokens if t.type == "wrapper_close" and t.map}
        self._pending: tuple[str, int] = ("", -1)

    def marks(self) -> Iterator[Mark]:
        for index, token in enumerate(self._tokens):
            yield from self._visit(index, token)

    def _visit(self, index: int, token: Token) -> Iterator[Mark]:
        match token.type:
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "bullet_list_open" | "ordered_list_open":
                self._lists.append(token.map or [0, 0])
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                start, end = token.map or [0, 0]
                self._places.append(_Place(index, end, start, alone=[start, end] == self._lists[-1]))
            case "list_item_close":
                self._places.pop()
            case "wrapper_open":
                yield from self._wrapper(index, token)
            case "wrapper_close":
                self._leave_wrapper(token)
            case "heading_open":
                yield from self._heading(index, token)
            case "paragraph_open":
                yield from self._paragraph(index, token)
            case "dt_open":
                yield from self._term(index)
            case "tr_open":
                yield from self._row(index, token)

    def _wrapper(self, index: int, token: Token) -> Iterator[Mark]:
        wrapper = self._page.wrappers[int(token.content)]
        start = (token.map or [0, 0])[0]
        end = min(self._ends.get(token.content, self._places[0].end), self._places[-1].end)
        if wrapper.title:
            source = wrapper.title.lstrip("#").strip()
            found = self._mark(wrapper.kind, source, start, start + 1, end)
            if found:
                yield self._with_id(found, wrapper.id)
            self._places.append(_Place(index, end))

    def _leave_wrapper(self, token: Token) -> None:
        if self._page.wrappers[int(token.content)].title and len(self._places) > 1:
            self._places.pop()

    def _heading(self, index: int, token: Token) -> Iterator[Mark]:
        start, body = token.map or [0, 0]
        if not self._quotes:
            found = self._mark(token.tag, self._tokens[index + 1].content, start, body, self._places[-1].end)
            if found:
                yield found

    def _paragraph(self, index: int, token: Token) -> Iterator[Mark]:
        start, end = token.map or [0, 0]
        content = self._tokens[index + 1].content
        if self._anchor_only(content, start, end):
            return
        first, _, rest = content.partition("\n")
        if rest and self._anchor_only(first, start, start + 1):
            content, start = rest, start + 1
        place = self._places[-1]
        if self._quotes:
            yield from self._line(content, start, end, place)
            return
        found = list(find_leads(content))
        for lead in found:
            yield from self._lead(lead, start, place)
        if not found and place.first == start:
            yield from self._item(content, start, end, place)
        elif not found and place.first < 0:
            yield from self._line(content, start, end, place)

    def _lead(self, lead: Lead, start: int, place: _Place) -> Iterator[Mark]:
        """Make a mark of a title that is set off within a paragraph; in lists only what is asked counts."""
        in_item = place.first >= 0
        body = start + lead.line + lead.lines
        end = place.end
        if in_item and (place.first != start or lead.line):
            return
        if in_item and lead.kind == "q" and not "".join(self._page.lines[body:end]).strip():
            place = self._places[-2] if len(self._places) > 1 else place
            end = self._lists[0][1]
        if in_item and lead.kind != "q" and not asks(lead.source):
            return
        if in_item and place.alone and not lead.rest and not "".join(self._page.lines[body:end]).strip():
            place = self._places[-2]
            end = place.end
        kind = "item" if in_item and lead.kind != "q" else lead.kind
        found = self._mark(kind, lead.source, start + lead.line, body, end, lead.rest, place.number)
        if found and (found.marked or kind != "q"):
            yield found

    def _item(self, content: str, start: int, end: int, place: _Place) -> Iterator[Mark]:
        """Make a mark of a list item that begins with a question."""
        title, _, rest = content.partition("\n")
        if not asks(title) or len(title) > MAX_TITLE or _is_link(title):
            return
        inside = rest.strip() or "".join(self._page.lines[end : place.end]).strip()
        number = place.number
        if not inside and not place.alone:
            return
        if not inside:
            number, place = self._places[-2].number, self._places[-2]
        found = self._mark("item", title, start, start + 1, place.end, "", number)
        if found:
            yield found

    def _line(self, content: str, start: int, end: int, place: _Place) -> Iterator[Mark]:
        """Make a mark of a paragraph that is a single line with a question mark at its end."""
        if (
            end - start == 1
            and content.rstrip().endswith(("?", "？", "؟"))
            and len(content) <= 200
            and not _is_link(content)
        ):
            found = self._mark("line", content, start, end, place.end)
            if found:
                yield found

    def _term(self, index: int) -> Iterator[Mark]:
        start = (self._tokens[index].map or [0])[0]
        end = start
        for position in range(index + 3, len(self._tokens)):
            token = self._tokens[position]
            if token.type in ("dt_open", "dl_close") and token.level <= self._tokens[index].level:
                break
            if token.type == "dd_open" and token.map:
                end = token.map[1]
        # The plugin counts the line of the term to its definition.
        body = next((line for line in range(start + 1, end) if self._page.lines[line].strip()), end)
        found = self._mark("term", self._tokens[index + 1].content, start, body, end)
        if found and body < end:
            yield found

    def _row(self, index: int, token: Token) -> Iterator[Mark]:
        """Make a mark of a table's row that has a question in one cell and text in the next."""
        cells = []
        for position in range(index + 1, len(self._tokens)):
            if self._tokens[position].type == "tr_close":
                break
            if self._tokens[position].type == "inline" and self._tokens[position - 1].type == "td_open":
                cells.append(self._tokens[position].content)
        column = next((number for number, cell in enumerate(cells[:2]) if asks(cell)), None)
        answer = " ".join(cells[column + 1 :]).strip() if column is not None else ""
        if column is not None and answer:
            start, end = token.map or [0, 0]
            found = self._mark("row", cells[column], start, end, end, answer)
            if found:
                yield found

    def _mark(
        self, kind: str, source: str, start: int, body: int, end: int, lead: str = "", container: int | None = None
    ) -> Mark | None:
        anchor = _ID.search(source) or _ANCHOR.search(source)
        written = _PERMALINK.sub("", _ATTRIBUTES.sub("", source))
        text = plain_text(inline_tokens(written)) if len(written) < _MAX_SOURCE else " ".join(written.split())
        title, marked = strip_title(text)
        pending, line = self._pending
        after = not "".join(self._page.lines[line:start]).strip() if line >= 0 else False
        self._pending = ("", -1)
        number = self._places[-1].number if container is None else container
        identity = next((group for group in anchor.groups() if group), "") if anchor else pending if after else ""
        if not text or (len(title) > MAX_TITLE and kind[0] != "h"):
            return None
        following = self._page.lines[body].strip() if body < len(self._page.lines) and kind[0] == "h" else ""
        if following.startswith("{:") and (own := _ID.match(following)):
            identity = own[1]
        return Mark(kind, title, text, marked, start, body, end, number, identity, lead)

    def _with_id(self, mark: Mark, identity: str) -> Mark:
        if not identity:
            return mark
        return Mark(
            mark.kind, mark.title, mark.text, mark.marked, mark.start, mark.body, mark.end, mark.container, identity
        )

    def _anchor_only(self, content: str, start: int, end: int) -> bool:
        """Remember the id of a paragraph that is nothing but an anchor for what follows it."""
        if not content.startswith(("<", "(")) or len(content) > 500:
            return False
        label = _LABEL.match(content)
        if label or (_ANCHOR.search(content) and not plain_text(inline_tokens(content))):
            found = label or _ANCHOR.search(content)
            self._pending = (found[1] if found else "", end)
            return True
        return False


def _is_link(source: str) -> bool:
    """Tell whether a line is nothing but a link, as in a table of contents."""
    tokens = [token for token in inline_tokens(source) if token.content.strip() or token.type != "text"]
    return bool(tokens) and tokens[0].type == "link_open" and tokens[-1].type == "link_close"
