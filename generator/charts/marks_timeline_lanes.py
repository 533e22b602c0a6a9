"""Timeline by theme: a column of events for each theme, beside one axis that is true to time; one column on a narrow canvas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import cast

from ..model.periods import parse
from ..model.report import Event
from .label_spread import spread
from .resolved_spec import ResolvedSpec
from .scene import Label, Scene, Shape, centred_baseline, circle, line, text_block, text_height
from .text_layout import text_width, wrap
from .theme import Canvas

_RADIUS, _HALO = 5.0, 1.6
_INDENT = 22.0  # from the line of a column to its words
_COLUMN_GAP = 14.0
_LABEL_GAP = 10.0
_SLACK = 1.12  # of the height that the fullest column needs, so that most labels stand at their dots
_TICK = 7.0  # to either side of a column's line, where a year begins
_THEME_GAP = 10.0  # between a date and a theme beside it
_ARRIVAL = 0.66  # from the top of a date to where the line from its dot arrives, in font sizes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An event with its date, the theme that a narrow canvas has beside or below the date, and the lines of its title."""

    event: Event
    date: str
    theme: str
    beside: bool
    title: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """The events of a column, in order of time, below its heading."""

    heading: tuple[str, ...]
    left: float
    entries: tuple[_Entry, ...]

    @property
    def height(self) -> float:
        """The height of all its words."""
        return fsum(entry.height + _LABEL_GAP for entry in self.entries) - _LABEL_GAP


def timeline_lanes(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The events of each theme below its name, at heights in proportion to time, with the years at the left."""
    events = spec.events()
    years = _years(spec, events)
    axis = max((text_width(text, canvas.small_size) for _, text in years), default=0.0) + 10
    columns = _single(spec, canvas, axis) if canvas.narrow else _columns(spec, canvas, axis)
    heading = max(text_height(column.heading, canvas.text_size) for column in columns)
    top = heading + (8 if heading else 0)
    height = max(column.height for column in columns) * (1.0 if canvas.narrow else _SLACK)
    inset = canvas.small_size * _ARRIVAL
    first, last = (event.date.first.toordinal() for event in (events[0], events[-1]))

    def place(day: int) -> float:
        return top + inset + (height - 2 * inset) * (day - first) / max(last - first, 1)

    shapes: list[Shape] = []
    for year, text in years:
        y = place(date(year, 1, 1).toordinal())
        shapes += [line(((one.left - _TICK, y), (one.left + _TICK, y)), stroke="muted") for one in columns]
        label = centred_baseline(y, canvas.small_size)
        shapes.append(Label(x=axis - 8, y=label, text=text, size=canvas.small_size, colour="muted", anchor="end"))
    for column in columns:
        dots = [place(entry.event.date.first.toordinal()) for entry in column.entries]
        shapes += _draw(column, dots, (top, top + height), canvas)
    return Scene(width=canvas.width, height=top + height + 4, shapes=tuple(shapes))


def _years(spec: ResolvedSpec, events: Sequence[Event]) -> list[tuple[int, str]]:
    """The years that begin between the first and the last event, in words."""
    years = range(events[0].date.first.year + 1, events[-1].date.first.year + 1)
    return [(year, spec.texts.word_period(parse(str(year)))) for year in years]


def _columns(spec: ResolvedSpec, canvas: Canvas, left: float) -> list[_Column]:
    """A column for each theme, all of one width."""
    lanes = spec.records("lanes")
    distance = (canvas.width - left - _RADIUS - 2) / len(lanes)
    width = distance - _INDENT - _COLUMN_GAP
    columns = []
    for number, lane in enumerate(lanes):
        keys = cast("tuple[str, ...]", lane["events"])
        entries = tuple(_entry(spec, event, "", canvas, width) for event in spec.events() if event.id in keys)
        heading = wrap(spec.text_of(lane, "label"), canvas.text_size, distance - _COLUMN_GAP, bold=True)
        columns.append(_Column(heading=heading, left=left + _RADIUS + 2 + distance * number, entries=entries))
    return columns


def _single(spec: ResolvedSpec, canvas: Canvas, left: float) -> list[_Column]:
    """All events in one column, the theme of each beside its date."""
    themes = {
        key: spec.text_of(lane, "label") for lane in spec.records("lanes") for key in cast("tuple[str, ...]", lane["events"])
    }
    width = canvas.width - left - _RADIUS - 2 - _INDENT
    entries = tuple(_entry(spec, event, themes[event.id], canvas, width) for event in spec.events())
    return [_Column(heading=(), left=left + _RADIUS + 2, entries=entries)]


def _entry(spec: ResolvedSpec, event: Event, theme: str, canvas: Canvas, width: float) -> _Entry:
    when = spec.texts.word_period(event.date)
    size = canvas.small_size
    beside = text_width(when, size, bold=True) + _THEME_GAP + text_width(theme, size) <= width
    title = wrap(spec.texts.fill(event.title), canvas.text_size, width)
    height = text_height(("",) if beside or not theme else ("", ""), size) + text_height(title, canvas.text_size)
    return _Entry(event=event, date=when, theme=theme, beside=beside, title=title, height=height)


def _draw(column: _Column, dots: Sequence[float], ends: tuple[float, float], canvas: Canvas) -> list[Shape]:
    """The heading of a column, its line, and each event's dot with its words and a line from one to the other."""
    left, (top, bottom), size = column.left, ends, canvas.small_size
    arrival = size * _ARRIVAL
    least = 2 * (_RADIUS + _HALO)
    dots = [y + least / 2 for y in spread(dots, [least] * len(dots), top, bottom, gap=0.0)]
    heights = [entry.height for entry in column.entries]
    wanted = [dot - arrival + height / 2 for dot, height in zip(dots, heights, strict=True)]
    tops = spread(wanted, heights, top, bottom, gap=_LABEL_GAP)
    shapes: list[Shape] = [
        *text_block(column.heading, left - _RADIUS, 0, canvas.text_size, bold=True),
        line(((left, top), (left, bottom)), stroke="muted", stroke_width=1.4),
    ]
    for entry, dot, label in zip(column.entries, dots, tops, strict=True):
        fill = "paper" if entry.event.after_article else "c1"
        shapes += [
            line(((left + _RADIUS + 1, dot), (left + _INDENT - 4, label + arrival)), stroke="muted"),
            circle(left, dot, _RADIUS + _HALO, fill="paper"),
            circle(left, dot, _RADIUS, fill=fill, stroke="c1", stroke_width=2),
            *_words(entry, left + _INDENT, label, canvas),
        ]
    return shapes


def _words(entry: _Entry, x: float, top: float, canvas: Canvas) -> list[Label]:
    """The date, the theme and the title of an event, from the upper edge of the date on."""
    size = canvas.small_size
    title_top = top + entry.height - text_height(entry.title, canvas.text_size)
    after = text_width(entry.date, size, bold=True) + _THEME_GAP
    theme = (x + after, top) if entry.beside else (x, top + text_height(("",), size))
    return [
        *text_block([entry.date], x, top, size, colour="muted", bold=True),
        *text_block([entry.theme] if entry.theme else [], *theme, size, colour="muted"),
        *text_block(entry.title, x, title_top, canvas.text_size),
    ]
