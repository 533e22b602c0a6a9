"""Bars: one horizontal bar per row from a common zero; on a log scale, which has no zero, a point per row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..records.struct import replace
from .axes import NEAR_LINE, axis_ticks, clear_segments, first_tick_room, line_head, past_line, value_axis
from .bar_parts import bar_colour, before_marks, part_labels
from .legend import with_legend
from .line_labels import is_free
from .references import reference_amounts, reference_head, reference_items
from .resolved_spec import Item, ResolvedSpec
from .rows import (
    LABEL_GAP,
    RowLayout,
    comparison_lines,
    fit_scale,
    lay_out_rows,
    raised_heights,
    raised_value,
    value_label,
    value_lines,
    value_width,
    zero_lines,
)
from .scales import Scale, decades, domain, known_bounds
from .scene import Label, Patch, Scene, Shape, line, tag_row, text_height
from .theme import Canvas
from .two_sided_rows import two_sided, with_signs
from .value_marks import (
    ARROW_LENGTH,
    bar,
    bar_extent,
    is_framed,
    is_negative,
    point_or_range,
    point_or_range_extent,
    tick_or_range,
    tick_or_range_extent,
)

_BAR_THICKNESS, _POINT_THICKNESS = 22.0, 16.0
_PAST_LAST = 7.0  # of a line of reference, below the last row that it passes
_NARROW_CLEAR = 1.0  # from a line to labels in its way, of which there is one above each mark
_OVER_GROUP = 7.0  # from the first row of a group up to the name of a line above it
_OVER_BAR = 2.0  # from a value above it
_INSIDE = 4.0  # from a line to its name
_PAST_MARK = 2.0  # of the parts of a line of reference, above and below marks that have their labels above them


def bars(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The items of a specification as bars or, on a log scale, which has no zero, as points with an axis.

    A bar that has a plan lies on the bar of what it is on its way to; the part that the chart is about lies in its bar.
    """
    items = [_with_plan_in_words(spec, item) for item in spec.items()]
    return _points(spec, items, canvas) if spec.choice("scale", "linear") == "log" else _bars(spec, items, canvas)


def _bars(spec: ResolvedSpec, items: Sequence[Item], canvas: Canvas) -> Scene:
    items = with_signs(items)
    lines = [value_lines(item, canvas, bold=item.emphasis) for item in items]
    references, axis = reference_items(spec), spec.flag("axis")
    named = any(_is_named(reference, items, canvas) for reference in references)
    comparisons = [comparison_lines(item, canvas) for item in items]
    blocks = [(*line, *more) for line, more in zip(lines, comparisons, strict=True)]
    raised = [0.0] * len(items) if references else raised_heights(items, blocks, canvas)
    blocks = [("",) if height else block for height, block in zip(raised, blocks, strict=True)]
    top = 3 + (canvas.small_size + 8 if named else 0)
    above = [height + _head_height(number, references, items, canvas) for number, height in enumerate(raised)]
    layout = _layout(items, blocks, top, canvas, raised=above)
    told = zip(items, lines, comparisons, raised, strict=True)
    widths = [
        0.0 if height else value_width(text, canvas, bold=item.emphasis, comparison=more) for item, text, more, height in told
    ]
    drawn = [*items, *(one for item in items for one in (item.plan, item.part) if one is not None)]
    points, zero = spec.flag("points"), spec.flag("zero", default=True)
    whole = [Decimal(1)] * (axis and items[0].unit.percent)
    amounts = [*known_bounds(item.value for item in drawn), *reference_amounts(references), *whole]
    low, high = domain(amounts, zero=zero or not points)  # the length of a bar means nothing without zero
    ticks = axis_ticks(low, high, canvas)
    low, high = (low, high) if zero or not points else (ticks[0], ticks[-1])
    before = before_marks(items, widths, (low, high), canvas, points=points and not references)
    at_right = [(item, width) for item, width, other in zip(items, widths, before, strict=True) if not other]
    spare = (_POINT_THICKNESS / 2 if points else 0.0) + (NEAR_LINE if references else 0.0)
    ends = [(_farthest(item), width + spare) for item, width in at_right]
    if column := spec.choice("values", "beside") == "column":
        ends = [(item, max(width for _, width in ends)) for item, _ in ends]
    sided = None if references or axis else two_sided(layout, items, widths, (low, high))
    least, arrow = (first_tick_room(spec, ticks[0], items[0].unit, canvas), ARROW_LENGTH) if points else (0.0, 0.0)
    left = max(
        layout.left + max([0.0, *(width for item, width in zip(items, widths, strict=True) if is_negative(item))]), least
    )
    layout, scale = sided or (layout, fit_scale(layout, low, high, ends, left=left, arrow=arrow))
    if canvas.narrow and references:  # names of groups would interrupt the line of a reference
        first = min(scale.position(amount) for amount in reference_amounts(references))
        layout = _layout(items, blocks, top, canvas, raised=above, group_width=first - LABEL_GAP)
    values = _values(
        *(items, lines, references, scale, layout),
        raised=raised,
        points=points,
        column=column,
        before=before,
        across=sided is not None,
    )
    shapes, height = list[Shape](), 0.0
    if axis:
        note = spec.word("not_zero") if ticks[0] > 0 else ""
        shapes, height = value_axis(
            spec, layout, scale, items[0].unit, ticks, note=note, labels=[*layout.labels(), *values], grid=points
        )
    draw, thickness = (tick_or_range, _POINT_THICKNESS) if points else (bar, _BAR_THICKNESS)
    for number, (item, band) in enumerate(zip(items, layout.bands, strict=True)):
        colour = bar_colour(item, items)
        if item.plan is not None:
            shapes += tag_row(number, bar(item.plan, scale, band.middle, _BAR_THICKNESS, colour))
        shapes += tag_row(number, draw(item, scale, band.middle, thickness, colour))
        if item.part is not None:
            shapes += tag_row(number, bar(item.part, scale, band.middle, _BAR_THICKNESS, "c1"))
    shapes += part_labels(spec, items, scale, layout)
    shapes += [*([] if points else zero_lines(layout, scale.position(Decimal(0)), _BAR_THICKNESS)), *layout.labels(), *values]
    labels = [shape for shape in shapes if isinstance(shape, Label)]
    outlines = [replace(shape, fill="") for shape in shapes if references and isinstance(shape, Patch) and _is_frame(shape)]
    shapes += [*_reference_lines(references, items, scale, layout, labels), *outlines]
    return with_legend(spec, drawn, canvas, shapes, layout.bottom + height)


