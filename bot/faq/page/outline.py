"""Find everything in a page that may be a question's title. Decides nothing itself."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from bot.faq.answer import Inline
from bot.faq.markdown import Normalized, inline_tokens, plain_text
from bot.faq.page.candidates import MAX_TITLE, Candidate, CandidateMaker, Span
from bot.faq.page.inline_titles import InlineTitle, find_inline_titles
from bot.faq.page.titles import answer_mark, asks, is_question_column, key_of

_MAX_LINE = 200
_BREAK = re.compile(r"\s*<br\s*/?>\s*$", re.IGNORECASE)
_LEADING_ANCHORS = re.compile(r"(?:<a\s[^<>]{1,200}>\s*</a>\s*|<a\s[^<>]{1,200}/>\s*)+(?=[*_])", re.IGNORECASE)
"""Anchors right before emphasis."""

Found = Iterator[Candidate | None]


@dataclass(frozen=True, slots=True)
class Outline:
    """A page with its candidates in the order of the page."""

    page: Normalized
    candidates: tuple[Candidate, ...]
    contents: frozenset[str] = frozenset()
    """What its table of contents lists with nothing below it, as `key_of` writes it."""


def build_outline(page: Normalized, tokens: list[Token], inline: Inline) -> Outline:
    """Find everything in a page that may be a title."""
    walk = _Walk(page, tokens, inline)
    return Outline(page, tuple(one for one in walk.candidates() if one), frozenset(_contents(tokens)))


def _contents(tokens: list[Token]) -> Iterator[str]:
    """Return the links within the page that stand alone in a list item."""
    for before, token, after in zip(tokens, tokens[2:], tokens[4:], strict=False):
        alone = before.type == "list_item_open" and after.type == "list_item_close"
        if alone and "](#" in token.content and _is_link(token.content):
            yield key_of(plain_text(inline_tokens(token.content)))


@dataclass(frozen=True, slots=True)
class _Place:
    """A wrapper or list item, or the page itself."""

    number: int
    end: int
    first: int = -1
    """In a list item: the line of its first paragraph."""
    alone: bool = False
    """In a list item: whether its list has no other."""


@dataclass(frozen=True, slots=True)
class _List:
    lines: list[int]
    asks: bool
    """Whether half of its items ask."""
    answers: bool
    """Whether any item that asks holds more than its question."""


class _Walk:
    def __init__(self, page: Normalized, tokens: list[Token], inline: Inline) -> None:
        self._page = page
        self._tokens = tokens
        self._maker = CandidateMaker(page.lines, inline)
        self._places = [_Place(-1, len(page.lines))]
        self._quotes: list[list[int]] = []
        self._lists: list[_List] = []
        self._quotes_ask = sum(token.type == "heading_open" for token in tokens) < 2
        self._ends = {token.content: _lines(token)[0] for token in tokens if token.type == "wrapper_close"}

    def candidates(self) -> Found:
        entering = {
            "wrapper_open": self._wrapper,
            "heading_open": self._heading,
            "paragraph_open": self._paragraph,
            "dt_open": self._term,
            "table_open": self._table,
        }
        for index, token in enumerate(self._tokens):
            self._keep_place(index, token)
            if token.type in entering:
                yield from entering[token.type](index, token)

    def _keep_place(self, index: int, token: Token) -> None:
        """Keep count of the quotations, lists and wrappers around what follows."""
        if token.type == "blockquote_open":
            self._quotes.append(_lines(token))
        elif token.type == "blockquote_close":
            self._quotes.pop()
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self._lists.append(self._list(index, token))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif token.type == "list_item_open":
            start, end = _lines(token)
            self._places.append(_Place(index, end, start, alone=[start, end] == self._lists[-1].lines))
        elif token.type == "list_item_close" or (
            token.type == "wrapper_close" and self._page.wrappers[int(token.content)].title
        ):
            self._places[1:] = self._places[1:-1]

    def _list(self, index: int, token: Token) -> _List:
        inside = (n for n in self._inside(index, token) if self._tokens[n].level == token.level + 1)
        items = [number for number in inside if self._tokens[number].type == "list_item_open"]
        asking = [n for n in items if asks(self._tokens[n + 2].content.split("\n")[0])]
        spans = (_lines(self._tokens[number]) for number in asking)
        answers = any(self._has_text(start + 1, end) for start, end in spans)
        return _List(_lines(token), len(asking) * 2 >= len(items), answers)

    def _inside(self, index: int, token: Token) -> Iterator[int]:
        """Return the numbers of the tokens within the block that `token` opens."""
        for position in range(index + 1, len(self._tokens)):
            if self._tokens[position].level <= token.level:
                return
            yield position

    def _span(self, start: int, body: int, place: _Place | None = None, end: int | None = None) -> Span:
        place = place or self._places[-1]
        return Span(start, body, place.end if end is None else end, place.number)

    def _has_text(self, start: int, end: int) -> bool:
        return any(line.strip() for line in self._page.lines[start:end])

    def _wrapper(self, index: int, token: Token) -> Found:
        wrapper = self._page.wrappers[int(token.content)]
        if not wrapper.title:
            return
        start = _lines(token)[0]
        end = min(self._ends.get(token.content, self._places[0].end), self._places[-1].end)
        linked = wrapper.title.startswith("#") or "<h" in wrapper.title
        source, span = wrapper.title.lstrip("#").strip(), self._span(start, start + 1, end=end)
        yield self._maker.make(wrapper.kind, source, span, identity=wrapper.id, linked=linked)
        self._places.append(_Place(index, end))

    def _heading(self, index: int, token: Token) -> Found:
        if not self._quotes:
            start, body = _lines(token)
            yield self._maker.make(token.tag, self._tokens[index + 1].content, self._span(start, body))

    def _paragraph(self, index: int, token: Token) -> Found:
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
        titles = [] if quoted else find_inline_titles(content)
        found = [title for title in titles if not self._quotes or asks(title.source)]
        place = self._places[-1]
        for title in found:
            yield self._inline(title, start, place)
        if self._shares_definition(index, end):
            yield self._maker.make("term", content, self._span(start, end, end=end))
        elif not found and place.first == start and not self._quotes:
            yield self._item(content, start, end, place)
        elif not found and (place.first < 0 or self._quotes):
            yield self._line(content, start, end)

    def _shares_definition(self, index: int, end: int) -> bool:
        """Return whether a line stands right above a term, without a gap in the page as written."""
        after = self._tokens[index + 3] if index + 3 < len(self._tokens) else None
        start = _lines(after)[0] if after and after.type == "dl_open" else 0
        return start > end and self._page.origins[start] - self._page.origins[end - 1] == 1

    def _inline(self, title: InlineTitle, start: int, place: _Place) -> Candidate | None:
        """Make a candidate of a title that is set off within a paragraph; in lists only what is asked counts."""
        first = start + title.line
        body = first + title.lines
        kind, end, listed = title.kind, place.end, place.first >= 0
        if listed:
            inside = not title.rest and self._has_text(body, place.end)
            if place.first != first or (kind != "q" and not asks(title.source) and not inside):
                return None
            place, end = self._around(place, body, title)
            kind = kind if kind == "q" else "item"
        span = self._span(first, body, place, end)
        made = self._maker.make(kind, title.source, span, lead=title.rest, listed=listed)
        # `Q:` must still be seen once markup is taken off.
        return made if made and (made.marked or kind != "q") else None

    def _around(self, place: _Place, body: int, title: InlineTitle) -> tuple[_Place, int]:
        """Return what holds the answer to a question that fills its list item: the next items, or the text below."""
        if title.rest or self._has_text(body, place.end):
            return place, place.end
        if title.kind == "q":
            return self._places[-2], max(place.end, self._lists[0].lines[1])
        return (self._places[-2], self._places[-2].end) if place.alone else (place, place.end)

    def _item(self, content: str, start: int, end: int, place: _Place) -> Candidate | None:
        """Make a candidate of a list item that begins with a question, or states among items that ask."""
        title, _, rest = content.partition("\n")
        title = _BREAK.sub("", title)
        below = self._has_text(end, place.end)
        if len(title) > MAX_TITLE or _is_link(title):
            return None
        if not asks(title) and (rest.strip() or not below or not self._lists[-1].asks):
            return None
        if not rest.strip() and not below:
            if not place.alone and not self._lists[-1].answers:
                return None
            place = self._places[-2] if place.alone else place
        return self._maker.make("item", title, self._span(start, start + 1, place), listed=True)

    def _line(self, content: str, start: int, end: int) -> Candidate | None:
        """Make a candidate of a single line with a question mark at its end, or of a short quotation.

        Quotations count in pages without headings only.
        """
        if len(content) > _MAX_LINE or answer_mark(content, odd=True):
            return None
        if self._quotes == [[start, end]] and self._quotes_ask:
            return self._maker.make("quote", content, self._span(start, end))
        if end - start != 1 or not content.rstrip().endswith(("?", "？", "؟")) or _is_link(content):
            return None
        return self._maker.make("line", content, self._span(start, end))

    def _term(self, index: int, token: Token) -> Found:
        start = end = _lines(token)[0]
        for position in range(index + 3, len(self._tokens)):
            inner = self._tokens[position]
            if inner.type in ("dt_open", "dl_close") and inner.level <= token.level:
                break
            end = _lines(inner)[1] if inner.type == "dd_open" else end
        # The plugin counts the line of the term to its definition.
        body = next((line for line in range(start + 1, end) if self._page.lines[line].strip()), end)
        if body < end:
            yield self._maker.make("term", self._tokens[index + 1].content, self._span(start, body))

    def _table(self, index: int, token: Token) -> Found:
        """Make a candidate of each row that has a question in one cell and text behind it.

        In a column that is headed so, or that mostly asks, what states is a question, too.
        """
        rows: list[tuple[int, list[str]]] = []
        for position in self._inside(index, token):
            inner = self._tokens[position]
            if inner.type == "tr_open":
                rows.append((_lines(inner)[0], []))
            elif inner.type in ("th_open", "td_open"):
                rows[-1][1].append(self._tokens[position + 1].content)
        column = _question_column([cells for _, cells in rows])
        for number, (line, cells) in enumerate(rows):
            asking = (n for n, cell in enumerate(cells[:2]) if asks(cell))
            own = next(asking, column if number else -1)
            answer = " ".join(cells[own + 1 :]).strip() if own >= 0 else ""
            if own >= 0 and cells[own].strip() and (answer or (own == column and asks(cells[own]))):
                yield self._maker.make("row", cells[own], self._span(line, line + 1, end=line + 1), lead=answer)


def _question_column(rows: list[list[str]]) -> int:
    """Return the number of the column whose cells are questions whether they ask or state, -1 where none is."""
    headed = (number for number, cell in enumerate(rows[0][:-1]) if is_question_column(cell))
    asking = Counter(number for cells in rows for number, cell in enumerate(cells[:2]) if asks(cell))
    column, most = next(iter(asking.most_common(1)), (-1, 0))
    return next(headed, column if most * 2 >= len(rows) - 1 else -1)


def _lines(token: Token) -> list[int]:
    return token.map or [0, 0]


def _is_link(source: str) -> bool:
    """Return whether a line is nothing but a link, as in a table of contents."""
    tokens = [token for token in inline_tokens(source) if token.content.strip() or token.type != "text"]
    return bool(tokens) and tokens[0].type == "link_open" and tokens[-1].type == "link_close"
