"""Ranges with outcomes: a band for what was expected in each period, and a point for what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from ..records.struct import Struct
from .axes import first_tick_room, inner_ticks, scale_note, value_axis
from .chart_texts import sentence_case
from .columns import column_places
from .legend import SYMBOL_WIDTH, legend
from .mirroring import legend_from_reading_side
from .panel import category_axis, open_panel, plot_series, value_gridlines, value_ticks
from .resolved_spec import Item, ResolvedSpec
from .rows import LABEL_GAP, Band, RowLayout, fit_scale, lay_out_rows, value_label, value_width
from .scales import Scale, domain, known_bounds, snug_ticks
from .scene import (
    LINE_HEIGHT,
    XY,
    Label,
    Patch,
    Scene,
    Shape,
    circle,
    rectangle,
    text_block,
    text_height,
)
from .series_rows import SeriesRow, series_rows
from .stacking import panel_below
from .text_layout import block_width, text_width, wrap
from .theme import Canvas, status_style

_PLOT_HEIGHT = 270.0
_WIDEST_BAND, _LYING_BAND, _RADIUS = 52.0, 18.0, 5.5
_LYING_RADIUS = 4.3  # of points in lying bands, to which they are nearer
_RIM = 1.4  # around a point
_UNDER = 3.0  # from a band without an outcome to its value below it
ABOVE, WITHIN, BELOW, OPEN = "above", "within", "below", "open"
_HATCH = status_style("forecast").hatch  # of bands: what was expected
_COLOURS = {ABOVE: "c1", WITHIN: "c6", BELOW: "c1"}


class Judged(Struct, frozen=True, kw_only=True):
    """A row with its range, its outcome if there is one, and where that lies: above, within or below; open without one."""

    row: SeriesRow
    expected: Item
    outcome: Item | None
    result: str


def judged_rows(spec: ResolvedSpec) -> list[Judged]:
    """The rows of a series that have a range."""
    rows = []
    for row in series_rows(spec):
        expected, outcome = row.cells
        if expected is not None:
            rows.append(Judged(row=row, expected=expected, outcome=outcome, result=_result(expected, outcome)))
    return rows


def _result(expected: Item, outcome: Item | None) -> str:
    if outcome is None:
        return OPEN
    low, high = expected.value.low, expected.value.high
    if high is not None and outcome.size > high:
        return ABOVE
    return BELOW if low is not None and outcome.size < low else WITHIN


def range_outcome(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Upright bands over time with the outcomes as points on, above or below them; lying ones on a narrow canvas."""
    if canvas.narrow:
        return _lying(spec, canvas)
    rows, names = judged_rows(spec), [series.name for series in plot_series(spec)]
    items = [item for row in rows for item in (row.expected, row.outcome) if item is not None]
    ends = domain(known_bounds(item.value for item in items), zero=spec.flag("zero", default=False))
    amounts, high = snug_ticks(*ends, 5)
    key, top = _key(rows, names, spec, canvas)
    panel = open_panel(spec, items[0].unit, amounts, canvas, top=top, high=high, height=_PLOT_HEIGHT)
    places, distance = column_places(panel, len(rows))
    half = min(distance * 0.62, _WIDEST_BAND) / 2
    shapes: list[Shape] = []
    points: list[Shape] = []
    size = canvas.small_size
    values, told = _values(spec, rows, size, distance - 2), _told(spec, rows)
    for judged, x in zip(rows, places, strict=True):
        low, upper = judged.expected.value.low, judged.expected.value.high
        bottom = panel.scale.start if low is None else panel.scale.position(low)
        ceiling = panel.scale.end if upper is None else panel.scale.position(upper)
        if bottom - ceiling < 3:  # noqa: PLR2004  pixels: a single value is a line
            bottom, ceiling = bottom + 1.5, ceiling - 1.5
        shapes.append(_band((x - half, ceiling, x + half, bottom), judged))
        if judged.outcome is None:
            half_text = text_width(judged.expected.short, size) / 2
            beside = x - distance + half + _UNDER + half_text  # of the band before, to which the value might seem to belong
            centre = min(max(x, panel.left + half_text), canvas.width - half_text)
            fits = max(centre, beside) + half_text <= canvas.width and bottom + _UNDER + size * LINE_HEIGHT < panel.scale.start
            place = (max(centre, beside), bottom + _UNDER + size) if fits else (centre, ceiling - 5)
            points.append(Label(x=place[0], y=place[1], text=judged.expected.short, size=size, anchor="middle"))
        else:
            y, colour = panel.scale.position(judged.outcome.size), _COLOURS[judged.result]
            points.append(_point((x, y), judged))
            if text := values.get(judged.row.number):
                fits = text_width(text, size) < 2 * half - 4
                at = _baseline(judged.result, y, (ceiling, bottom), size, fits=fits)
                label = Label(x=x, y=at, text=text, size=size, anchor="middle")
                points += [panel_below(label, "c6"), label] if ceiling < at < bottom else [label]
                if word := told.get(judged.row.number):
                    room = 2 * min(distance - half, x - panel.left) - 10  # beside the bands of its neighbours
                    points += _word(wrap(word, size, room, bold=True), (x, at), colour, size, below=at > y)
    labels = [judged.row.label for judged in rows]
    axis, height = category_axis(labels, places, panel.scale.start, canvas)
    note, below = scale_note(spec, amounts[0], panel.left, panel.scale.start + height, canvas)
    every = len(values) == len([row for row in rows if row.outcome is not None])
    words = [point for point in points if isinstance(point, Label)]
    grid = value_ticks(panel) if every else value_gridlines(panel, words)
    shapes = [*legend_from_reading_side(spec, key, canvas.width), *grid, *shapes, *points, *axis, *note]
    return Scene(width=canvas.width, height=below + 3, shapes=tuple(shapes))


