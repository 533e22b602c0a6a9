"""Dated bars: a bar for each dated row of a series, beside an axis that is true to time; what is still planned is hatched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import fsum

from ..model.periods import Period, parse
from ..records.struct import Struct, replace
from .drawn_values import signed
from .label_spread import spread
from .legend import with_legend
from .resolved_spec import Item, ResolvedSpec
from .rows import value_label, value_width
from .scales import Scale, domain, known_bounds
from .scene import Label, Scene, Shape, centred_baseline, circle, line, moved, tag_row, text_block, text_height
from .text_layout import bind_to_digits, block_width, text_width, wrap
from .theme import CONTEXT_COLOUR, Canvas
from .value_marks import bar, bar_extent, is_negative

_THICKNESS = 22.0
_LEADER = {"wide": 34.0, "narrow": 26.0}  # length of the lines from the axis to the rows
_ROW_GAP, _GROUP_GAP = 14.0, 30.0  # between rows; between what has happened and what is planned
_LEAST_HEIGHT = 240.0
_RADIUS = 4.0
_TEXT_SHARE = 0.32  # of the canvas width, for dates and texts beside the bars
_PAD = 8.0  # of the first and the last point from the ends of the axis


class DatedRow(Struct, frozen=True, kw_only=True):
    """A row with its number in the table, its period, its texts, its value, and whether it is highlighted or planned."""

    number: int
    period: Period
    when: str
    texts: tuple[str, ...]
    item: Item
    highlighted: bool
    planned: bool


def dated_rows(spec: ResolvedSpec) -> list[DatedRow]:
    """The rows of a series that have a value, in order of time."""
    series, language = spec.series(), spec.texts.language.code
    column, named = spec.columns(series)[0], spec.ids("labels")
    rows = []
    for number, row in enumerate(spec.rows()):
        item = spec.cell(series, column, row)
        if item is None:
            continue
        planned = row.key in spec.ids("planned")
        texts = tuple(row.words[key][language] for key in named if key in row.words and row.words[key][language])
        drawn = replace(item, status="forecast") if planned else replace(item, over=True)
        rows.append(
            DatedRow(
                number=number,
                period=row.period or parse(row.key),
                when=spec.row_label(row),
                texts=texts,
                item=drawn,
                highlighted=row.key in spec.ids("highlight"),
                planned=planned,
            )
        )
    return _signed(rows) if any(is_negative(row.item) for row in rows) else rows


def _signed(rows: Sequence[DatedRow]) -> list[DatedRow]:
    """The rows with a plus sign before each rise, as falls have a minus sign."""
    worded = [replace(row.item, short=signed(row.item.short, rise=row.item.size > 0)) for row in rows]
    return [replace(row, item=item) for row, item in zip(rows, worded, strict=True)]


class _Placed(Struct, frozen=True, kw_only=True):
    """A row with the lines of its words, its value, and the height it takes."""

    row: DatedRow
    words: tuple[str, ...]
    value: tuple[str, ...]
    bold: bool
    height: float


def dated_bars(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Rows beside a vertical axis of time, moved apart where they are close, with a line from each to its time.

    What is planned stands below what has happened, beside an axis of its own.
    """
    rows = dated_rows(spec)
    years = _years(spec, rows)
    axis = max((text_width(text, canvas.small_size) for _, text in years), default=0.0) + 12
    left = axis + _LEADER[canvas.name]
    column = canvas.width - left if canvas.narrow else canvas.width * _TEXT_SHARE
    placed = [_place(row, canvas, column) for row in rows]
    bars_left = left if canvas.narrow else left + max(_words_width(one, canvas) for one in placed) + 14
    scale = _scale(placed, bars_left, canvas)
    highlighted, shapes, bottom = any(row.highlighted for row in rows), list[Shape](), -_GROUP_GAP
    for planned in (False, True):
        if group := [one for one in placed if one.row.planned is planned]:
            top, least = bottom + _GROUP_GAP, _LEAST_HEIGHT * len(group) / len(rows)
            drawn, height = _group(spec, group, (axis, left), scale, canvas, least=least, accent=highlighted)
            shapes += moved(drawn, top)
            bottom = top + height
    return with_legend(spec, [row.item for row in rows if not row.planned], canvas, shapes, bottom)


def _group(
    spec: ResolvedSpec,
    group: Sequence[_Placed],
    places: tuple[float, float],
    scale: Scale,
    canvas: Canvas,
    *,
    least: float,
    accent: bool,
) -> tuple[list[Shape], float]:
    """Rows beside an axis of their own, at the first of these places, and the height of it, at least `least`."""
    axis, left = places
    rows, heights = [one.row for one in group], [one.height for one in group]
    total = max(least, fsum(heights) + _ROW_GAP * (len(group) - 1))
    dots = _dots([row.period for row in rows], total)
    tops = spread(dots, heights, 0.0, total, gap=_ROW_GAP)
    shapes: list[Shape] = [line(((axis, 0), (axis, total)), stroke="muted", stroke_width=1.4)]
    shapes += _year_marks(rows, _years(spec, rows), total, axis, canvas)
    for one, dot, top in zip(group, dots, tops, strict=True):
        colour = "c1" if one.row.highlighted or not accent else CONTEXT_COLOUR
        shapes += _leader(one, (axis, dot), (left, top), canvas)
        shapes += _row(one, (left, top), scale, colour, canvas)
    zero = scale.position(Decimal(0))
    for one, top in zip(group, tops, strict=True):
        middle, half = _middle(one, top, canvas), _THICKNESS / 2 + 2
        shapes.append(line(((zero, middle - half), (zero, middle + half)), stroke="muted", stroke_width=1.4))
    return shapes, total


