"""Stack: the parts of a whole, each bar starting where the one before it ends."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from .axes import clear_segments, reference_line, start_past
from .legend import with_legend
from .resolved_spec import Item, ResolvedSpec
from .rows import RowLayout, label_width, lay_out_rows, value_labels, value_lines
from .scales import Scale, domain, known_bounds
from .scene import Scene, Shape, line, tag_row
from .theme import CONTEXT_COLOUR, Canvas
from .value_marks import (
    ARROW_LENGTH,
    TEETH_OVERHANG,
    bar,
    bar_extent,
)

_THICK = 22.0


def stack(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The whole as one bar, and below it each part where the one before it ends."""
    parts = [spec.item(fact_id) for fact_id in spec.ids("parts")]
    total = spec.item(spec.choice("total", ""), emphasis=True) if "total" in spec.chart.options else None
    items = [*([total] if total else []), *parts]
    starts = _starts(parts)
    lines = [value_lines(item, canvas, bold=item.emphasis) for item in items]
    layout = lay_out_rows([(item.label, item.emphasis) for item in items], canvas, thickness=_THICK, values=lines)
    _, high = domain([*known_bounds(item.value for item in items), starts[-1]])
    moved = [*([(total, Decimal(0))] if total else []), *zip(parts, starts, strict=False)]
    scale, begins = _fit_moved(layout, high, moved, lines, total)
    shapes: list[Shape] = []
    for number, ((item, start), band) in enumerate(zip(moved, layout.bands, strict=True)):
        at = Scale(
            low=scale.low, high=scale.high, start=scale.position(start), end=scale.position(start) + scale.end - scale.start
        )
        shapes += tag_row(number, bar(item, at, band.middle, _THICK, CONTEXT_COLOUR if item is total else "c1"))
    words = layout.labels()
    words += value_labels(
        [
            (text, x, band.middle, item.emphasis)
            for x, (item, _), band, text in zip(begins, moved, layout.bands, lines, strict=True)
        ],
        canvas,
    )
    for (first, second), (item, start) in zip(pairwise(layout.bands), moved, strict=False):
        if item is total and canvas.narrow:
            continue  # a label begins right there
        x = scale.position(start + item.size) if item is not total else scale.position(Decimal(0))
        for top, end in clear_segments(words, x, first.middle + _THICK / 2, second.middle - _THICK / 2):
            shapes.append(line(((x, top), (x, end)), stroke="muted", stroke_width=1))
    if total is not None:
        shapes += reference_line(scale.position(total.size), layout, words, (1, len(parts)), "muted")
    shapes += words
    return with_legend(spec, items, canvas, shapes, layout.bottom)


def _starts(parts: list[Item]) -> list[Decimal]:
    found = [Decimal(0)]
    for part in parts:
        found.append(found[-1] + part.size)
    return found


def _fit_moved(
    layout: RowLayout, high: Decimal, moved: list[tuple[Item, Decimal]], lines: list[tuple[str, ...]], total: Item | None
) -> tuple[Scale, list[float]]:
    """A scale on which every moved bar leaves room for its value, and where the values begin.

    The total's line goes down to the last part; a value that it would run through stands beyond it.
    """
    canvas, beyond = layout.canvas, set[int]()
    rooms = [label_width(text, canvas.text_size, bold=item.emphasis) for (item, _), text in zip(moved, lines, strict=True)]
    while True:
        end = canvas.width - 1
        for number, ((item, start), room) in enumerate(zip(moved, rooms, strict=True)):
            far = start + (item.value.high if item.value.high is not None else item.size)
            if number in beyond and total is not None:
                far = max(far, total.size)
            if far > 0:
                open_end = ARROW_LENGTH if item.value.high is None else TEETH_OVERHANG
                end = min(end, layout.left + (canvas.width - 1 - layout.left - room - open_end) * float(high / far))
        scale = Scale(low=Decimal(0), high=high, start=layout.left, end=max(end, layout.left + canvas.width * 0.1))
        begins = [bar_extent(item, scale) + scale.position(start) - scale.start for item, start in moved]
        if total is None:
            return scale, begins
        wall = scale.position(total.size)
        cleared = [
            start_past(x, room, wall) if number else x for number, (x, room) in enumerate(zip(begins, rooms, strict=True))
        ]
        met = {number for number, (x, clear) in enumerate(zip(begins, cleared, strict=True)) if x != clear}
        if met <= beyond:
            return scale, cleared
        beyond |= met
