"""A canonical page comes in, everything in it that may be a question's title goes out; decides nothing itself."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from markdown_it.token import Token

from bot.faq.answer.inline import Inline
from bot.faq.markdown.canonical import Canonical
from bot.faq.markdown.parser import inline_tokens, plain_text
from bot.faq.page.leads import Lead, find_leads
from bot.faq.page.marks import MAX_TITLE, Mark, MarkMaker, Span
from bot.faq.page.titles import answer_mark, asks, is_question_column

_MAX_LINE = 200
_BREAK = re.compile(r"\s*<br\s*/?>\s*$", re.IGNORECASE)
_LEADING_ANCHORS = re.compile(r"(?:<a\s[^<>]{1,200}>\s*</a>\s*|<a\s[^<>]{1,200}/>\s*)+(?=[*_])", re.IGNORECASE)
"""Anchors right before emphasis."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A page with its marks in the order of the page."""

    page: Canonical
    marks: tuple[Mark, ...]
    contents: frozenset[str] = frozenset()
    """What its table of contents lists with nothing below it, as `contents_key` writes it."""


def build_outline(page: Canonical, tokens: list[Token], inline: Inline) -> Outline:
    """Find everything in a page that may be a title."""
    marks = tuple(mark for mark in _Walk(page, tokens, inline).marks() if mark)
    return Outline(page, marks, frozenset(_contents(tokens)))


def contents_key(title: str) -> str:
    """Give the letters and digits of a title, by which tables of contents and headings are compared."""
    return "".join(filter(str.isalnum, title.casefold()))


def _contents(tokens: list[Token]) -> Iterator[str]:
    """Give the links within the page that stand alone in a list item."""
    for index in range(2, len(tokens) - 2):
        content = tokens[index].content
        alone = tokens[index - 2].type == "list_item_open" and tokens[index + 2].type == "list_item_close"
        if alone and "](#" in content and _is_link(content):
            yield contents_key(plain_text(inline_tokens(content)))


@dataclass(frozen=True, slots=True)
class _Place:
    """A wrapper or list item, or the page itself."""

    number: int
    end: int
    first: int = -1
    """In a list item: the line of its first paragraph."""
    alone: bool = False
    """In a list item: whether its list has no other."""


