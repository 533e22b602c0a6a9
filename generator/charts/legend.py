"""Legends: symbols with their meaning, side by side, on as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from .chart_texts import sentence_case
from .mirroring import legend_from_reading_side
from .resolved_spec import Item, ResolvedSpec
from .scene import LINE_HEIGHT, Patch, Scene, Shape, point_marker, rectangle, text_block, text_height
from .text_layout import block_width, wrap
from .theme import CLAIMED, CLAIMED_COLOUR, STATUS_STYLES, Canvas, StatusStyle, status_style
from .value_marks import RANGE, uncertainties

SYMBOL_WIDTH = 20.0
_GAP = 18.0
LegendSymbol = Callable[[float, float], Iterable[Patch]]  # draws a symbol from the x of its left edge and the y of its middle


def legend(
    entries: Sequence[tuple[LegendSymbol, str]], canvas: Canvas, top: float, *, symbol_width: float = SYMBOL_WIDTH
) -> tuple[list[Shape], float]:
    """The entries from the height `top` on, and the height that they take, 0 without entries."""
    shapes: list[Shape] = []
    size, x, y, bottom = canvas.small_size, 0.0, top, top
    for symbol, text in entries:
        lines = wrap(text, size, canvas.width - symbol_width - 8)
        width = symbol_width + 6 + block_width(lines, size)
        if x and x + width > canvas.width:
            x, y = 0.0, bottom + size * 0.35
        shapes += symbol(x + 1, y + size * LINE_HEIGHT / 2)
        shapes += text_block(lines, x + symbol_width + 6, y, size, colour="muted")
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
    spec: ResolvedSpec, items: Sequence[Item], canvas: Canvas, top: float, *, points: bool = False
) -> tuple[list[Shape], float]:
    """A legend of the statuses that occur among the items, one symbol for those that look alike, and the height it takes.

    It is empty where everything has happened, or where one look is all and title or measure have its word. That a value is
    a range, a bound or approximate is said by its label. With `points`, values are drawn as point markers.
    """
    statuses = [status for status in STATUS_STYLES if any(item.look == status for item in items)]
    styles = list(dict.fromkeys(status_style(status) for status in statuses))
    if not spec.flag("legend", default=True) or not any(not style.solid for style in styles):
        return [], 0.0
    words = [[spec.status(status) for status in statuses if status_style(status) == style] for style in styles]
    told = " ".join(spec.texts.fill(text) for text in (spec.chart.title, spec.chart.measure) if text is not None).casefold()
    if len(styles) == 1 and all(word.casefold() in told for word in words[0]):
        return [], 0.0
    entries: list[tuple[LegendSymbol, str]] = []
    for style, names in zip(styles, words, strict=True):
        members = [item for item in items if status_style(item.look) == style]
        only_ranges = all(RANGE in uncertainties(item.value) for item in members)
        colour = CLAIMED_COLOUR if all(item.look == CLAIMED for item in members) else "c6"
        entries.append((partial(_status_symbol, style, colour, points=points and not only_ranges), _label(spec, names)))
    shapes, height = legend(entries, canvas, top)
    return legend_from_reading_side(spec, shapes, canvas.width), height


def _label(spec: ResolvedSpec, names: list[str]) -> str:
    return sentence_case(spec.joined(names), spec.texts)


def _status_symbol(style: StatusStyle, colour: str, x: float, middle: float, *, points: bool) -> Iterator[Patch]:
    fill, dashes = colour if style.solid else f"{colour}-soft", style.dashes
    if points:
        centre = x + SYMBOL_WIDTH / 2
        yield point_marker(centre, middle, 6, style.symbol, fill=fill, stroke=colour, stroke_width=1.8, dashes=dashes)
    else:
        yield rectangle(x, middle - 6, x + SYMBOL_WIDTH, middle + 6, fill=fill, stroke=colour, hatch=style.hatch, dashes=dashes)