def _word(lines: tuple[str, ...], at: tuple[float, float], colour: str, size: float, *, below: bool) -> list[Label]:
    """Where an outcome lies, in bold above or below its value, whose baseline is `at`."""
    top = at[1] + size * (LINE_HEIGHT - 1) if below else at[1] - size - text_height(lines, size)
    return text_block(lines, at[0], top, size, colour=colour, anchor="middle", bold=True)


def _lying(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """A row for each period, with its band and its outcome from left to right."""
    rows, names = judged_rows(spec), [series.name for series in plot_series(spec)]
    items = [item for row in rows for item in (row.expected, row.outcome) if item is not None]
    key, top = _key(rows, names, spec, canvas)
    first = _told(spec, rows)
    told = [row.outcome or row.expected for row in rows]
    layout = lay_out_rows([(row.row.label, False) for row in rows], canvas, top=top + 8, thickness=_LYING_BAND)
    low, high = domain(known_bounds(item.value for item in items), zero=spec.flag("zero", default=False))
    widths = [value_width((item.short,), canvas) + _LYING_RADIUS for item in told]
    ticks = inner_ticks(low, high, canvas)
    start = max(layout.left + _LYING_RADIUS + 1, first_tick_room(spec, ticks[0], items[0].unit, canvas))
    scale = _lying_scale(layout, (low, high), rows, widths, start)
    shapes: list[Shape] = [*key, *layout.labels()]
    for judged, item, width, band in zip(rows, told, widths, layout.bands, strict=True):
        lower, upper = judged.expected.value.low, judged.expected.value.high
        left = scale.start if lower is None else scale.position(lower)
        right = scale.end if upper is None else scale.position(upper)
        half = _LYING_BAND / 2
        shapes.append(_band((left, band.middle - half, max(right, left + 3), band.middle + half), judged))
        ends = left, right
        if judged.outcome is not None:
            x, colour = scale.position(judged.outcome.size), _COLOURS[judged.result]
            shapes.append(_point((x, band.middle), judged, _LYING_RADIUS))
            ends = min(x - _LYING_RADIUS, left), max(x + _LYING_RADIUS, right)
            if word := first.get(judged.row.number):
                shapes.append(_lying_word(word, band, colour, canvas))
        at_left = judged.outcome is None and ends[1] + width > canvas.width
        shapes += value_label((item.short,), ends[0] if at_left else ends[1], band.middle, canvas, at_left=at_left)
    note = spec.word("not_zero") if low > 0 else ""
    axis, height = value_axis(spec, layout, scale, items[0].unit, ticks, note=note)
    return Scene(width=canvas.width, height=layout.bottom + height + 4, shapes=(*axis, *shapes))


def _lying_word(word: str, band: Band, colour: str, canvas: Canvas) -> Label:
    """Where an outcome lies, behind the name of its row, which stands above the marks."""
    x = block_width(band.lines, canvas.text_size) + 1.5 * LABEL_GAP
    return Label(x=x, y=band.top + canvas.text_size, text=word, size=canvas.small_size, colour=colour, bold=True)


def _lying_scale(
    layout: RowLayout, ends: tuple[Decimal, Decimal], rows: Sequence[Judged], widths: Sequence[float], start: float
) -> Scale:
    """The width that leaves room at the right for each outcome's value, and for the value of a range there or at its left."""
    low, high = ends
    scale = Scale(low=low, high=high, start=start, end=layout.canvas.width - _LYING_RADIUS - 1)
    items = [[item for item in (row.expected, row.outcome) if item is not None] for row in rows]
    for row, pair, width in zip(rows, items, widths, strict=True):
        places = [scale.position(amount) for item in pair for amount in known_bounds([item.value])]
        if row.outcome is None and max(places) + width > layout.canvas.width and min(places) - width < layout.left:
            return fit_scale(layout, low, high, [(item, max(widths)) for both in items for item in both], left=start)
    beside = [(item, width) for row, pair, width in zip(rows, items, widths, strict=True) if row.outcome for item in pair]
    return fit_scale(layout, low, high, beside, left=start) if beside else scale


def _told(spec: ResolvedSpec, rows: Sequence[Judged]) -> dict[int, str]:
    """Where an outcome lies in words, by the number of the first row with that result; nothing where a legend says it."""
    if spec.flag("legend", default=True):
        return {}
    firsts = {judged.result: judged.row.number for judged in reversed(rows) if judged.outcome is not None}
    return {number: sentence_case(spec.word(result), spec.texts) for result, number in firsts.items()}


def _values(spec: ResolvedSpec, rows: Sequence[Judged], size: float, room: float) -> dict[int, str]:
    """The outcomes in words, by the number of the row: in full, else rounded as on an axis; where not all fit, every second."""
    outcomes = {judged.row.number: judged.outcome for judged in rows if judged.outcome is not None}
    full = {number: item.short for number, item in outcomes.items()}
    rounded = {number: spec.tick(_rounded(item.size, 3), item.unit) for number, item in outcomes.items()}
    coarse = {number: spec.tick(_rounded(item.size, 2), item.unit) for number, item in outcomes.items()}
    numbers = sorted(outcomes, reverse=True)
    for stride in (1, 2, 3):  # from the last one back
        shown = numbers[::stride]
        for words in (full, rounded, coarse):
            if all(text_width(words[number], size) < room * stride for number in shown):
                return {number: words[number] for number in shown}
    return {}


def _rounded(amount: Decimal, digits: int) -> Decimal:
    """An amount to so many significant digits."""
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - digits + 1)) if amount else amount


