"""Points and bars in, small SVG pictures out: axes from 0 to 1, colours from the page's style sheet. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, MARGIN, EDGE = 460, 300, 46, 26
BROAD = 1000
"""The width of a picture that has a line of the page for itself."""

Point = tuple[float, float]
"""Both from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Axes:
    """What the two axes of a picture mean."""

    x: str
    y: str
    title: str
    """What a screen reader says of the picture."""


def draw_curves(curves: Sequence[tuple[str, Sequence[Point]]], axes: Axes, marks: Sequence[Point] = ()) -> str:
    """Draw named curves, and dots at `marks`."""
    lines = [
        f'<polyline class="curve curve{number}" points="{" ".join(_place(point) for point in points)}"/>'
        for number, (_, points) in enumerate(curves)
    ]
    dots = [f'<circle class="mark" cx="{_x(x)}" cy="{_y(y)}" r="5"/>' for x, y in marks]
    legend = [_legend(name, number) for number, (name, _) in enumerate(curves) if name]
    return _frame("".join([*lines, *dots, *legend]), axes)


def draw_reliability(bars: Sequence[tuple[float, float, float, int]], axes: Axes) -> str:
    """Draw bars (low, high, height, number of cases) beside the diagonal on which a perfect model's would end."""
    drawn = [
        f'<rect class="bar" x="{_x(low) + 1}" y="{_y(height)}" width="{_x(high) - _x(low) - 2}"'
        f' height="{_y(0) - _y(height)}"><title>{cases} questions, {height:.0%} right</title></rect>'
        for low, high, height, cases in bars
    ]
    diagonal = f'<polyline class="ideal" points="{_place((0, 0))} {_place((1, 1))}"/>'
    return _frame("".join([*drawn, diagonal]), axes)


def draw_days(days: Sequence[tuple[str, Sequence[int]]], names: Sequence[str], title: str) -> str:
    """Draw a column for each day, stacked of one number for each of the names, with the tallest at full height."""
    most = max((sum(numbers) for _, numbers in days), default=0) or 1
    end = BROAD - EDGE
    wide = (end - MARGIN) / max(len(days), 1)
    columns = [_column(MARGIN + wide * place, wide, day, numbers, most) for place, (day, numbers) in enumerate(days)]
    ticks = [
        f'<line class="grid" x1="{MARGIN}" x2="{end}" y1="{_y(at)}" y2="{_y(at)}"/>'
        f'<text class="tick" text-anchor="end" x="{MARGIN - 6}" y="{_y(at) + 4}">{most * at:.0f}</text>'
        for at in ((0, 0.5, 1) if most > 1 else (0, 1))
    ]
    ends = [(days[0][0], "start", MARGIN), (days[-1][0], "end", end)] if days else []
    dates = [f'<text class="tick" text-anchor="{a}" x="{x}" y="{_y(0) + 16}">{escape(d)}</text>' for d, a, x in ends]
    keys = [_key(name, number) for number, name in enumerate(names)]
    return (
        f'<svg viewBox="0 0 {BROAD} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"{''.join([*ticks, *columns, *dates, *keys])}</svg>"
    )


def _column(x: float, wide: float, day: str, numbers: Sequence[int], most: int) -> str:
    drawn, below = [], 0
    for number, value in enumerate(numbers):
        top, bottom = _y((below + value) / most), _y(below / most)
        below += value
        drawn.append(
            f'<rect class="part{number}" x="{x + wide * 0.1:.1f}" y="{top}" width="{wide * 0.8:.1f}"'
            f' height="{bottom - top:.1f}"/>'
        )
    return f"<g><title>{escape(day)}: {sum(numbers)}</title>{''.join(drawn)}</g>"


def _key(name: str, number: int) -> str:
    x, y = MARGIN + number * 120, HEIGHT - 8
    return (
        f'<rect class="part{number}" x="{x}" y="{y - 9}" width="10" height="10"/>'
        f'<text class="tick" x="{x + 14}" y="{y}">{escape(name)}</text>'
    )


def _frame(inner: str, axes: Axes) -> str:
    ticks = "".join(_tick(step / 4) for step in range(5))
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(axes.title)}">'
        f'{ticks}{inner}<text class="label" x="{WIDTH / 2}" y="{HEIGHT - 6}">{escape(axes.x)}</text>'
        f'<text class="label" transform="translate(12 {HEIGHT / 2}) rotate(-90)">{escape(axes.y)}</text></svg>'
    )


def _tick(at: float) -> str:
    return (
        f'<line class="grid" x1="{_x(0)}" x2="{_x(1)}" y1="{_y(at)}" y2="{_y(at)}"/>'
        f'<text class="tick" text-anchor="end" x="{_x(0) - 6}" y="{_y(at) + 4}">{at:.0%}</text>'
        f'<text class="tick" text-anchor="middle" x="{_x(at)}" y="{_y(0) + 16}">{at:.0%}</text>'
    )


def _legend(name: str, number: int) -> str:
    y = MARGIN - 26 + 16 * number
    return (
        f'<line class="curve curve{number}" x1="{MARGIN + 8}" x2="{MARGIN + 30}" y1="{y}" y2="{y}"/>'
        f'<text class="tick" x="{MARGIN + 36}" y="{y + 4}">{escape(name)}</text>'
    )


def _place(point: Point) -> str:
    return f"{_x(point[0])},{_y(point[1])}"


def _x(value: float) -> float:
    return round(MARGIN + value * (WIDTH - MARGIN - EDGE), 1)


def _y(value: float) -> float:
    return round(HEIGHT - MARGIN - value * (HEIGHT - MARGIN - EDGE), 1)
