"""Dumbbell: two columns of a series as two points on one line per row, and how far they are apart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from ..records.struct import Struct, replace
from .axes import first_tick_room, inner_ticks, value_axis
from .legend import legend, with_legend
from .resolved_spec import Item, ResolvedSpec
from .rows import LABEL_GAP, Band, RowLayout, lay_out_rows
from .scales import Scale, domain, known_bounds
from .scene import LINE_HEIGHT, Label, Patch, Scene, Shape, centred_baseline, line, tag_row, text_block, text_height
from .series_rows import SeriesRow, series_rows
from .text_layout import block_width, longest_word_width, text_width, wrap
from .theme import CONTEXT_COLOUR, Canvas, status_style
from .value_marks import ARROW_LENGTH, point_or_range, point_or_range_extent, status_marker

_RADII = {"wide": 6.5, "narrow": 5.0}  # of points
_LEAST_PLOT = 0.2  # share of the canvas width
_FIRST = 0.8  # of the first point of a row, which is what the second is compared with, as a share of that one
_PLAIN, _NAMED = 24.0, 36.0  # height of a row without and with names beside its points
_OVER_POINTS = 26.0  # on a narrow canvas, from the upper edge of a row to its points, for the gap above these
_NAME = 0.3  # of a narrow canvas, for the lines of a name below its value
_KEY_WIDTH, _BELOW_KEY = 14.0, 10.0  # of a symbol in the key; from the key to the rows
_APART = 8.0  # more room before a row that is apart from the one before
_BAR = 1.6  # width of the line between the points
_ABOVE_VALUES = 11.0  # from the line to the gap above it and above the values
_BELOW_HEADING = 3.0  # from the name of a group to its first row
_ABOVE_LINE = 6.0  # from that line to the gap that is written on it


class Change(Struct, frozen=True, kw_only=True):
    """A row with a value in both columns, and what each is in this row where that differs from row to row."""

    number: int
    label: str
    emphasis: bool
    ends: tuple[Item, Item]
    names: tuple[str, str] = ("", "")
    gap: str = ""  # how far they are apart, where only that is compared
    brief_gap: str = ""  # the same in fewer words
    apart: bool = False  # from the row before, with which it cannot be compared
    group: str = ""  # what the row is among, where that has a name

    def told(self, item: Item, canvas: Canvas) -> tuple[str, ...]:
        """The lines beside a point: its value, and what it is."""
        name = self.names[0 if item is self.ends[0] else 1]
        limit = max(canvas.width * _NAME, longest_word_width(name, canvas.small_size)) if canvas.narrow else canvas.width
        return (item.short, *(wrap(name, canvas.small_size, limit) if name else ()))

    def width(self, item: Item, canvas: Canvas) -> float:
        """The width of these lines."""
        bold = self.emphasis and item is self.ends[1]
        told = self.told(item, canvas)
        return max(text_width(told[0], canvas.text_size, bold=bold), block_width(told[1:], canvas.small_size))


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
    """Rows with a point for each column, named above the first row."""
    names = [spec.column_label(spec.series(), column) for column in spec.columns(spec.series())]
    return draw_changes(spec, canvas, changes(spec), names)


def draw_changes(spec: ResolvedSpec, canvas: Canvas, rows: Sequence[Change], names: Sequence[str]) -> Scene:
    """Rows with two points each, the first smaller and grey, or a bar where a value is a range."""
    labels = [(row.label, row.emphasis) for row in rows]
    thickness = _NAMED if any(any(row.names) for row in rows) else _PLAIN
    layout = lay_out_rows(labels, canvas, top=canvas.small_size * 2.0, thickness=thickness, groups=[row.group for row in rows])
    low, high = domain(known_bounds(item.value for row in rows for item in row.ends), zero=spec.flag("zero", default=True))
    radius = _RADII[canvas.name]
    room = [max(row.width(_sorted(row)[side], canvas) for row in rows) + LABEL_GAP + radius for side in (0, 1)]
    end = canvas.width - 1 - room[1]
    ticks = inner_ticks(low, high, canvas)
    start = max(
        _start(rows, (low, high), layout.left, end, canvas), first_tick_room(spec, ticks[0], rows[0].ends[0].unit, canvas)
    )
    scale = Scale(low=low, high=high, start=start, end=end)
    shapes: list[Shape] = []
    for row, band in zip(rows, layout.bands, strict=True):
        shapes += _row(row, rows, scale, band.middle, canvas)
    shapes += layout.labels()
    shapes += _names(names, rows[0], scale, canvas)
    occupied = [shape for shape in shapes if isinstance(shape, Label)]
    note = spec.word("not_zero") if low > 0 else ""
    axis, height = value_axis(spec, layout, scale, rows[0].ends[0].unit, ticks, note=note, labels=occupied)
    items = [] if _told_by_names(rows) else [item for row in rows for item in row.ends]
    return with_legend(spec, items, canvas, [*axis, *shapes], layout.bottom + height, points=True)


def draw_gaps(spec: ResolvedSpec, canvas: Canvas, rows: Sequence[Change], names: Sequence[str]) -> Scene:
    """Rows with two points each on scales of their own, the larger values below each other; what is compared are the gaps.

    A key above them says which point is which. On a narrow canvas what a point is stands in lines below its value.
    """
    key, top = _key(names, rows[0], canvas)
    labels, groups, radius = [(row.label, row.emphasis) for row in rows], [row.group for row in rows], _RADII[canvas.name]
    ends = [(item.value.low, item.value.high) for row in rows for item in row.ends]
    reach = LABEL_GAP + (ARROW_LENGTH if any(None in bounds for bounds in ends) else radius)
    column = lay_out_rows(labels, canvas, groups=groups).left
    room = [max(row.width(_sorted(row)[side], canvas) for row in rows) + reach for side in (0, 1)]
    start, end = column + 2 + room[0], canvas.width - 1 - room[1]
    largest = max(_sorted(row)[1].size - _sorted(row)[0].size for row in rows)
    scales = [Scale(low=high - largest, high=high, start=start, end=end) for high in (_sorted(row)[1].size for row in rows)]
    spans = [[scale.position(item.size) for item in _sorted(row)] for row, scale in zip(rows, scales, strict=True)]
    closed = all(low == high for low, high in ends)
    above = not (closed and _fit([row.gap for row in rows], spans, radius, canvas))
    if canvas.narrow and above:
        rows = [replace(row, gap=row.brief_gap or row.gap) for row in rows]
    thickness = [_NAMED + (2 * canvas.line_height if above else 0.0)] * len(rows)
    if canvas.narrow:
        thickness = [_OVER_POINTS + max(_below_point(row.told(item, canvas), canvas) for item in row.ends) for row in rows]
    layout = lay_out_rows(labels, canvas, top=top, thickness=thickness, groups=groups)
    layout, shapes = _set_apart(layout, rows)
    shapes = [*key, *shapes, *layout.labels(with_groups=True)]
    for row, band, scale, span in zip(rows, layout.bands, scales, spans, strict=True):
        middle = band.mark + _OVER_POINTS if canvas.narrow else band.middle
        shapes += _row(row, rows, scale, middle, canvas)
        y = middle - _ABOVE_VALUES if canvas.narrow else band.mark + canvas.text_size if above else middle - _ABOVE_LINE
        shapes.append(Label(x=(span[0] + span[1]) / 2, y=y, text=row.gap, size=canvas.text_size, anchor="middle", bold=True))
    return with_legend(spec, [], canvas, shapes, layout.bottom)


def _fit(gaps: Sequence[str], spans: Sequence[Sequence[float]], radius: float, canvas: Canvas) -> bool:
    """Whether all gaps fit between the points of their rows."""
    widths = (text_width(gap, canvas.text_size, bold=True) for gap in gaps)
    return all(right - left - 2 * radius >= width for (left, right), width in zip(spans, widths, strict=True))


def _key(names: Sequence[str], row: Change, canvas: Canvas) -> tuple[list[Shape], float]:
    """Which point is which, in the order of a row from left to right, and where the rows may begin."""
    entries = [
        (partial(_symbol, first=item is row.ends[0], radius=_RADII[canvas.name]), names[0 if item is row.ends[0] else 1])
        for item in _sorted(row)
    ]
    shapes, height = legend(entries, canvas, 0, symbol_width=_KEY_WIDTH)
    return shapes, height + _BELOW_KEY


def _symbol(x: float, middle: float, *, first: bool, radius: float) -> list[Patch]:
    colour, share = (CONTEXT_COLOUR, _FIRST) if first else ("c1", 1.0)
    return [status_marker("observed", x + _KEY_WIDTH / 2, middle, radius * share, colour)]


def _below_point(lines: Sequence[str], canvas: Canvas) -> float:
    """The height of a value and what it is, from the middle of the value on."""
    return canvas.text_size * LINE_HEIGHT / 2 + text_height(lines[1:], canvas.small_size)


def _set_apart(layout: RowLayout, rows: Sequence[Change]) -> tuple[RowLayout, list[Shape]]:
    """The layout with more room before the rows that are apart from those before them, and the rules in it."""
    bands, rules, shift = list[Band](), list[Shape](), 0.0
    for row, band in zip(rows, layout.bands, strict=True):
        if row.apart and bands:
            shift += _APART
            heading = text_height(band.group, layout.canvas.text_size) + _BELOW_HEADING if band.group else 0.0
            y = (bands[-1].bottom + band.top + shift - heading) / 2
            rules.append(line(((0, y), (layout.canvas.width, y)), stroke="grid"))
        bands.append(replace(band, **{name: getattr(band, name) + shift for name in ("top", "mark", "middle", "bottom")}))
    return replace(layout, bands=tuple(bands), bottom=layout.bottom + shift), rules


def _start(rows: Sequence[Change], ends: tuple[Decimal, Decimal], left: float, end: float, canvas: Canvas) -> float:
    """Where the scale begins so that every left value has room."""
    low, high = ends
    start = left + _RADII[canvas.name] + 2
    for row in rows:
        item = _sorted(row)[0]
        least = item.value.low if item.value.low is not None else item.size
        share = float((least - low) / (high - low))
        needed = left + row.width(item, canvas) + LABEL_GAP + _RADII[canvas.name] + 2
        if share < 1:
            start = max(start, (needed - share * end) / (1 - share))
    return min(start, end - canvas.width * _LEAST_PLOT)


def _told_by_names(rows: Sequence[Change]) -> bool:
    """Whether the two columns look different, and each the same in every row, so that their names are legend enough."""
    first, second = ({status_style(row.ends[side].look) for row in rows} for side in (0, 1))
    return len(first) == len(second) == 1 and first != second


def _sorted(row: Change) -> tuple[Item, Item]:
    """The ends of a row from left to right."""
    first, second = row.ends
    return (first, second) if first.size <= second.size else (second, first)


def _row(row: Change, rows: Sequence[Change], scale: Scale, y: float, canvas: Canvas) -> list[Shape]:
    highlighted = any(other.emphasis for other in rows)
    colour = "c1" if row.emphasis or row.gap or not highlighted else CONTEXT_COLOUR
    places = [scale.position(item.size) for item in row.ends]
    radius = _RADII[canvas.name]
    shapes: list[Shape] = [line([(x, y) for x in places], stroke="muted", stroke_width=_BAR)]
    for item, end_colour, share in zip(row.ends, (CONTEXT_COLOUR, colour), (_FIRST, 1.0), strict=True):
        shapes += point_or_range(item, scale, y, radius * share / 0.42, end_colour)
    left, right = _sorted(row)
    ends = ((left, -1, "end"), (right, 1, "start"))
    for item, direction, anchor in ends:
        extent = point_or_range_extent(item, scale, radius / 0.42)[0 if direction < 0 else 1]
        x = extent + direction * (LABEL_GAP - 2)
        bold = row.emphasis and item is row.ends[1]
        value, *name = row.told(item, canvas)
        size, small = canvas.text_size, canvas.small_size
        top = y - (text_height((value,), size) + (0.0 if row.gap and canvas.narrow else text_height(name, small))) / 2
        baseline = top + size if name and not (row.gap and canvas.narrow) else centred_baseline(y, size)
        shapes.append(Label(x=x, y=baseline, text=value, size=size, anchor=anchor, bold=bold))
        shapes += text_block(name, x, top + text_height((value,), size), small, colour="muted", anchor=anchor)
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