def _baseline(result: str, y: float, band: tuple[float, float], size: float, *, fits: bool) -> float:
    """The baseline of an outcome's value: above or below its point, where the edge of its band does not cross it.

    `band` is its upper and its lower edge; a value that does not fit between its sides stands above it.
    """
    ceiling, bottom = band
    above, below = y - _RADIUS - 4, y + _RADIUS + 2 + size
    if result == WITHIN and not fits:
        return min(ceiling - 5, above)
    if result == BELOW or (result == WITHIN and above - size < ceiling and below + 3 < bottom):
        return below
    return ceiling - 5 if result == WITHIN and above - size < ceiling else above


def _band(bounds: tuple[float, float, float, float], judged: Judged) -> Patch:
    dashes = (3.0, 3.0) if judged.result == OPEN else ()
    return rectangle(*bounds, fill="c6-soft", stroke="c6", stroke_width=1, hatch=_HATCH, dashes=dashes, row=judged.row.number)


def _point(at: XY, judged: Judged, radius: float = _RADIUS) -> Patch:
    """An outcome: a filled point, since it has happened, with a rim that sets it apart from its band."""
    return circle(*at, radius, fill=_COLOURS[judged.result], stroke="paper", stroke_width=_RIM, row=judged.row.number)


def _key(rows: Sequence[Judged], names: Sequence[str], spec: ResolvedSpec, canvas: Canvas) -> tuple[list[Shape], float]:
    """The legend above the plot and its height; none where the words stand at the marks."""
    return legend(_entries(rows, names, spec), canvas, 0) if spec.flag("legend", default=True) else ([], 0.0)


def _entries(rows: Sequence[Judged], names: Sequence[str], spec: ResolvedSpec) -> list[tuple[partial[Iterator[Patch]], str]]:
    """The key: the band, and the colours of the outcomes that there are."""
    entries = [(partial(_band_symbol), names[0])]
    results = {judged.result for judged in rows}
    if WITHIN in results:
        entries.append((partial(_point_symbol, _COLOURS[WITHIN]), spec.word("key.within", name=names[1])))
    if beyond := results & {ABOVE, BELOW}:
        key = "outside" if len(beyond) > 1 else next(iter(beyond))
        entries.append((partial(_point_symbol, _COLOURS[ABOVE]), spec.word(f"key.{key}", name=names[1])))
    return entries


def _band_symbol(x: float, middle: float) -> Iterator[Patch]:
    yield rectangle(
        x + 3, middle - 7, x + SYMBOL_WIDTH - 3, middle + 7, fill="c6-soft", stroke="c6", stroke_width=1, hatch=_HATCH
    )


def _point_symbol(colour: str, x: float, middle: float) -> Iterator[Patch]:
    yield circle(x + SYMBOL_WIDTH / 2, middle, _RADIUS, fill=colour)
