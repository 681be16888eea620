"""Parts of HTML in, one self-contained page out. It asks no other host for anything, and nothing in it can run."""

from collections.abc import Iterable, Sequence
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


def render_table(header: Sequence[str], rows: Iterable[Sequence[str]], wide: int | None = None) -> str:
    """Lay out a table of texts; the column `wide` holds long ones."""
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join(f"<tr>{''.join(_cell(cell, place == wide) for place, cell in enumerate(row))}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(text: str, is_wide: bool) -> str:
    return f'<td class="text">{escape(text)}</td>' if is_wide else f"<td>{escape(text)}</td>"
