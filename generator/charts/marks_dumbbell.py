"""Dumbbell: two columns of a series as two points on one line per row, and how far they are apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .axes import inner_ticks, value_axis
from .legend import with_legend
from .resolved_spec import Item, ResolvedSpec
from .rows import LABEL_GAP, lay_out_rows
from .scales import Scale, domain, known_bounds
from .scene import Label, Scene, Shape, centred_baseline, line, tag_row
from .series_rows import SeriesRow, series_rows
from .text_layout import text_width
from .theme import CONTEXT_COLOUR, Canvas
from .value_marks import status_marker

_RADII = {"wide": 6.5, "narrow": 5.0}  # of points
_BAR = 1.6  # width of the line between the points


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row with a value in both columns."""

    number: int
    label: str
    emphasis: bool
    ends: tuple[Item, Item]


def changes(spec: ResolvedSpec) -> list[Change]:
    """The rows of a series that have both values."""
    return [
        Change(number=row.number, label=row.label, emphasis=row.emphasis, ends=ends)
        for row in series_rows(spec)
        if (ends := _ends(row)) is not None
    ]


def _ends(row: SeriesRow) -> tuple[Item, Item] | None:
    first, second = row.cells
    return (first, second) if first is not None and second is not None else None


def dumbbell(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Rows with a hollow point for the first column and a filled one for the second, named above the first row."""
    series, rows = spec.series(), changes(spec)
    size = canvas.text_size
    labels = [(row.label, row.emphasis) for row in rows]
    layout = lay_out_rows(labels, canvas, top=canvas.small_size * 2.0, thickness=24)
    low, high = domain(known_bounds(item.value for row in rows for item in row.ends), zero=spec.flag("zero", default=True))
    radius = _RADII[canvas.name]
    room = [max(text_width(_sorted(row)[side].short, size) for row in rows) + LABEL_GAP + radius for side in (0, 1)]
    start = layout.left + (room[0] if low != 0 or min(item.size for row in rows for item in row.ends) < high / 5 else radius)
    scale = Scale(low=low, high=high, start=start, end=canvas.width - 1 - room[1])
    shapes: list[Shape] = []
    for row, band in zip(rows, layout.bands, strict=True):
        shapes += _row(row, rows, scale, band.middle, canvas)
    shapes += layout.labels()
    names = [spec.column_label(series, column) for column in spec.columns(series)]
    shapes += _names(names, rows[0], scale, canvas)
    occupied = [shape for shape in shapes if isinstance(shape, Label)]
    axis, height = value_axis(spec, layout, scale, rows[0].ends[0].unit, inner_ticks(low, high, canvas), labels=occupied)
    return with_legend(
        spec, [item for row in rows for item in row.ends], canvas, [*axis, *shapes], layout.bottom + height, points=True
    )


def _sorted(row: Change) -> tuple[Item, Item]:
    """The ends of a row from left to right."""
    first, second = row.ends
    return (first, second) if first.size <= second.size else (second, first)


def _row(row: Change, rows: Sequence[Change], scale: Scale, y: float, canvas: Canvas) -> list[Shape]:
    colour = "c1" if row.emphasis or not any(other.emphasis for other in rows) else CONTEXT_COLOUR
    places = [scale.position(item.size) for item in row.ends]
    radius = _RADII[canvas.name]
    shapes: list[Shape] = [line([(x, y) for x in places], stroke="muted", stroke_width=_BAR)]
    for item, x, hollow in zip(row.ends, places, (True, False), strict=True):
        shapes.append(status_marker(item.look, x, y, radius, colour, hollow=hollow))
    left, right = _sorted(row)
    baseline, size = centred_baseline(y, canvas.text_size), canvas.text_size
    ends = ((left, -1, "end"), (right, 1, "start"))
    for item, direction, anchor in ends:
        x = scale.position(item.size) + direction * (radius + LABEL_GAP - 1)
        bold = row.emphasis and item is row.ends[1]
        shapes.append(Label(x=x, y=baseline, text=item.short, size=size, anchor=anchor, bold=bold))
    return [*tag_row(row.number, shapes)]


def _names(names: Sequence[str], row: Change, scale: Scale, canvas: Canvas) -> list[Shape]:
    """The names of the columns above the points of the first row, pushed outwards so that they do not touch."""
    size = canvas.small_size
    first, second = (scale.position(item.size) for item in row.ends)
    turned = first > second
    left, right = (names[1], names[0]) if turned else (names[0], names[1])
    x0, x1 = min(first, second), max(first, second)
    apart = x1 - x0 - (text_width(left, size, bold=True) + text_width(right, size, bold=True)) / 2
    if apart > LABEL_GAP:
        places = [(x0, left, "middle"), (x1, right, "middle")]
    else:
        places = [((x0 + x1) / 2 - 5, left, "end"), ((x0 + x1) / 2 + 5, right, "start")]
    shapes: list[Shape] = []
    for x, text, anchor in places:
        width = text_width(text, size, bold=True)
        shift = {"middle": width / 2, "end": width, "start": 0.0}[anchor]
        inside = min(max(x, shift), canvas.width - (width - shift))
        shapes.append(Label(x=inside, y=size, text=text, size=size, colour="muted", anchor=anchor, bold=True))
    return shapes
