"""Legends: symbols with their meaning, side by side, on as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from .resolved_spec import Item, ResolvedSpec
from .scene import LINE_HEIGHT, Patch, Scene, Shape, line, point_marker, polygon, rectangle, text_block, text_height
from .text_layout import block_width, wrap
from .theme import STATUS_STYLES, Canvas, status_style
from .value_marks import ABOUT, ARROW_LENGTH, AT_LEAST, AT_MOST, CAP_WIDTH, RANGE, arrow, toothed_bar, uncertainties, whiskers

SYMBOL_WIDTH = 20.0
_GAP = 18.0
LegendSymbol = Callable[[float, float], Iterable[Patch]]  # draws a symbol from the x of its left edge and the y of its middle


def legend(entries: Sequence[tuple[LegendSymbol, str]], canvas: Canvas, top: float) -> tuple[list[Shape], float]:
    """The entries from the height `top` on, and the height that they take, 0 without entries."""
    shapes: list[Shape] = []
    size, x, y, bottom = canvas.small_size, 0.0, top, top
    for symbol, text in entries:
        lines = wrap(text, size, canvas.width - SYMBOL_WIDTH - 8)
        width = SYMBOL_WIDTH + 6 + block_width(lines, size)
        if x and x + width > canvas.width:
            x, y = 0.0, bottom + size * 0.35
        shapes += symbol(x + 1, y + size * LINE_HEIGHT / 2)
        shapes += text_block(lines, x + SYMBOL_WIDTH + 6, y, size, colour="muted")
        bottom = max(bottom, y + text_height(lines, size))
        x += width + _GAP
    return shapes, bottom - top


def with_legend(
    spec: ResolvedSpec, items: Sequence[Item], canvas: Canvas, shapes: Sequence[Shape], bottom: float, *, points: bool = False
) -> Scene:
    """The scene of these shapes, which end at the height `bottom`, with the status legend of their items below."""
    entries, height = status_legend(spec, items, canvas, bottom + 14, points=points)
    return Scene(width=canvas.width, height=bottom + 6 + (height + 8 if height else 0), shapes=(*shapes, *entries))


def status_legend(
    spec: ResolvedSpec,
    items: Sequence[Item],
    canvas: Canvas,
    top: float,
    *,
    points: bool = False,
    plain_ranges: bool = False,
    symbols: Mapping[str, LegendSymbol] | None = None,
) -> tuple[list[Shape], float]:
    """A legend of the statuses and kinds of uncertainty that occur among the items, and the height that it takes.

    With `points`, values are drawn as point markers; with `plain_ranges`, a range needs no explanation. A mark that draws
    uncertainty in its own way gives the `symbols` of the kinds that it shows.
    """
    statuses = [status for status in STATUS_STYLES if any(item.status == status for item in items)]
    if symbols is None:
        shown = (ABOUT, AT_LEAST, AT_MOST) if plain_ranges else (RANGE, ABOUT, AT_LEAST, AT_MOST)
        symbols = {kind: partial(_uncertainty_symbol, kind, points=points) for kind in shown}
    entries: list[tuple[LegendSymbol, str]] = []
    for status in statuses if statuses != ["observed"] else []:
        only_ranges = all(RANGE in uncertainties(item.value) for item in items if item.status == status)
        entries.append((partial(_status_symbol, status, points=points and not only_ranges), spec.status(status)))
    kinds = (kind for kind in symbols if any(kind in uncertainties(item.value) for item in items))
    entries += [(symbols[kind], spec.word(kind)) for kind in kinds]
    return legend(entries, canvas, top)


def _status_symbol(status: str, x: float, middle: float, *, points: bool) -> Iterator[Patch]:
    style = status_style(status)
    fill, right, dashes = "muted" if style.solid else "c6-soft", x + SYMBOL_WIDTH, style.dashes
    if points:
        centre = x + SYMBOL_WIDTH / 2
        yield point_marker(centre, middle, 6, style.symbol, fill=fill, stroke="muted", stroke_width=1.8, dashes=dashes)
    else:
        yield rectangle(x, middle - 6, right, middle + 6, fill=fill, stroke="muted", hatch=style.hatch, dashes=dashes)


def _uncertainty_symbol(kind: str, x: float, middle: float, *, points: bool) -> Iterator[Patch]:
    top, bottom, right, colour = middle - 6, middle + 6, x + SYMBOL_WIDTH, "muted"
    if kind == RANGE:
        left, fill = (x, "c6-soft") if points else (x + 9, "paper")
        yield rectangle(x, top, x + 9, bottom, fill="c6-soft", stroke=colour)
        yield rectangle(left, top, right, bottom, fill=fill, stroke=colour, stroke_width=1.6)
    elif kind == ABOUT and points:
        yield from whiskers(x + SYMBOL_WIDTH / 2, middle, SYMBOL_WIDTH / 2 + 1, colour)
        yield point_marker(x + SYMBOL_WIDTH / 2, middle, 3.5, "circle", fill="c6-soft", stroke=colour)
    elif kind == ABOUT:
        yield polygon(toothed_bar(x, right - 3, top, bottom), fill="c6-soft", stroke=colour)
    elif kind == AT_LEAST:
        yield arrow(x + 2, top, bottom, fill="paper", stroke=colour)
    elif points:
        yield arrow(right - 2, top, bottom, fill="paper", stroke=colour, length=-ARROW_LENGTH)
    else:
        yield rectangle(x, top, right, bottom, fill="paper", stroke=colour, dashes=(3, 3))
        yield line(((right, top), (right, bottom)), stroke=colour, stroke_width=CAP_WIDTH)