def _place(row: DatedRow, canvas: Canvas, column: float) -> _Placed:
    size = canvas.text_size
    words = tuple(piece for text in row.texts for piece in wrap(text, size, column, bold=row.highlighted))
    value = wrap(bind_to_digits(row.item.short), size, canvas.width * 0.4, bold=row.highlighted)
    words_height = text_height(("", *words), size)
    mark_height = max(_THICKNESS, text_height(value, size))
    height = words_height + 3 + mark_height if canvas.narrow else max(words_height, mark_height)
    return _Placed(row=row, words=words, value=value, bold=row.highlighted, height=height)


def _words_width(one: _Placed, canvas: Canvas) -> float:
    size = canvas.text_size
    return max(block_width(one.words, size, bold=one.bold), text_width(one.row.when, size, bold=True))


def _scale(placed: Sequence[_Placed], left: float, canvas: Canvas) -> Scale:
    """The widest scale on which every bar leaves room for its value."""
    items = [one.row.item for one in placed]
    low, high = domain(known_bounds(item.value for item in items))
    widths = [(is_negative(one.row.item), value_width(one.value, canvas, bold=one.bold)) for one in placed]
    room = {side: max((width for at_left, width in widths if at_left == side), default=0.0) for side in (True, False)}
    return Scale(low=low, high=high, start=left + room[True], end=canvas.width - 1 - room[False])


def _dots(periods: Sequence[Period], height: float) -> list[float]:
    """The heights of the middles of periods on the axis."""
    days = [(period.first.toordinal() + period.last.toordinal()) / 2 for period in periods]
    span = max(days[-1] - days[0], 1)
    return [_PAD + (height - 2 * _PAD) * (day - days[0]) / span for day in days]


def _years(spec: ResolvedSpec, rows: Sequence[DatedRow]) -> list[tuple[int, str]]:
    """The years that begin between the first and the last row, in words."""
    years = range(rows[0].period.first.year + 1, rows[-1].period.last.year + 1)
    return [(year, spec.texts.word_period(parse(str(year)))) for year in years]


def _year_marks(
    rows: Sequence[DatedRow], years: Sequence[tuple[int, str]], height: float, axis: float, canvas: Canvas
) -> list[Shape]:
    """A tick where a year begins, with its name."""
    size, shapes = canvas.small_size, list[Shape]()
    first, last = (rows[end].period for end in (0, -1))
    start, end = ((one.first.toordinal() + one.last.toordinal()) / 2 for one in (first, last))
    for year, text in years:
        y = _PAD + (height - 2 * _PAD) * (date(year, 1, 1).toordinal() - start) / max(end - start, 1)
        shapes.append(line(((axis - 7, y), (axis, y)), stroke="muted"))
        shapes.append(Label(x=axis - 10, y=centred_baseline(y, size), text=text, size=size, colour="muted", anchor="end"))
    return shapes


def _middle(one: _Placed, top: float, canvas: Canvas) -> float:
    """The height of the middle of a row's bar."""
    return top + one.height - _THICKNESS / 2 if canvas.narrow else top + one.height / 2


def _words_top(one: _Placed, top: float, canvas: Canvas) -> float:
    """The upper edge of a row's words: above its bar on a narrow canvas, else beside it."""
    spare = one.height - text_height(("", *one.words), canvas.text_size)
    return top if canvas.narrow else top + max(0.0, spare) / 2


def _leader(one: _Placed, dot: tuple[float, float], corner: tuple[float, float], canvas: Canvas) -> list[Shape]:
    """The point on the axis, and the line from there to the row's date."""
    (axis, y), (left, top) = dot, corner
    arrival = _words_top(one, top, canvas) + canvas.text_size * 0.66
    return [
        line(((axis + _RADIUS + 2, y), (left - 5, arrival)), stroke="muted"),
        circle(axis, y, _RADIUS, fill="paper" if one.row.planned else "muted", stroke="muted", stroke_width=1.4),
    ]


def _row(one: _Placed, corner: tuple[float, float], scale: Scale, colour: str, canvas: Canvas) -> list[Shape]:
    """The date and the words of a row, its bar and its value."""
    (left, top), size, item = corner, canvas.text_size, one.row.item
    words_top, middle = _words_top(one, top, canvas), _middle(one, top, canvas)
    shapes: list[Shape] = [
        *text_block([one.row.when], left, words_top, size, colour="muted", bold=True),
        *text_block(one.words, left, words_top + text_height(("",), size), size, bold=one.bold),
        *tag_row(one.row.number, bar(item, scale, middle, _THICKNESS, colour)),
    ]
    at_left = is_negative(item)
    return [*shapes, *value_label(one.value, bar_extent(item, scale), middle, canvas, bold=one.bold, at_left=at_left)]
