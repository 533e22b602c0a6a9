"""Axes of row charts: ticks with labels, grid lines and reference lines that are interrupted where labels are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from ..model.units import Unit
from .resolved_spec import ResolvedSpec
from .rows import RowLayout
from .scales import Scale, ticks
from .scene import LINE_HEIGHT, Label, Shape, line, text_block, text_height
from .text_layout import text_width, wrap
from .theme import Canvas

_SHORTEST_SEGMENT = 4.0
_NEAR = 2.0  # between the end of a line and a label that it crosses, where labels stand above marks
_CLEAR = 5.0  # between the end of a vertical line and a label that it crosses
_LEAST_INNER_TICKS = 3
_MOST_NARROW = 4  # ticks below a narrow canvas
_LABEL_GAP = 6.0  # between labels of ticks
_NAME_GAP = 5.0  # from the name of a line to its value
_BESIDE = 4.0  # from a label to a vertical line that is interrupted there
_NEAR_SHARE = 0.12  # of the canvas: from the end of a mark to a line past which its label begins, where it would lie on that
NEAR_LINE = 12.0  # from the end of a mark to a line that its label begins past


def value_axis(
    spec: ResolvedSpec,
    layout: RowLayout,
    scale: Scale,
    unit: Unit,
    amounts: Sequence[Decimal],
    *,
    note: str = "",
    labels: Sequence[Label] = (),
    grid: bool | None = None,
) -> tuple[list[Shape], float]:
    """A horizontal value axis below the rows, with vertical grid lines, and the height that it takes.

    Of the amounts, as many get a tick as have labels that fit side by side, where need be with the unit at the last one alone.
    Grid lines are interrupted at `labels`. A narrow canvas has none unless `grid` says so; bars, which would leave only stubs
    of them, have none at all. A note about the scale stands below.
    """
    canvas, size = layout.canvas, layout.canvas.small_size
    shapes: list[Shape] = []
    plain = canvas.narrow or grid is False
    top, end = (layout.bottom + 5, layout.bottom + 10) if plain else (layout.top - 2, layout.bottom + 5)
    if plain:
        shapes += [*_hairlines(layout, scale, amounts, labels)] if grid else []
        shapes.append(line(((scale.start, top), (scale.end, top)), stroke="muted", stroke_width=1))
    for x, middle, text in _tick_labels(spec, scale, unit, amounts, canvas):
        segments = [(top, end)] if plain else clear_segments(labels, x, top, end)
        colour = "muted" if plain else "grid"
        shapes += [line(((x, start), (x, stop)), stroke=colour, stroke_width=1) for start, stop in segments]
        centre = _centre_inside(middle, text, canvas)
        shapes.append(Label(x=centre, y=end + 2 + size, text=text, size=size, colour="muted", anchor="middle"))
    height = end + 2 - layout.bottom + size * LINE_HEIGHT
    if note:
        told, bottom = note_below(note, 0.0 if canvas.narrow else scale.start, layout.bottom + height, canvas)
        return [*shapes, *told], bottom - layout.bottom
    return shapes, height


def _hairlines(layout: RowLayout, scale: Scale, amounts: Sequence[Decimal], labels: Sequence[Label]) -> Iterator[Shape]:
    """Grid lines at all amounts, of which a narrow canvas may name only some; where labels stand above marks, behind these."""
    spans = [(band.mark, band.bottom) for band in layout.bands] if layout.above else [(layout.bands[0].mark, layout.bottom)]
    for x in map(scale.position, amounts):
        for start, stop in (*spans, (layout.bottom + 5, layout.bottom + 10)):
            for top, end in clear_segments(labels, x, start, stop, _NEAR):
                yield line(((x, top), (x, end)), stroke="grid", stroke_width=1)


def _tick_labels(
    spec: ResolvedSpec, scale: Scale, unit: Unit, amounts: Sequence[Decimal], canvas: Canvas
) -> list[tuple[float, float, str]]:
    """The places of ticks, the centres of their words, and these.

    A narrow canvas has so few that words of any language fit: the same ones in each. Of as many, those that end with the last
    one are first. Where the last one alone has a unit, which follows its number, that is at the tick and the unit behind it,
    if need be.
    """
    least = -(-len(amounts) // _MOST_NARROW) if canvas.narrow else 1
    strides = range(least, max(len(amounts), least + 1))
    for stride in sorted(strides, key=lambda one: (-len(amounts[::one]), (len(amounts) - 1) % one, one)):
        some = amounts[::stride]
        places = [scale.position(amount) for amount in some]
        full, bare = ([spec.tick(amount, unit, bare=short) for amount in some] for short in (False, True))
        behind = text_width(full[-1].removeprefix(bare[-1]), canvas.small_size)
        one_unit = [*bare[:-1], full[-1]] if full[-1].startswith(bare[-1]) else full
        for texts, shift in ((full, 0.0), (one_unit, 0.0), (one_unit, behind / 2 if one_unit is not full else 0.0)):
            centres = [*places[:-1], places[-1] + shift]
            if _fit(list(zip(centres, texts, strict=True)), canvas):
                return list(zip(places, centres, texts, strict=True))
    return [(scale.position(amount), scale.position(amount), spec.tick(amount, unit)) for amount in amounts[:1]]


def first_tick_room(spec: ResolvedSpec, amount: Decimal, unit: Unit, canvas: Canvas) -> float:
    """How far from the edge of a narrow canvas a tick stands at least, so that its label is centred below it."""
    return text_width(spec.tick(amount, unit), canvas.small_size) / 2 if canvas.narrow else 0.0


def scale_note(spec: ResolvedSpec, lowest: Decimal, left: float, top: float, canvas: Canvas) -> tuple[list[Label], float]:
    """That an axis of values does not start at zero, where its lowest tick is above it; and the height where that ends."""
    return note_below(spec.word("not_zero"), 0.0 if canvas.narrow else left, top, canvas) if lowest > 0 else ([], top)


def note_below(note: str, left: float, top: float, canvas: Canvas) -> tuple[list[Label], float]:
    """A note about a scale below its axis, and the height where it ends."""
    lines = wrap(note, canvas.small_size, canvas.width - left)
    return text_block(lines, left, top + 4, canvas.small_size, colour="muted"), top + text_height(lines, canvas.small_size) + 4


def axis_ticks(low: Decimal, high: Decimal, canvas: Canvas) -> list[Decimal]:
    """Ticks that enclose the domain of a linear scale, fewer on a narrow canvas."""
    return ticks(low, high, 3 if canvas.narrow else 5)


def inner_ticks(low: Decimal, high: Decimal, canvas: Canvas) -> list[Decimal]:
    """Ticks inside the domain of a linear scale, at least three where possible."""
    for about in range(3 if canvas.narrow else 5, 11):
        inside = [amount for amount in ticks(low, high, about) if low <= amount <= high]
        if len(inside) >= _LEAST_INNER_TICKS:
            break
    return inside


def start_past(start: float, x: float) -> float:
    """Where a label begins: at `start`, or just past a vertical line at `x` that stands between the mark and the label.

    A line farther on is interrupted at the label.
    """
    return x if start < x < start + NEAR_LINE else start


def past_line(start: float, end: float, x: float, canvas: Canvas) -> float:
    """Where a label from `start` to `end` begins: past a vertical line that it would lie on, too, if that is near enough."""
    near = x - start < canvas.width * _NEAR_SHARE and end + x - start <= canvas.width
    return x if near and start < x < end + NEAR_LINE / 2 else start_past(start, x)


def line_head(name: str, value: str, x: float, canvas: Canvas, top: float = 0.0) -> list[Label]:
    """The name of a vertical line and, in bold, its value above its upper end, inside the canvas."""
    size = canvas.small_size
    left, right = text_width(name, size), text_width(value, size, bold=True)
    gap = _NAME_GAP if name and value else 0.0
    start = min(max(x - (left + gap + right) / 2, 0.0), canvas.width - left - gap - right)
    return [
        *text_block([name] if name else [], start + left, top, size, anchor="end"),
        *text_block([value] if value else [], start + left + gap, top, size, bold=True),
    ]


def reference_line(x: float, layout: RowLayout, labels: Sequence[Label], rows: tuple[int, int], colour: str) -> list[Shape]:
    """A dashed vertical line from above the first of two rows down to the mark of the second, interrupted at labels."""
    first, last = rows
    edges = [layout.top - 3, *(band.bottom for band in layout.bands[:last]), layout.bands[last].middle]
    return [
        line(((x, top), (x, end)), stroke=colour, stroke_width=1.4, dashes=(4, 3))
        for top, end in clear_segments(labels, x, edges[first], edges[-1])
    ]


def clear_segments(
    labels: Sequence[Label], x: float, top: float, end: float, clear: float = _CLEAR
) -> Iterator[tuple[float, float]]:
    """The segments (top, end) of a vertical line that stay clear of all labels; too short ones are left out."""
    bounds = (label.bounds for label in labels)
    near = [(upper, lower) for left, upper, right, lower in bounds if left - _BESIDE < x < right + _BESIDE]
    crossed = sorted((upper - clear, lower + clear) for upper, lower in near)
    for upper, lower in [*crossed, (end, end)]:
        if min(upper, end) - top > _SHORTEST_SEGMENT:
            yield top, min(upper, end)
        top = max(top, lower)


def clear_spans(labels: Sequence[Label], y: float, left: float, right: float) -> Iterator[tuple[float, float]]:
    """The spans (left, right) of a horizontal line that cross no label; too short ones are left out."""
    bounds = (label.bounds for label in labels)
    crossed = sorted((start - 4, end + 4) for start, top, end, bottom in bounds if top - 2 < y < bottom + 2)
    for start, end in [*crossed, (right, right)]:
        if min(start, right) - left > _SHORTEST_SEGMENT:
            yield left, min(start, right)
        left = max(left, end)


def _fit(labels: Sequence[tuple[float, str]], canvas: Canvas) -> bool:
    """Whether labels centred on these x positions, but inside the canvas, leave gaps between them."""
    extents = []
    for x, text in sorted(labels):
        half, centre = text_width(text, canvas.small_size) / 2, _centre_inside(x, text, canvas)
        extents.append((centre - half, centre + half))
    return all(right + _LABEL_GAP < left for (_, right), (left, _) in pairwise(extents))


def _centre_inside(x: float, text: str, canvas: Canvas) -> float:
    """The centre of a label at `x` that is moved inside the canvas."""
    half = text_width(text, canvas.small_size) / 2
    return min(max(x, half), canvas.width - half)