class _Walk:
    def __init__(self, page: Canonical, tokens: list[Token], inline: Inline) -> None:
        self._page = page
        self._tokens = tokens
        self._maker = MarkMaker(page.lines, inline)
        self._places = [_Place(-1, len(page.lines))]
        self._quotes: list[list[int]] = []
        self._lists: list[list[int]] = []
        self._lists_ask: list[bool] = []
        self._quotes_ask = sum(token.type == "heading_open" for token in tokens) < 2
        self._ends = {token.content: _lines(token)[0] for token in tokens if token.type == "wrapper_close"}
        self._entering: Mapping[str, Callable[[int, Token], Iterator[Mark | None]]] = {
            "wrapper_open": self._wrapper,
            "heading_open": self._heading,
            "paragraph_open": self._paragraph,
            "dt_open": self._term,
            "table_open": self._table,
        }

    def marks(self) -> Iterator[Mark | None]:
        for index, token in enumerate(self._tokens):
            self._keep_place(index, token)
            if token.type in self._entering:
                yield from self._entering[token.type](index, token)

    def _keep_place(self, index: int, token: Token) -> None:
        """Keep count of the quotations, lists and wrappers around what follows."""
        if token.type == "blockquote_open":
            self._quotes.append(_lines(token))
        elif token.type == "blockquote_close":
            self._quotes.pop()
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self._lists.append(_lines(token))
            self._lists_ask.append(self._asks_in_items(index, token))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
            self._lists_ask.pop()
        elif token.type == "list_item_open":
            start, end = _lines(token)
            self._places.append(_Place(index, end, start, alone=[start, end] == self._lists[-1]))
        elif token.type == "list_item_close" or (token.type == "wrapper_close" and self._titled(token)):
            self._places[1:] = self._places[1:-1]

    def _asks_in_items(self, index: int, token: Token) -> bool:
        """Tell whether half of a list's items ask."""
        items = asking = 0
        for position in range(index + 1, len(self._tokens) - 2):
            inner = self._tokens[position]
            if inner.level <= token.level:
                break
            if inner.type == "list_item_open" and inner.level == token.level + 1:
                items += 1
                asking += asks(self._tokens[position + 2].content.split("\n")[0])
        return asking * 2 >= items

    def _titled(self, token: Token) -> bool:
        return bool(self._page.wrappers[int(token.content)].title)

    def _wrapper(self, index: int, token: Token) -> Iterator[Mark | None]:
        wrapper = self._page.wrappers[int(token.content)]
        if not wrapper.title:
            return
        start = _lines(token)[0]
        end = min(self._ends.get(token.content, self._places[0].end), self._places[-1].end)
        span = Span(start, start + 1, end, self._places[-1].number)
        linked = wrapper.title.startswith("#") or "<h" in wrapper.title
        title = wrapper.title.lstrip("#").strip()
        yield self._maker.make(wrapper.kind, title, span, identity=wrapper.id, linked=linked)
        self._places.append(_Place(index, end))

    def _heading(self, index: int, token: Token) -> Iterator[Mark | None]:
        start, body = _lines(token)
        if not self._quotes:
            span = Span(start, body, self._places[-1].end, self._places[-1].number)
            yield self._maker.make(token.tag, self._tokens[index + 1].content, span)

    def _paragraph(self, index: int, token: Token) -> Iterator[Mark | None]:
        start, end = _lines(token)
        content = self._tokens[index + 1].content
        first, _, rest = content.partition("\n")
        if self._maker.take_anchor(content, end):
            return
        if rest and self._maker.take_anchor(first, start + 1):
            content, start = rest, start + 1
        if anchors := _LEADING_ANCHORS.match(content):
            self._maker.take_anchor(anchors[0], start)
            content = content[anchors.end() :]
        # A quotation that is nothing but a bold question is one; what it answers stands below it.
        quoted = bool(self._quotes) and self._quotes[-1] != [start, end]
        found = [] if quoted else [lead for lead in find_leads(content) if not self._quotes or asks(lead.source)]
        place = self._places[-1]
        for lead in found:
            yield self._lead(lead, start, place)
        if self._shares_definition(index, end):
            yield self._maker.make("term", content, Span(start, end, end, place.number))
            return
        if not found and place.first == start and not self._quotes:
            yield self._item(content, start, end, place)
        elif not found and (place.first < 0 or self._quotes):
            yield self._line(content, start, end, place)

    def _shares_definition(self, index: int, end: int) -> bool:
        """Tell whether a line stands right above a term, without a gap in the page as written."""
        after = self._tokens[index + 3] if index + 3 < len(self._tokens) else None
        start = _lines(after)[0] if after and after.type == "dl_open" else 0
        return start > end and self._page.origins[start] - self._page.origins[end - 1] == 1

    def _lead(self, lead: Lead, start: int, place: _Place) -> Mark | None:
        """Make a mark of a title that is set off within a paragraph; in lists only what is asked counts."""
        first = start + lead.line
        body = first + lead.lines
        if place.first < 0:
            span = Span(first, body, place.end, place.number)
            return _sound(self._maker.make(lead.kind, lead.source, span, lead=lead.rest), lead)
        inside = not lead.rest and self._has_text(body, place.end)
        if place.first != first or (lead.kind != "q" and not asks(lead.source) and not inside):
            return None
        place, end = self._around(place, body, lead)
        kind = lead.kind if lead.kind == "q" else "item"
        span = Span(first, body, end, place.number)
        return _sound(self._maker.make(kind, lead.source, span, lead=lead.rest, listed=True), lead)

    def _around(self, place: _Place, body: int, lead: Lead) -> tuple[_Place, int]:
        """Give what holds the answer to a question that fills its list item: the next items, or the text below."""
        if lead.rest or self._has_text(body, place.end):
            return place, place.end
        if lead.kind == "q":
            return self._places[-2], max(place.end, self._lists[0][1])
        return (self._places[-2], self._places[-2].end) if place.alone else (place, place.end)

    def _item(self, content: str, start: int, end: int, place: _Place) -> Mark | None:
        """Make a mark of a list item that begins with a question."""
        title, _, rest = content.partition("\n")
        title = _BREAK.sub("", title)
        if len(title) > MAX_TITLE or _is_link(title):
            return None
        if not asks(title):
            states = self._lists_ask[-1] and not rest.strip() and self._has_text(end, place.end)
            span = Span(start, start + 1, place.end, place.number)
            return self._maker.make("item", title, span, listed=True) if states else None
        if not rest.strip() and not self._has_text(end, place.end):
            if not place.alone:
                return None
            place = self._places[-2]
        return self._maker.make("item", title, Span(start, start + 1, place.end, place.number), listed=True)

    def _line(self, content: str, start: int, end: int, place: _Place) -> Mark | None:
        """Make a mark of a paragraph that is a single line with a question mark at its end, or a short quotation.

        Quotations count in pages without headings only.
        """
        if answer_mark(content, odd=True):
            return None
        if self._quotes == [[start, end]] and self._quotes_ask and len(content) <= _MAX_LINE:
            return self._maker.make("quote", content, Span(start, end, place.end, place.number))
        question = content.rstrip().endswith(("?", "？", "؟")) and len(content) <= _MAX_LINE
        if end - start != 1 or not question or _is_link(content):
            return None
        return self._maker.make("line", content, Span(start, end, place.end, place.number))

    def _term(self, index: int, token: Token) -> Iterator[Mark | None]:
        start = end = _lines(token)[0]
        for position in range(index + 3, len(self._tokens)):
            inner = self._tokens[position]
            if inner.type in ("dt_open", "dl_close") and inner.level <= token.level:
                break
            end = _lines(inner)[1] if inner.type == "dd_open" else end
        # The plugin counts the line of the term to its definition.
        body = next((line for line in range(start + 1, end) if self._page.lines[line].strip()), end)
        if body < end:
            span = Span(start, body, self._places[-1].end, self._places[-1].number)
            yield self._maker.make("term", self._tokens[index + 1].content, span)

    def _table(self, index: int, token: Token) -> Iterator[Mark | None]:
        """Make a mark of each row that has a question in one cell and text behind it.

        In a column that is headed so, or that mostly asks, what states is a question, too.
        """
        rows = list(self._cells(index, token))
        headed = next((n for n, cell in enumerate(rows[0][1][:-1]) if is_question_column(cell)), -1)
        asking = Counter(n for _, cells in rows for n, cell in enumerate(cells[:2]) if asks(cell))
        column, most = next(iter(asking.most_common(1)), (headed, 0))
        column = headed if headed >= 0 else column if most * 2 >= len(rows) - 1 else -1
        for number, (line, cells) in enumerate(rows):
            own = next((n for n, cell in enumerate(cells[:2]) if asks(cell)), -1)
            own = column if column >= 0 and number and own < 0 else own
            answer = " ".join(cells[own + 1 :]).strip() if own >= 0 else ""
            if answer and cells[own].strip():
                span = Span(line, line + 1, line + 1, self._places[-1].number)
                yield self._maker.make("row", cells[own], span, lead=answer)

    def _cells(self, index: int, token: Token) -> Iterator[tuple[int, list[str]]]:
        line, cells = 0, list[str]()
        for position in range(index + 1, len(self._tokens)):
            inner = self._tokens[position]
            if inner.type == "tr_open":
                line, cells = _lines(inner)[0], []
            elif inner.type in ("th_open", "td_open"):
                cells.append(self._tokens[position + 1].content)
            elif inner.type == "tr_close":
                yield line, cells
            elif inner.type == "table_close" and inner.level <= token.level:
                return

    def _has_text(self, start: int, end: int) -> bool:
        return any(line.strip() for line in self._page.lines[start:end])


def _lines(token: Token) -> list[int]:
    return token.map or [0, 0]


def _sound(mark: Mark | None, lead: Lead) -> Mark | None:
    """Let only those lines pass as `Q:` whose mark is still seen once markup is taken off."""
    return mark if mark and (mark.marked or lead.kind != "q") else None


def _is_link(source: str) -> bool:
    """Tell whether a line is nothing but a link, as in a table of contents."""
    tokens = [token for token in inline_tokens(source) if token.content.strip() or token.type != "text"]
    return bool(tokens) and tokens[0].type == "link_open" and tokens[-1].type == "link_close"
