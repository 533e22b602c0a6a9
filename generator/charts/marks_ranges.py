"""Ranges: how a range, such as a forecast, changes from row to row, and the outcome that it is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..model.series import Row
from ..records.struct import Struct, replace
from .axes import axis_ticks, clear_segments, first_tick_room, line_head, reference_line, start_past, value_axis
from .drawn_values import signed
from .legend import status_legend
from .line_labels import is_free
from .resolved_spec import Item, ResolvedSpec
from .rows import LABEL_GAP, RowLayout, fit_scale, lay_out_rows, value_label, value_lines, value_width
from .scales import Scale, domain, known_bounds, snug_ticks
from .scene import Label, Patch, Scene, Shape, line, tag_row, text_block, text_height
from .text_layout import block_width, text_width, wrap
from .theme import CLAIMED_COLOUR, Canvas
from .value_marks import point_or_range, point_or_range_extent, tick_or_range

_THICKNESS = 18.0
_REACH = _THICKNESS * 0.6  # of the mark of a single value, past the value
_BOUND = 4.5  # of the line at a bound that the chart is about
_CAP = 6.0  # of the lines that lead to a change, below it
_PANEL_GAP = 12.0  # from an axis to the name of the next panel
_STEP = 4.0  # by which a plot is narrowed, and between a name and a line beside it
_SHARED_TICKS = 5  # on any canvas: a narrow one draws every second
_NOTE_SHARE = 0.42  # of the canvas width, for what is said of an outcome


class RangeRow(Struct, frozen=True, kw_only=True):
    """A row of a series with its label, its number in the table, its value, and the name of the panel that it is in."""

    label: str
    row: Row
    number: int
    item: Item | None
    group: str = ""

    @property
    def is_outcome(self) -> bool:
        """Whether it is what the ranges of its panel are compared with."""
        return self.item is not None and self.item.emphasis


def range_rows(spec: ResolvedSpec) -> list[RangeRow]:
    """The rows of the series; of two series, which follow each other under their names, those that have a value."""
    found: list[RangeRow] = []
    every = spec.all_series()
    for series, heading in zip(every, ("from_label", "to_label"), strict=False):
        column, group = spec.columns(series)[0], spec.phrase(heading) if len(every) > 1 else ""
        for row in series.rows:
            item = spec.cell(series, column, row)
            if item is not None or len(every) == 1:
                outcome = item is not None and item.emphasis
                label = spec.word("outcome", when=spec.row_label(row)) if outcome else spec.row_label(row)
                found.append(RangeRow(label=label, row=row, number=len(found), item=item, group=group))
    return found


def ranges(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """One row per key of a series, or of two that follow each other, each beside an axis of its own or both beside one.

    An outcome, which is emphasised, is a reference line through the rows above it.
    """
    rows = range_rows(spec)
    lines = [_lines(spec, row, canvas) for row in rows]
    groups = [row.group for row in rows]
    top = 3 + (canvas.small_size + 8 if _has_head(rows) else 0)
    named = [(row.label, row.is_outcome) for row in rows]
    if "change" in spec.chart.options:
        change = spec.item(spec.choice("change", ""))
        named, groups = [*named, (change.label, True)], [*groups, groups[-1]]
        lines.append(value_lines(replace(change, short=signed(change.short, rise=change.size > 0)), canvas, bold=True))
    shared = spec.flag("shared_axis")  # on a narrow canvas, labels above marks would hide the line of the outcome
    layout = lay_out_rows(named, canvas, top=top, thickness=_THICKNESS + 2, values=lines, groups=groups, beside=shared)
    shapes, down = list[Shape](), 0.0
    panels = [""] if shared else list(dict.fromkeys(groups))
    for group in panels:
        numbers = [number for number, other in enumerate(groups) if other == group or shared]
        part = _part(layout, numbers, down)
        drawn, height = _panel(
            spec, [rows[number] for number in numbers if number < len(rows)], [lines[number] for number in numbers], part
        )
        shapes += drawn
        down += height + _PANEL_GAP
    bottom = layout.bottom + down - _PANEL_GAP
    legend, more = status_legend(spec, [row.item for row in rows if row.item and not row.is_outcome], canvas, bottom + 12)
    return Scene(width=canvas.width, height=bottom + 8 + (more + 6 if more else 0), shapes=(*shapes, *legend))


def _has_head(rows: Sequence[RangeRow]) -> bool:
    """Whether the value of an outcome stands at the head of its line, too: not below the name of a panel."""
    return any(row.is_outcome for row in rows) and not rows[0].group


def _part(layout: RowLayout, numbers: Sequence[int], down: float) -> RowLayout:
    """The rows of a panel, moved down below the axes of those above it."""
    bands = tuple(
        replace(one, top=one.top + down, mark=one.mark + down, middle=one.middle + down, bottom=one.bottom + down)
        for one in layout.bands[numbers[0] : numbers[-1] + 1]
    )
    return replace(layout, bands=bands, top=bands[0].top, bottom=bands[-1].bottom)


def _panel(
    spec: ResolvedSpec, rows: Sequence[RangeRow], lines: Sequence[tuple[str, ...]], layout: RowLayout
) -> tuple[list[Shape], float]:
    """Rows on a scale of their own with its axis, and the height of that."""
    canvas, items = layout.canvas, [row.item for row in rows if row.item is not None]
    outcome, shared = next((row for row in rows if row.is_outcome), None), spec.flag("shared_axis")
    ends = domain(known_bounds(item.value for item in items), zero=False)
    ticks, high = snug_ticks(*ends, _SHARED_TICKS) if shared else (found := axis_ticks(*ends, canvas), found[-1])
    widths = [
        (row.item, value_width(text, canvas, bold=row.is_outcome) + _REACH)
        for row, text in zip(rows, lines, strict=False)  # a change, which may be the last, has no row
    ]
    start = max(layout.left, first_tick_room(spec, ticks[0], items[0].unit, canvas))
    drawn = [(item, width) for item, width in widths if item]
    if len(layout.bands) > len(rows):
        drawn += [(item, value_width(lines[-1], canvas, bold=True) + _REACH) for item in (items[0], items[-1])]
        scale = _scale_beside_names(layout, ticks, drawn, start)
    else:
        at_right = [one for one in drawn if not (shared and _fits_at_left(*one, (ticks[0], high), start, layout))]
        scale = fit_scale(layout, ticks[0], high, at_right, left=start)
    last = rows.index(outcome) if outcome else len(rows) - 1
    outcome_x = scale.position(outcome.item.size) if outcome and outcome.item else None
    marks, labels = list[Shape](), layout.labels()
    starts = _value_starts(widths, scale, outcome_x, last, canvas.width)
    for number, (row, band, text) in enumerate(zip(rows, layout.bands, lines, strict=False)):
        if row.item is None:
            top = band.middle - text_height(text, canvas.small_size) / 2
            labels += text_block(text, layout.left, top, canvas.small_size, colour="muted")
            continue
        told = bool(spec.phrase("claimed_note"))  # in words, beside the value
        colour = CLAIMED_COLOUR if row.row.key in spec.ids("claimed") and not told else "c1"
        draw = point_or_range if row.is_outcome else tick_or_range
        marks += tag_row(row.number, draw(row.item, scale, band.middle, _THICKNESS, colour))
        marks += _bound(spec, row, scale, band.middle, colour)
        (start, end), beside = point_or_range_extent(row.item, scale, _THICKNESS), list[Label]()
        if outcome_x is not None and number < last and starts[number] == outcome_x:
            beside = _before_line(row.item.short, (end, outcome_x), band.middle, labels, canvas)
        at_left = shared and starts[number] + widths[number][1] - _REACH > canvas.width
        x = start if at_left else starts[number]
        labels += beside or value_label(text, x, band.middle, canvas, bold=row.is_outcome, at_left=at_left)
    if len(layout.bands) > len(rows):
        marks += _change(items[0], items[-1], layout, scale, labels)
        x = max(point_or_range_extent(item, scale, _THICKNESS)[1] for item in (items[0], items[-1]))
        labels += value_label(lines[-1], x, layout.bands[-1].middle, canvas, bold=True)
    note = spec.word("not_zero") if ticks[0] > 0 else ""
    shapes, height = value_axis(spec, layout, scale, items[0].unit, ticks, note=note, grid=False)
    shapes += marks
    if outcome is not None and outcome.item is not None and outcome_x is not None:
        shapes += reference_line(outcome_x, layout, labels, (0, last), "c1")
        if _has_head(rows):
            shapes += line_head(spec.word("outcome", when=outcome.item.short), "", outcome_x, canvas)
    return [*shapes, *labels], height


def _bound(spec: ResolvedSpec, row: RangeRow, scale: Scale, middle: float, colour: str) -> list[Patch]:
    """The bound of a range that the chart is about, as a thick line."""
    ends = (row.item.value.low, row.item.value.high) if row.item is not None else (None, None)
    which, half = spec.choice("bound", ""), _THICKNESS / 2
    end = ends[0] if which == "low" else ends[1] if which == "high" else None
    if end is None or ends[0] == ends[1]:
        return []
    x = scale.position(end)
    return [line(((x, middle - half), (x, middle + half)), stroke=colour, stroke_width=_BOUND, row=row.number)]


def _scale_beside_names(
    layout: RowLayout, ticks: Sequence[Decimal], widths: Sequence[tuple[Item, float]], start: float
) -> Scale:
    """The scale of values whose first has lines to the row of a change; the last widths are for what is said of that.

    Where names stand above marks, it begins so far right that those lines pass beside them, if all values have room then.
    """
    canvas, (first, _) = layout.canvas, widths[0]
    names = max(block_width(band.lines, canvas.text_size, bold=band.bold) for band in layout.bands[1:]) if layout.above else 0.0
    moved = range(0, int(canvas.width / 4), int(_STEP))
    scales = [fit_scale(layout, ticks[0], ticks[-1], widths, left=start + by) for by in moved]
    for scale in scales:
        beside = min(scale.position(end) for end in known_bounds([first.value])) > names + _STEP
        ends = (point_or_range_extent(item, scale, _THICKNESS)[1] + width for item, width in widths)
        if beside and max(ends) <= canvas.width:
            return scale
    return scales[0]


def _fits_at_left(item: Item, width: float, ends: tuple[Decimal, Decimal], start: float, layout: RowLayout) -> bool:
    """Whether a value has room at the left of its mark, and more than at its right, on the widest scale of a plot."""
    scale = Scale(low=ends[0], high=ends[1], start=start, end=layout.canvas.width - 1)
    left, right = point_or_range_extent(item, scale, _THICKNESS)
    return left - start >= max(width - _REACH, layout.canvas.width - right)


def _before_line(
    text: str, between: tuple[float, float], middle: float, labels: Sequence[Label], canvas: Canvas
) -> list[Label]:
    """The value between the end of its mark and a line on its right, or nothing where it has no room there."""
    end, line_x = between
    taken, block = [label.bounds for label in labels], value_label((text,), end, middle, canvas)
    fits = text_width(text, canvas.text_size) <= line_x - end - 1.5 * LABEL_GAP
    return block if fits and all(is_free(label.bounds, taken, ()) for label in block) else []


def _change(first: Item, last: Item, layout: RowLayout, scale: Scale, labels: Sequence[Shape]) -> Iterator[Shape]:
    """What lies between two values, in a row of its own: a thick line from near end to near end, a thin one from far to far.

    Dotted lines lead there from the ends of the values.
    """
    y = layout.bands[-1].middle
    ends = [sorted(scale.position(end) for end in known_bounds([item.value])) for item in (first, last)]
    words = [label for label in labels if isinstance(label, Label)]
    for item_ends, band in zip(ends, (layout.bands[0], layout.bands[-2]), strict=True):
        for x in item_ends:
            for top, end in clear_segments(words, x, band.middle + _THICKNESS / 2, y + _CAP):
                yield line(((x, top), (x, end)), stroke="muted", dashes=(2, 3))
    low, high = sorted(ends)
    yield line(((low[0], y), (high[-1], y)), stroke="c1", stroke_width=1.4)
    yield line(((low[-1], y), (high[0], y)), stroke="c1", stroke_width=5)


def _lines(spec: ResolvedSpec, row: RangeRow, canvas: Canvas) -> tuple[str, ...]:
    """What stands beside a row: its value, of an outcome with what is said of it, or a remark in place of a value."""
    if row.item is None:
        return _remark(spec, row.row, canvas)
    note = spec.phrase("outcome_note") if row.is_outcome else ""
    told = wrap(note, canvas.text_size, canvas.width * _NOTE_SHARE, bold=True) if note else ()
    if row.row.key in spec.ids("claimed") and (quoted := spec.phrase("claimed_note")):
        size, room = canvas.text_size, canvas.width * _NOTE_SHARE
        return (row.item.short, *wrap(quoted, size, room)) if canvas.narrow else (spec.noted(row.item.short, quoted),)
    return (*value_lines(row.item, canvas, bold=row.is_outcome), *told)


def _value_starts(
    rows: Sequence[tuple[Item | None, float]], scale: Scale, outcome_x: float | None, last: int, end: float
) -> list[float]:
    """The x at which the value of each row begins, which has a width: past its mark, and past the outcome's line near by.

    Where one of the rows down to the outcome's would lie on that line, all their values stand in a column past it, if they end
    before `end` there.
    """
    starts = [point_or_range_extent(item, scale, _THICKNESS)[1] if item else scale.start for item, _ in rows]
    if outcome_x is None:
        return starts
    starts = [start_past(start, outcome_x) if number <= last else start for number, start in enumerate(starts)]
    widths = [width - _REACH for _, width in rows]  # the mark is before where they begin
    crossed = any(start < outcome_x < start + width for start, width in zip(starts[:last], widths, strict=False))
    column = [max(start, outcome_x) if number < last else start for number, start in enumerate(starts)]
    return (
        column
        if crossed and max(start + width - _REACH for start, width in zip(column, widths, strict=True)) <= end
        else starts
    )


def _remark(spec: ResolvedSpec, row: Row, canvas: Canvas) -> tuple[str, ...]:
    """What a row without a value says, in lines."""
    texts = (words[spec.texts.language.code] for key, words in row.words.items() if key != spec.series().key)
    return wrap(next((text for text in texts if text), spec.word("no_figure")), canvas.small_size, canvas.width * 0.6)
