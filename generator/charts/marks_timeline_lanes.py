"""Timeline by theme: a column of events for each theme, beside one axis that is true to time; or in steps, one below the other.

A column's line ends at its last event. On a narrow canvas the events are a list in order of time, each under its theme.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from ..model.periods import parse
from ..model.report import Event
from ..records.struct import Struct, replace
from .axes import clear_spans
from .label_spread import spread
from .lane_places import AROUND_DIVIDER, ARRIVAL, HALO, LABEL_GAP, RADIUS, LaneColumn, LaneEntry, PlacedEntry, fit_axis
from .resolved_spec import ResolvedSpec
from .scene import Label, Scene, Shape, centred_baseline, circle, line, text_block, text_height
from .text_layout import text_width, wrap
from .theme import CONTEXT_COLOUR, Canvas

_INDENT = 22.0  # from the line of a column to its words
_COLUMN_GAP = 14.0
_TICK = 7.0  # to either side of a column's line, where a year begins
_STEP, _AROUND_STEP = 6.0, 12.0  # between the dates of events in steps, and above and below a divider between them
_AROUND_RULE = 9.0  # above and below the rule between years
_THEME_GAP = 10.0  # between a date and a theme beside it


class _Divider(Struct, frozen=True, kw_only=True):
    """The event that stands as a line across all columns: its day, the words at its left, and its date if no column has it."""

    day: int
    text: str
    date: str


def timeline_lanes(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The events of each theme below its name, at heights in proportion to time.

    The years stand at the left, each at the tick where it begins, the first one at that where the axis does.
    """
    events, divider = spec.events(), _divider(spec)
    years = _years(spec, events)
    gutter = [text for _, text in years] + ([divider.text] if divider else [])
    left = max((text_width(text, canvas.small_size) for text in gutter), default=0.0) + 10
    if canvas.narrow:
        return _list(spec, divider, left, canvas)
    columns = _columns(spec, canvas, left)
    if spec.choice("spacing", "time") == "even":
        return _in_steps(spec, columns, divider, left, canvas)
    axis, placed = fit_axis(columns, events, divider.day if divider else None, canvas)
    lasts = [max((one.dot for one in entries), default=axis.top) for entries in placed]
    shapes, named = _column_heads(columns, axis.top, lasts, canvas), []
    for year, text in years:
        y = axis.place(date(year, 1, 1).toordinal())
        reached = (one for one, last in zip(columns, lasts, strict=True) if y <= last)
        shapes += [line(((one.left - _TICK, y), (one.left + _TICK, y)), stroke="muted") for one in reached]
        named.append((y, text))
    for column, entries in zip(columns, placed, strict=True):
        for one in entries:
            shapes += _draw(spec, one, column.left, canvas)
    if divider is not None:
        y = axis.place(divider.day)
        shapes[:0] = _divider_line(divider, y, left, canvas, [shape for shape in shapes if isinstance(shape, Label)])
        named.append((y, divider.text))
    shapes += _gutter(named, (axis.top, axis.bottom), left - 8, canvas, bold=divider.text if divider else "")
    ends = [axis.bottom, *(one.top + one.entry.height for entries in placed for one in entries)]
    return Scene(width=canvas.width, height=max(ends) + 4, shapes=tuple(shapes))


def _column_heads(columns: Sequence[LaneColumn], top: float, lasts: Sequence[float], canvas: Canvas) -> list[Shape]:
    """The name of each column, and its line from a height down to its last event."""
    shapes: list[Shape] = []
    for column, end in zip(columns, lasts, strict=True):
        shapes += text_block(column.heading, column.left - RADIUS, 0, canvas.text_size, bold=True)
        shapes.append(line([(column.left, y) for y in (top, end)], stroke="muted", stroke_width=1.4))
    return shapes


def _in_steps(
    spec: ResolvedSpec, columns: Sequence[LaneColumn], divider: _Divider | None, left: float, canvas: Canvas
) -> Scene:
    """The events of each theme below its name, each further down than all before it, and each year below a rule."""
    size, named = canvas.small_size, dict(_years(spec, spec.events()))
    top = max(text_height(column.heading, canvas.text_size) for column in columns) + 8
    free, y, year = [top] * len(columns), top, 0  # the height from which each column has room, and the last event's
    rules, marks, words, line_at = list[Shape](), list[Shape](), list[tuple[float, str]](), 0.0
    lasts = [top] * len(columns)
    steps = [(number, entry) for number, column in enumerate(columns) for entry in column.entries]
    for number, entry in sorted(steps, key=lambda step: (step[1].event.date.first, step[1].event.date.last)):
        divided = divider is not None and not line_at and entry.day > divider.day
        if divider is not None and divided:
            line_at = max(free) - LABEL_GAP + _AROUND_STEP
            words.append((line_at, divider.text))
            free, y = [line_at + _AROUND_STEP] * len(columns), line_at + _AROUND_STEP
        date = entry.event.date.first
        if year and date.year != year and not divided:  # a divider just above is rule enough
            rules.append(line(((left, rule := max(free) - LABEL_GAP + _AROUND_RULE), (canvas.width, rule)), stroke="grid"))
            free, y = [rule + _AROUND_RULE] * len(columns), rule + _AROUND_RULE
        y = max(y, free[number])
        dot = y + size * ARRIVAL
        if date.year != year:
            year = date.year
            words.append((dot, named[year]))
        lasts[number] = dot
        marks += [*_dot(spec, entry, columns[number].left, dot), *_words(entry, columns[number].left + _INDENT, y, canvas)]
        free[number], y = y + entry.height + LABEL_GAP, y + text_height(("",), size) + _STEP
    ends = (top, max(free) - LABEL_GAP)
    shapes = [*rules, *_column_heads(columns, top, lasts, canvas), *marks]
    if divider is not None and line_at:
        shapes[:0] = _divider_line(divider, line_at, left, canvas, [], dated=columns[0].left + _INDENT)
    shapes += _gutter(words, ends, left - 8, canvas, bold=divider.text if divider else "")
    return Scene(width=canvas.width, height=ends[1] + 4, shapes=tuple(shapes))