def _layout(
    items: Sequence[Item],
    lines: Sequence[tuple[str, ...]],
    top: float,
    canvas: Canvas,
    *,
    raised: Sequence[float],
    group_width: float | None = None,
) -> RowLayout:
    """A band for each bar with its label, its note and its value in lines, under the names of groups."""
    labels = [(item.label, item.emphasis) for item in items]
    notes, groups = [item.note for item in items], [item.group for item in items]
    return lay_out_rows(
        labels, canvas, top=top, values=lines, notes=notes, groups=groups, group_width=group_width, raised=raised
    )


def _values(
    items: Sequence[Item],
    lines: Sequence[tuple[str, ...]],
    references: Sequence[Item],
    scale: Scale,
    layout: RowLayout,
    *,
    raised: Sequence[float],
    points: bool,
    column: bool,
    before: Sequence[bool],
    across: bool,
) -> list[Label]:
    """The value of each row beside its bar or point, behind a line of reference that stands between the two; or in a column.

    Where bars are on both sides of zero, as `across` says, and their labels above them, values stand at zero across from them.
    """
    canvas, labels, starts, across = layout.canvas, list[Label](), list[float](), across and layout.above
    edges = [(edge, other) for other in references for edge in reference_amounts([other])]
    reached = [(scale.position(edge), _rows_at_line(other, items)) for edge, other in edges]
    for number, item in enumerate(items):
        x = bar_extent(_farthest(item), scale)
        if before[number]:
            x = tick_or_range_extent(item, scale, _POINT_THICKNESS)[0] if points else x
        else:
            x = tick_or_range_extent(item, scale, _POINT_THICKNESS)[1] if points else x
            end = x + value_width(lines[number], canvas, bold=item.emphasis, comparison=comparison_lines(item, canvas))
            x = max([x, *(past_line(x, end, at, canvas) for at, rows in reached if number in rows)])
        starts.append(x)
    if column:
        starts = [max(*starts, *(at for at, _ in reached))] * len(starts)
    for item, band, text, x, height, left in zip(items, layout.bands, lines, starts, raised, before, strict=True):
        if height:
            labels += raised_value(item, band.mark - height - _OVER_BAR, canvas)[0]
            continue
        more, start = comparison_lines(item, canvas), scale.position(Decimal(0)) if across else x
        labels += value_label(text, start, band.middle, canvas, bold=item.emphasis, at_left=left is not across, comparison=more)
    return labels


def _rows_at_line(reference: Item, items: Sequence[Item]) -> range:
    """The numbers of the rows that a line of reference passes: all, or from its own row to those that the chart is about.

    That of the first row is named above all rows.
    """
    own = [number for number, row in enumerate(items) if row.fact == reference.fact]
    about = [number for number, row in enumerate(items) if row.emphasis and number not in own]
    ends = sorted((*own[:1], *about)) if own and own[0] > 0 and about else [0, len(items) - 1]
    return range(ends[0], ends[-1] + 1)


def _is_named(reference: Item, items: Sequence[Item], canvas: Canvas) -> bool:
    """Whether a reference is named at the head of its line, above the rows: unless that begins at a row further down.

    On a narrow canvas that of a row's own value stands between the label and the mark of that row.
    """
    own = canvas.narrow and any(row.fact == reference.fact for row in items)
    return _rows_at_line(reference, items)[0] == 0 and not own


