"""Bars of a series: several columns side by side or stacked, over categories or time, upright or lying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from .columns import column_places, series_columns
from .legend import status_legend, with_legend
from .line_labels import Annotation, place_annotations, series_names
from .marks_filled import as_shares
from .panel import Panel, PlotSeries, amounts_of, category_axis, lay_out_panel, open_panel, plot_series, value_gridlines
from .references import reference_amounts, reference_bands, reference_items, reference_lines
from .resolved_spec import Item, ResolvedSpec
from .rows import LABEL_GAP, RowLayout, comparison_lines, fit_scale, lay_out_rows, value_label, value_width, zero_lines
from .scales import Scale, domain, known_bounds, snug_ticks
from .scene import Label, Scene, Shape, line, rectangle, tag_row
from .series_rows import SeriesRow, bar_colour, colour_key, is_vertical, series_rows
from .stacking import Extent, extents, fits_inside, inside_label, part_text
from .text_layout import block_width, text_width
from .theme import Canvas, status_style
from .value_marks import bar, bar_extent, is_negative

_PLOT_HEIGHTS = {"wide": 270.0, "narrow": 210.0}
_SINGLE, _ONE_OF_MANY, _STACKED = 22.0, 17.0, 26.0  # thickness of bars
_WIDEST_COLUMN = 76.0


def grouped_bars(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """A bar for each column beside those of the other columns of its row."""
    return _upright_groups(spec, canvas) if is_vertical(spec) else _lying_groups(spec, canvas)


def stacked_bars(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """A bar for each row, made of the columns as parts; with `share: true`, of equal length."""
    return _upright_stacks(spec, canvas) if is_vertical(spec) else _lying_stacks(spec, canvas)


def _lying_groups(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    plotted, rows = plot_series(spec), series_rows(spec)
    key, top = colour_key(spec, plotted, canvas)
    thickness = _SINGLE if len(plotted) == 1 else _ONE_OF_MANY
    items = [item for row in rows for item in row.cells if item is not None]
    layout, scale = _lay_out_groups(rows, {} if canvas.narrow else _compared(items, canvas), (top + 3, thickness), canvas)
    inside = canvas.narrow and all(_fits_in_bar(item, scale, canvas) for item in items)
    compared = {} if inside else _compared(items, canvas)
    if canvas.narrow and not inside:
        layout, scale = _lay_out_groups(rows, compared, (top + 3, thickness), canvas)
    shapes: list[Shape] = []
    values: list[Shape] = []
    for row, band in zip(rows, layout.bands, strict=True):
        for place, (item, series) in enumerate(zip(row.cells, plotted, strict=True)):
            if item is None:
                continue
            middle = band.middle + thickness * (place + 0.5 - len(plotted) / 2)
            colour = bar_colour(row, rows, series.colour)
            shapes += tag_row(row.number, bar(item, scale, middle, thickness - 2, colour))
            x, more = bar_extent(item, scale), compared.get(item.comparison, ())
            if inside and item.comparison:
                centre = ((scale.position(Decimal(0)) + x) / 2, middle)
                values += inside_label(item.comparison, centre, canvas.small_size, colour, item.look)
            values += value_label(
                (item.short,), x, middle, canvas, bold=row.emphasis, at_left=is_negative(item), comparison=more
            )
    shapes += [*zero_lines(layout, scale.position(Decimal(0))), *layout.labels(), *values, *key]
    return with_legend(spec, items, canvas, shapes, layout.bottom)


def _compared(items: Sequence[Item], canvas: Canvas) -> dict[str, tuple[str, ...]]:
    """What values come to beside others, in lines below them."""
    return {item.comparison: comparison_lines(item, canvas) for item in items}


def _lay_out_groups(
    rows: Sequence[SeriesRow], compared: Mapping[str, tuple[str, ...]], start: tuple[float, float], canvas: Canvas
) -> tuple[RowLayout, Scale]:
    """The bands of groups of bars and their scale; `start` has the height where they begin and the thickness of a bar."""
    top, thickness = start
    labels, notes = [(row.label, row.emphasis) for row in rows], [row.words for row in rows]
    lines = [("", *(line for item in row.cells if item for line in compared.get(item.comparison, ()))) for row in rows]
    height = thickness * max(len(row.cells) for row in rows)
    layout = lay_out_rows(labels, canvas, top=top, thickness=height, values=lines, notes=notes, compact=True)
    items, bold = [item for row in rows for item in row.cells if item is not None], any(row.emphasis for row in rows)
    widths = [
        (item, value_width((item.short,), canvas, bold=bold, comparison=compared.get(item.comparison, ()))) for item in items
    ]
    left = max([width for item, width in widths if is_negative(item)], default=0.0)
    at_right = [one for one in widths if not is_negative(one[0])]
    low, high = domain(known_bounds(item.value for item in items))
    return layout, fit_scale(layout, low, high, at_right, left=layout.left + left, arrow=0)


def _fits_in_bar(item: Item, scale: Scale, canvas: Canvas) -> bool:
    """Whether what an item comes to beside another has room in its bar."""
    length = abs(bar_extent(item, scale) - scale.position(Decimal(0)))
    return text_width(item.comparison, canvas.small_size) + 2 * LABEL_GAP <= length if item.comparison else True


def _upright_groups(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    plotted, rows, references = plot_series(spec), spec.rows(), reference_items(spec)
    key, top = colour_key(spec, plotted, canvas)
    amounts, high = snug_ticks(*domain([*amounts_of(plotted), *reference_amounts(references)]), 4)
    height = _PLOT_HEIGHTS[canvas.name]
    panel = open_panel(spec, plotted[0].unit, amounts, canvas, top=top, high=high, height=height)
    places, distance = column_places(panel, len(rows))
    width = min(distance * 0.8 / len(plotted), _WIDEST_COLUMN)
    marks, annotations = [], []
    for number, series in enumerate(plotted):
        centres = [place + width * (number + 0.5 - len(plotted) / 2) for place in places]
        marks += series_columns(series, panel.scale, centres, width - 1.5)
        annotations += [
            Annotation(x=centres[index], y=panel.scale.position(max(item.size, Decimal(0))) + 3, lines=(item.short,))
            for index, item in series.points
        ]
    labelled = all(block_width(one.lines, canvas.small_size) < width for one in annotations)
    shapes: list[Shape] = [*_grid(panel, labelled=labelled), *reference_bands(references, panel), *marks, *key]
    shapes += reference_lines(references, panel, shapes)
    shapes += place_annotations(annotations, shapes, [], panel) if labelled else []
    return _with_categories(spec, panel, places, shapes, [item for series in plotted for _, item in series.points])


def _lying_stacks(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    plotted, rows, share = plot_series(spec), series_rows(spec), spec.flag("share")
    parts = extents(plotted, share=share)
    totals = {row.number: max(part[row.number][1] for part in parts if row.number in part) for row in rows}
    words = {number: "" if share else _total(spec, plotted, total) for number, total in totals.items()}
    key, top = colour_key(spec, plotted, canvas)
    layout = lay_out_rows([(row.label, row.emphasis) for row in rows], canvas, top=top + 3, thickness=_STACKED)
    room = max(text_width(word, canvas.text_size) for word in words.values()) + (0.0 if share else LABEL_GAP)
    scale = Scale(low=Decimal(0), high=max(totals.values()), start=layout.left, end=canvas.width - 1 - room)
    if named := _names_above(plotted, parts, rows[0], scale, canvas):
        key, moved = named, canvas.small_size * 1.6
        layout = lay_out_rows([(row.label, row.emphasis) for row in rows], canvas, top=moved, thickness=_STACKED)
    shapes: list[Shape] = [*key]
    for row, band in zip(rows, layout.bands, strict=True):
        ends = (band.middle - _STACKED / 2, band.middle + _STACKED / 2)
        for series, part in zip(plotted, parts, strict=True):
            if row.number in part:
                text = part_text(spec, dict(series.points)[row.number], part[row.number], share=share)
                shapes += _lying_part(series, row.number, part[row.number], scale, (*ends, canvas.small_size), text=text)
        word = words[row.number]
        shapes += value_label((word,), scale.position(totals[row.number]), band.middle, canvas) if word else []
    shapes += layout.labels()
    return with_legend(spec, [item for series in plotted for _, item in series.points], canvas, shapes, layout.bottom)


def _names_above(
    plotted: Sequence[PlotSeries], parts: Sequence[Mapping[int, Extent]], row: SeriesRow, scale: Scale, canvas: Canvas
) -> list[Shape]:
    """The names of the columns above their parts of the first bar; none on a narrow canvas, or where one does not fit there."""
    size, labels = canvas.small_size, []
    for series, part in zip(plotted, parts, strict=True):
        start, end = (scale.position(amount) for amount in part.get(row.number, (Decimal(0), Decimal(0))))
        if canvas.narrow or text_width(series.name, size, bold=True) > end - start:
            return []
        labels.append(Label(x=start, y=size, text=series.name, size=size, bold=True))
    return [*labels]


def _lying_part(
    series: PlotSeries, number: int, extent: Extent, scale: Scale, upright: tuple[float, float, float], *, text: str
) -> list[Shape]:
    """A part of a lying bar, with its value where that fits; `upright` are its upper and lower edge and the font size."""
    item, (top, bottom, size) = dict(series.points)[number], upright
    left, right = (scale.position(amount) for amount in extent)
    shapes: list[Shape] = [_part(item, series.colour, (left, top, right, bottom), number)]
    if fits_inside(text, size, right - left, bottom - top):
        shapes += inside_label(text, ((left + right) / 2, (top + bottom) / 2), size, series.colour, item.status)
    return shapes


def _part(item: Item, colour: str, bounds: tuple[float, float, float, float], row: int) -> Shape:
    style = status_style(item.look)
    fill = colour if style.solid else f"{colour}-soft"
    edge, width = ("paper", 1.0) if style.solid else (colour, 0.8)
    return rectangle(*bounds, fill=fill, stroke=edge, stroke_width=width, hatch=style.hatch, row=row)


def _upright_stacks(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    plotted, share, references = plot_series(spec), spec.flag("share"), reference_items(spec)
    parts = extents(plotted, share=share)
    totals = {index: max(part[index][1] for part in parts if index in part) for part in parts for index in part}
    high = [Decimal(1)] if share else [max(totals.values()), *reference_amounts(references)]
    amounts, end = snug_ticks(*domain(high), 4)
    named = as_shares(spec, plotted, parts) if share else plotted
    height = _PLOT_HEIGHTS[canvas.name]
    panel = lay_out_panel(spec, named, amounts, canvas, top=0, height=height, direct=True, high=end)
    places, distance = column_places(panel, len(spec.rows()))
    width, size = min(distance * 0.78, _WIDEST_COLUMN), canvas.small_size
    texts = {} if share else {index: _total(spec, plotted, total) for index, total in totals.items()}
    labelled = bool(texts) and all(text_width(text, size) < distance - 4 for text in texts.values())
    shapes: list[Shape] = [*_grid(panel, labelled=labelled), *([] if share else reference_bands(references, panel))]
    for series, part in zip(plotted, parts, strict=True):
        for index, item in series.points:
            low, top = (panel.scale.position(amount) for amount in part[index])
            x = places[index]
            shapes.append(_part(item, series.colour, (x - width / 2, top, x + width / 2, low), index))
            text = part_text(spec, item, part[index], share=share)
            if fits_inside(text, size, width, low - top):
                shapes += inside_label(text, (x, (low + top) / 2), size, series.colour, item.status)
    last = [part[max(part)] for part in parts]
    shapes += series_names(named, panel, ends=[panel.scale.position((low + high) / 2) for low, high in last])
    shapes += [] if share else reference_lines(references, panel, shapes)
    if labelled:
        above = [(index, text, panel.scale.position(totals[index]) - 5) for index, text in texts.items()]
        shapes += [Label(x=places[index], y=y, text=text, size=size, anchor="middle") for index, text, y in above]
    return _with_categories(spec, panel, places, shapes, [item for series in plotted for _, item in series.points])


def _grid(panel: Panel, *, labelled: bool) -> list[Shape]:
    """The grid lines with their amounts; where every bar is labelled, only the line at zero."""
    if not labelled:
        return [*value_gridlines(panel)]
    y = panel.scale.position(Decimal(0))
    return [line(((panel.left, y), (panel.right, y)), stroke="muted", stroke_width=1.2)]


def _total(spec: ResolvedSpec, plotted: Sequence[PlotSeries], amount: Decimal) -> str:
    return spec.tick(amount, plotted[0].unit)


def _with_categories(
    spec: ResolvedSpec, panel: Panel, places: Sequence[float], shapes: Sequence[Shape], items: Sequence[Item]
) -> Scene:
    """The scene with the labels of the rows and the legend of statuses below."""
    labels, canvas = [spec.row_label(row) for row in spec.rows()], panel.canvas
    axis, height = category_axis(labels, places, panel.scale.start, canvas)
    bottom = panel.scale.start + height
    legend, more = status_legend(spec, items, canvas, bottom + 12)
    return Scene(width=canvas.width, height=bottom + (14 + more if more else 4), shapes=(*shapes, *axis, *legend))