def _divider(spec: ResolvedSpec) -> _Divider | None:
    """The event that the specification names as its divider, under its own words or those given there."""
    if not (record := spec.record("divider")):
        return None
    event = spec.edition.events[str(record["event"])]
    text = spec.text_of(record, "label") or spec.texts.fill(event.title)
    date = "" if event in spec.events() else spec.texts.word_period(event.date)
    return _Divider(day=event.date.first.toordinal(), text=text, date=date)


def _divider_line(
    divider: _Divider, y: float, left: float, canvas: Canvas, labels: Sequence[Label], *, dated: float = 0.0
) -> list[Shape]:
    """A dashed line from the gutter to the right edge, interrupted where words are; with its date from `dated` on, if given."""
    size, words = canvas.small_size, list[Label]()
    if dated and divider.date:
        words.append(Label(x=dated, y=centred_baseline(y, size), text=divider.date, size=size, bold=True))
    spans = clear_spans([*labels, *words], y, left, canvas.width)
    lines = [line(((start, y), (end, y)), stroke="ink", stroke_width=1.4, dashes=(4, 3)) for start, end in spans]
    return [*lines, *words]


def _gutter(
    named: Sequence[tuple[float, str]], ends: tuple[float, float], right: float, canvas: Canvas, *, bold: str
) -> list[Label]:
    """Words at the left of the axis, at these heights as far as they do not touch."""
    size = canvas.small_size
    tops = spread([y for y, _ in named], [size] * len(named), ends[0] - size / 2, ends[1] + size, gap=4.0)
    return [
        Label(
            x=right,
            y=centred_baseline(top + size / 2, size),
            text=text,
            size=size,
            colour="ink" if text == bold else "muted",
            anchor="end",
            bold=text == bold,
        )
        for (_, text), top in zip(named, tops, strict=True)
    ]


def _years(spec: ResolvedSpec, events: Sequence[Event]) -> list[tuple[int, str]]:
    """The years from the first to the last event, in words."""
    years = range(events[0].date.first.year, events[-1].date.first.year + 1)
    return [(year, spec.texts.word_period(parse(str(year)))) for year in years]


def _columns(spec: ResolvedSpec, canvas: Canvas, left: float) -> list[LaneColumn]:
    """A column for each theme, all of one width."""
    lanes = spec.records("lanes")
    distance = (canvas.width - left - RADIUS - 2) / len(lanes)
    width = distance - _INDENT - _COLUMN_GAP
    columns = []
    for number, lane in enumerate(lanes):
        keys = cast("tuple[str, ...]", lane["events"])
        entries = tuple(_entry(spec, event, "", canvas, width) for event in spec.events() if event.id in keys)
        heading = wrap(spec.text_of(lane, "label"), canvas.text_size, distance - _COLUMN_GAP, bold=True)
        columns.append(LaneColumn(heading=heading, left=left + RADIUS + 2 + distance * number, entries=entries))
    return columns


def _entry(spec: ResolvedSpec, event: Event, theme: str, canvas: Canvas, width: float) -> LaneEntry:
    when = spec.texts.word_period(event.date)
    size = canvas.small_size
    highlighted = spec.ids("highlight")
    beside = text_width(theme, size, bold=not highlighted) + _THEME_GAP + text_width(when, size) <= width
    about = event.id in highlighted
    title = wrap(spec.texts.fill(event.title), canvas.text_size, width, bold=about)
    height = text_height(("",) if beside or not theme else ("", ""), size) + text_height(title, canvas.text_size)
    plain = bool(highlighted)
    return LaneEntry(event=event, date=when, theme=theme, plain=plain, beside=beside, title=title, bold=about, height=height)


