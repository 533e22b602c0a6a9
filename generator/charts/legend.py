"""Keys: signs and what they mean, one after the other, on as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from .resolved_spec import Item, ResolvedSpec
from .scene import LINE_HEIGHT, Patch, Scene, Shape, line, point_marker, polygon, rectangle, text_block, text_height
from .text_layout import block_width, wrap
from .theme import STATUS_STYLES, Canvas, status_style
from .value_marks import ABOUT, ARROW_LENGTH, AT_LEAST, AT_MOST, CAP_WIDTH, RANGE, arrow, toothed_bar, uncertainties, whiskers

SYMBOL_WIDTH = 20.0  # room for a sign
_GAP = 18.0
LegendSymbol = Callable[[float, float], Iterable[Patch]]  # draws a sign from its left edge and middle


def legend(entries: Sequence[tuple[LegendSymbol, str]], canvas: Canvas, top: float) -> tuple[list[Shape], float]:
    """The entries from this height on; and the height they take, none without entries."""
    shapes: list[Shape] = []
    size, x, y, deepest = canvas.small_size, 0.0, top, top
    for sign, text in entries:
        lines = wrap(text, size, canvas.width - SYMBOL_WIDTH - 8)
        wide = SYMBOL_WIDTH + 6 + block_width(lines, size)
        if x and x + wide > canvas.width:
            x, y = 0.0, deepest + size * 0.35
        shapes += sign(x + 1, y + size * LINE_HEIGHT / 2)
        shapes += text_block(lines, x + SYMBOL_WIDTH + 6, y, size, colour="muted")
        deepest = max(deepest, y + text_height(lines, size))
        x += wide + _GAP
    return shapes, deepest - top


def with_legend(
    spec: ResolvedSpec, items: Sequence[Item], canvas: Canvas, shapes: Sequence[Shape], bottom: float, *, dots: bool = False
) -> Scene:
    """The scene of these shapes, which end at `bottom`, with the legend of their items below."""
    found, height = status_legend(spec, items, canvas, bottom + 14, dots=dots)
    return Scene(width=canvas.width, height=bottom + 6 + (height + 8 if height else 0), shapes=(*shapes, *found))


def status_legend(
    spec: ResolvedSpec,
    items: Sequence[Item],
    canvas: Canvas,
    top: float,
    *,
    dots: bool = False,
    plain_ranges: bool = False,
    signs: Mapping[str, LegendSymbol] | None = None,
) -> tuple[list[Shape], float]:
    """What the looks mean, only those that occur; and the height taken. `plain_ranges` need no word.

    A mark that draws uncertainty in a way of its own gives its `signs`, one for each trait that it shows.
    """
    statuses = [status for status in STATUS_STYLES if any(item.status == status for item in items)]
    if signs is None:
        shown = (ABOUT, AT_LEAST, AT_MOST) if plain_ranges else (RANGE, ABOUT, AT_LEAST, AT_MOST)
        signs = {trait: partial(_trait_sign, trait, dots=dots) for trait in shown}
    entries: list[tuple[LegendSymbol, str]] = []
    for status in statuses if statuses != ["observed"] else []:
        ranged = all(RANGE in uncertainties(item.value) for item in items if item.status == status)
        entries.append((partial(_status_sign, status, dots=dots and not ranged), spec.status(status)))
    found = (trait for trait in signs if any(trait in uncertainties(item.value) for item in items))
    entries += [(signs[trait], spec.word(trait)) for trait in found]
    return legend(entries, canvas, top)


def _status_sign(status: str, x: float, middle: float, *, dots: bool) -> Iterator[Patch]:
    style = status_style(status)
    fill = "muted" if style.solid else "c6-soft"
    if dots:
        yield point_marker(
            x + SYMBOL_WIDTH / 2, middle, 6, style.symbol, fill=fill, stroke="muted", stroke_width=1.8, dashes=style.dashes
        )
    else:
        yield rectangle(
            x, middle - 6, x + SYMBOL_WIDTH, middle + 6, fill=fill, stroke="muted", hatch=style.hatch, dashes=style.dashes
        )


def _trait_sign(trait: str, x: float, middle: float, *, dots: bool) -> Iterator[Patch]:
    top, bottom, right, colour = middle - 6, middle + 6, x + SYMBOL_WIDTH, "muted"
    if trait == RANGE:
        yield rectangle(x, top, x + 9, bottom, fill="c6-soft", stroke=colour)
        yield rectangle(
            x if dots else x + 9, top, right, bottom, fill="c6-soft" if dots else "paper", stroke=colour, stroke_width=1.6
        )
    elif trait == ABOUT and dots:
        yield from whiskers(x + SYMBOL_WIDTH / 2, middle, SYMBOL_WIDTH / 2 + 1, colour)
        yield point_marker(x + SYMBOL_WIDTH / 2, middle, 3.5, "circle", fill="c6-soft", stroke=colour)
    elif trait == ABOUT:
        yield polygon(toothed_bar(x, right - 3, top, bottom), fill="c6-soft", stroke=colour)
    elif trait == AT_LEAST:
        yield arrow(x + 2, top, bottom, fill="paper", stroke=colour)
    elif dots:
        yield arrow(right - 2, top, bottom, fill="paper", stroke=colour, length=-ARROW_LENGTH)
    else:
        yield rectangle(x, top, right, bottom, fill="paper", stroke=colour, dashes=(3, 3))
        yield line(((right, top), (right, bottom)), stroke=colour, stroke_width=CAP_WIDTH)
