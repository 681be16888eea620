"""Parts of HTML in, one self-contained page out. It asks no other host for anything, and nothing in it can run."""

from collections.abc import Collection, Iterable, Sequence
from html import escape
from importlib.resources import files


def render_page(title: str, parts: Sequence[str]) -> str:
    """Put parts, which are HTML, on a page with the style of all reports."""
    style = files("bot.quality").joinpath("report.css").read_text(encoding="utf-8")
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{style}</style>"
    )
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(parts)}</body></html>\n'


def render_table(header: Sequence[str], rows: Iterable[Sequence[str]], texts: Collection[int] = ()) -> str:
    """Lay out a table; the columns `texts` hold words, which wrap, and the others numbers."""
    head = _cells("th", header, texts)
    body = "".join(f"<tr>{_cells('td', row, texts)}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cells(tag: str, row: Sequence[str], texts: Collection[int]) -> str:
    kinds = (' class="text"' if place in texts else "" for place in range(len(row)))
    return "".join(f"<{tag}{kind}>{escape(cell)}</{tag}>" for kind, cell in zip(kinds, row, strict=True))


def render_bars(rows: Sequence[tuple[str, Sequence[int], str]]) -> str:
    """Lay out rows of a name, a bar stacked of some numbers, and what stands beside it; the longest bar is full."""
    most = max((sum(numbers) for _, numbers, _ in rows), default=0) or 1
    return f'<ul class="bars">{"".join(_bar(name, numbers, beside, most) for name, numbers, beside in rows)}</ul>'


def _bar(name: str, numbers: Sequence[int], beside: str, most: int) -> str:
    parts = (f'<i class="share{n}" style="width:{value / most:.1%}"></i>' for n, value in enumerate(numbers))
    return f'<li><span>{escape(name)}</span><span class="line">{"".join(parts)}</span><b>{escape(beside)}</b></li>'