def _head_height(number: int, references: Sequence[Item], items: Sequence[Item], canvas: Canvas) -> float:
    """The height of the name of a line between the label and the mark of a row, on a narrow canvas.

    Only where the bar goes on to a plan: one that ends at the line says itself what it is.
    """
    first = [one for one in references if number == 0 == _rows_at_line(one, items)[0] and one.fact == items[0].fact]
    named = canvas.narrow and bool(first) and items[0].plan is not None
    return text_height(("",), canvas.small_size) + _OVER_BAR if named else 0.0


def _reference_lines(
    references: Sequence[Item], items: Sequence[Item], scale: Scale, layout: RowLayout, labels: Sequence[Label]
) -> list[Shape]:
    """A line for each reference, two for a range, named at its head; dashed unless frames of bars are.

    It is interrupted at labels; where those stand above the marks and would cut it, it passes the marks alone.

    It passes all rows; if it is a row further down, it reaches from there to the rows that the chart is about, and its name,
    if not that of the row, stands beside it above the next group of rows.
    """
    shapes, dashes = list[Shape](), () if any(map(is_framed, items)) else (4, 3)
    for item in references:
        rows, named = _rows_at_line(item, items), _is_named(item, items, layout.canvas)
        top = layout.top - 3 if named else layout.bands[rows[0]].mark
        bottom = layout.bands[rows[-1]].bottom + (_PAST_LAST if rows[-1] < len(items) - 1 else 3)
        places = [scale.position(edge) for edge in dict.fromkeys(reference_amounts([item]))]
        for x in places:
            half = _BAR_THICKNESS / 2 + _PAST_MARK
            at_marks = [(layout.bands[row].middle - half, layout.bands[row].middle + half) for row in rows]
            parts = [*clear_segments(labels, x, top, bottom, *([_NARROW_CLEAR] if layout.above else []))]
            parts = at_marks if layout.above and len(parts) > 1 else parts
            shapes += [line(((x, start), (x, end)), stroke="ink", stroke_width=1.4, dashes=dashes) for start, end in parts]
        if named:
            shapes += line_head(*reference_head(item, items), (places[0] + places[-1]) / 2, layout.canvas)
        elif height := _head_height(rows[0], [item], items, layout.canvas):
            top = layout.bands[0].mark - height - _PAST_MARK
            shapes += line_head(item.label, "", (places[0] + places[-1]) / 2, layout.canvas, top=top)
        elif item.label != items[rows[0]].label:
            shapes += _name_between_groups(item, layout, rows, places[-1], labels)
    return shapes


def _name_between_groups(reference: Item, layout: RowLayout, rows: range, x: float, labels: Sequence[Label]) -> list[Label]:
    """The name of a line beside it, on the height of the name of a group that it passes, where that leaves it room."""
    size = layout.canvas.small_size
    for number in rows[1:]:
        band = layout.bands[number]
        name = Label(x=x + _INSIDE, y=band.top - _OVER_GROUP, text=reference.label, size=size)
        free = is_free(name.bounds, [label.bounds for label in labels], ())
        if band.group and free and name.bounds[2] <= layout.canvas.width:
            return [name]
    return []


def _points(spec: ResolvedSpec, items: Sequence[Item], canvas: Canvas) -> Scene:
    lines = [value_lines(item, canvas, bold=item.emphasis) for item in items]
    layout = lay_out_rows([(item.label, item.emphasis) for item in items], canvas, thickness=_BAR_THICKNESS, values=lines)
    widths = [
        (item, value_width(text, canvas, bold=item.emphasis) + _POINT_THICKNESS)
        for item, text in zip(items, lines, strict=True)
    ]
    amounts = known_bounds(item.value for item in items)
    ticks = decades(min(amounts), max(amounts))
    scale = fit_scale(layout, ticks[0], ticks[-1], widths, log=True, left=layout.left + _POINT_THICKNESS)
    shapes, height = value_axis(spec, layout, scale, items[0].unit, ticks, note=spec.word("log"))
    for number, (item, band) in enumerate(zip(items, layout.bands, strict=True)):
        shapes += tag_row(number, point_or_range(item, scale, band.middle, _POINT_THICKNESS, bar_colour(item, items)))
    shapes += layout.labels()
    for item, band, text in zip(items, layout.bands, lines, strict=True):
        x = point_or_range_extent(item, scale, _POINT_THICKNESS)[1]
        shapes += value_label(text, x, band.middle, canvas, bold=item.emphasis)
    return with_legend(spec, items, canvas, shapes, layout.bottom + height, points=True)


def _with_plan_in_words(spec: ResolvedSpec, item: Item) -> Item:
    """The item, whose value is worded with its plan if it has one."""
    if item.plan is None:
        return item
    return replace(item, short=spec.word("to_plan", first=item.short, second=item.plan.short))


def _farthest(item: Item) -> Item:
    """What of an item and its plan reaches farther."""
    return item.plan if item.plan is not None and item.plan.size > item.size else item


def _is_frame(patch: Patch) -> bool:
    """Whether it is the dashed end of a bar, whose outline is drawn again over a line of reference, as both have to be seen."""
    return patch.row is not None and patch.fill == "paper" and bool(patch.dashes)