def _draw(spec: ResolvedSpec, one: PlacedEntry, left: float, canvas: Canvas) -> list[Shape]:
    """An event's dot, its words, and a line from one to the other."""
    arrival = one.top + canvas.small_size * ARRIVAL
    return [
        line(((left + RADIUS + 1, one.dot), (left + _INDENT - 4, arrival)), stroke="muted"),
        *_dot(spec, one.entry, left, one.dot),
        *_words(one.entry, left + _INDENT, one.top, canvas),
    ]


def _dot(spec: ResolvedSpec, entry: LaneEntry, x: float, y: float) -> list[Shape]:
    """The mark of an event: a dot that is hollow where the event is yet to come, or the tick of a minor one.

    It is grey before the divider or, without one, before the article that is checked, and in the accent after it; where lanes
    are set off from each other, in those that are context.
    """
    lanes, divider = spec.records("lanes"), _divider(spec)
    lane = next(one for one in lanes if entry.event.id in cast("tuple[str, ...]", one["events"]))
    later = entry.day > divider.day if divider else entry.event.after_article
    about = lane.get("context") is not True if any("context" in one for one in lanes) else later
    colour = "c1" if about else CONTEXT_COLOUR
    if entry.event.id in cast("tuple[str, ...]", lane.get("minor", ())):
        return [line(((x - _TICK, y), (x + _TICK, y)), stroke=colour, stroke_width=2)]
    fill = "paper" if entry.event.date.first > spec.edition.report.as_of.last else colour
    return [circle(x, y, RADIUS + HALO, fill="paper"), circle(x, y, RADIUS, fill=fill, stroke=colour, stroke_width=2)]


def _words(entry: LaneEntry, x: float, top: float, canvas: Canvas) -> list[Label]:
    """The theme, the date beside or below it, and the title of an event, from an upper edge on."""
    size, title_top = canvas.small_size, top + entry.height - text_height(entry.title, canvas.text_size)
    colour, bold = ("muted", False) if entry.plain else (entry.colour, True)
    theme = text_block([entry.theme], x, top, size, colour=colour, bold=bold) if entry.theme else []
    place = (x + text_width(entry.theme, size, bold=bold) + _THEME_GAP, top)
    if not theme or not entry.beside:
        place = (x, top + text_height([one.text for one in theme], size))
    dates = text_block([entry.date], *place, size, colour="muted")
    if theme and entry.beside:
        dates = [replace(one, follows=_THEME_GAP) for one in dates]
    return [*theme, *dates, *text_block(entry.title, x, title_top, canvas.text_size, bold=entry.bold)]


def _theme_colour(lane: Mapping[str, object], lanes: Sequence[Mapping[str, object]]) -> str:
    """The colour of a theme's name in a list: the accent, or grey for context, where lanes are set off from each other."""
    if not any("context" in one for one in lanes):
        return "ink"
    return "muted" if lane.get("context") is True else "c1"


def _list(spec: ResolvedSpec, divider: _Divider | None, axis: float, canvas: Canvas) -> Scene:
    """All events below each other, the theme of each before its date, each year at its first event below a rule."""
    lanes = spec.records("lanes")
    themes = {key: spec.text_of(lane, "label") for lane in lanes for key in cast("tuple[str, ...]", lane["events"])}
    colours = {key: _theme_colour(lane, lanes) for lane in lanes for key in cast("tuple[str, ...]", lane["events"])}
    left, size = axis + RADIUS + 2, canvas.small_size
    width = canvas.width - left - _INDENT
    entries = [
        replace(_entry(spec, event, themes[event.id], canvas, width), colour=colours[event.id]) for event in spec.events()
    ]
    shapes, rules, y, year, words = list[Shape](), list[Shape](), 0.0, 0, list[tuple[float, str]]()
    named = dict(_years(spec, spec.events()))
    for number, entry in enumerate(entries):
        if divider is not None and entry.day > divider.day and (number == 0 or entries[number - 1].day <= divider.day):
            words.append((y + AROUND_DIVIDER, divider.text))
            shapes += _divider_line(divider, y + AROUND_DIVIDER, axis, canvas, [], dated=left + _INDENT)
            y += 2 * AROUND_DIVIDER + LABEL_GAP
        elif number and entry.event.date.first.year != year:
            y += _STEP
            rules.append(
                line(((axis, y - LABEL_GAP / 2 - _STEP / 2), (canvas.width, y - LABEL_GAP / 2 - _STEP / 2)), stroke="grid")
            )
        middle = y + size * ARRIVAL
        if entry.event.date.first.year != year:
            year = entry.event.date.first.year
            words.append((middle, named[year]))
        shapes += [*_dot(spec, entry, left, middle), *_words(entry, left + _INDENT, y, canvas)]
        y += entry.height + LABEL_GAP
    ends = (size * ARRIVAL, y - LABEL_GAP)
    last = y - entries[-1].height - LABEL_GAP + size * ARRIVAL
    shapes[:0] = [*rules, line(((left, ends[0]), (left, last)), stroke="muted", stroke_width=1.4)]
    shapes += _gutter(words, ends, axis - 8, canvas, bold=divider.text if divider else "")
    return Scene(width=canvas.width, height=y - LABEL_GAP + 4, shapes=tuple(shapes))
