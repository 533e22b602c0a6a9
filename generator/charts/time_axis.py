"""The axis of time: a period is placed at its middle, so that unequal steps keep their distance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from ..model.periods import Form, Period, parse
from .resolved_spec import ResolvedSpec
from .scene import LINE_HEIGHT, Label, Shape, line
from .text_layout import text_width
from .theme import Canvas

_YEARLY = frozenset((Form.YEAR, Form.FISCAL_YEAR))
_SHORT_STRIDES, _STRIDES = (1, 2, 5, 10), (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)  # of labelled years
_SHORT, _YEAR = 12, 365  # years, days
_LEAST_YEARS = 2  # that the axis must span for years to label it
_DRAWN = 0.8  # part of a year, or of its label's width, that must be drawn for the label
_GAP = 10.0  # between labels
Tick = tuple[float, str]


def time_places(periods: Sequence[Period], left: float, right: float) -> list[float]:
    """The x positions of the middles of periods, in days; the first at `left` and the last at `right`."""
    days = [_middle(period) for period in periods]
    first, last = min(days), max(days)
    if first == last:
        return [(left + right) / 2 for _ in days]
    return [left + (right - left) * (day - first) / (last - first) for day in days]


def time_axis(
    spec: ResolvedSpec, periods: Sequence[Period], places: Sequence[float], y: float, canvas: Canvas
) -> tuple[list[Shape], float]:
    """Ticks and labels below the height `y` for periods in order at these places, and the height they take.

    Years are labelled: below their points where rows are years, else in the middle of the part that is drawn, with a tick
    where each begins. A shorter time has its periods as labels.
    """
    size, ticks, marks = canvas.small_size, [], list(places)
    if all(period.form in _YEARLY for period in periods):
        ticks = _years(spec, periods, places, canvas)
    elif periods[-1].last.year - periods[0].first.year + 1 > _LEAST_YEARS:
        ticks, marks = _spans_of_years(spec, periods, places, canvas)
    ticks = ticks or _ends(spec, periods, places, canvas)
    shapes: list[Shape] = [line(((x, y), (x, y + 4)), stroke="muted", stroke_width=1) for x in marks]
    shapes += [Label(x=x, y=y + 7 + size, text=text, size=size, colour="muted", anchor="middle") for x, text in ticks]
    return shapes, 7 + size * LINE_HEIGHT


def _middle(period: Period) -> float:
    return (period.first.toordinal() + period.last.toordinal()) / 2


def _years(spec: ResolvedSpec, periods: Sequence[Period], places: Sequence[float], canvas: Canvas) -> list[Tick]:
    """Labels of round years that have a row, as many as fit; over a short time, every second from the last one back."""
    last = periods[-1].first.year
    short = last - periods[0].first.year <= _SHORT
    for stride in _SHORT_STRIDES if short else _STRIDES:
        kept = [
            (x, spec.texts.word_period(period))
            for period, x in zip(periods, places, strict=True)
            if period.first.year % stride == (last % stride if short else 0)
        ]
        if fitting := list(_inside(kept, canvas)):
            return fitting
    return []


def _spans_of_years(
    spec: ResolvedSpec, periods: Sequence[Period], places: Sequence[float], canvas: Canvas
) -> tuple[list[Tick], list[float]]:
    """Labels in the middle of each year's part of the axis, and where years begin."""
    first, last = _middle(periods[0]), _middle(periods[-1])
    per_day = (places[-1] - places[0]) / (last - first)

    def position(day: date) -> float:
        return min(max(places[0] + (day.toordinal() - first) * per_day, places[0]), places[-1])

    years = range(periods[0].first.year, periods[-1].last.year + 1)
    starts = [position(date(year, 1, 1)) for year in years]
    begins = [x for x in starts[1:] if x < places[-1]]
    drawn = [(position(date(year, 12, 31)), spec.texts.word_period(parse(str(year)))) for year in years]
    for stride in _STRIDES:
        ticks = [
            ((start + end) / 2, text)
            for year, start, (end, text) in zip(years, starts, drawn, strict=True)
            if year % stride == 0 and end - start >= min(text_width(text, canvas.small_size), _YEAR * per_day) * _DRAWN
        ]
        if fitting := list(_inside(ticks, canvas)):
            return fitting, begins
    return [], begins


def _ends(spec: ResolvedSpec, periods: Sequence[Period], places: Sequence[float], canvas: Canvas) -> list[Tick]:
    """Labels of all periods, or of as many, evenly from the last one back, as fit; at least the last."""
    ticks = [(x, spec.texts.word_period(period)) for period, x in zip(periods, places, strict=True)]
    strides = range(1, len(ticks) + 1)
    return next(found for stride in strides if (found := list(_inside(ticks[::-stride][::-1], canvas))))


def _inside(ticks: Sequence[Tick], canvas: Canvas) -> Iterator[Tick]:
    """The ticks, moved inside the canvas; none of them where two would touch."""
    moved = []
    for x, text in ticks:
        half = text_width(text, canvas.small_size) / 2
        moved.append((min(max(x, half), canvas.width - half), text, half))
    if all(x + half + _GAP < other - other_half for (x, _, half), (other, _, other_half) in pairwise(moved)):
        yield from ((x, text) for x, text, _ in moved)
