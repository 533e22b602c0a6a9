"""The axis of time: a period is placed at its middle, so that unequal steps keep their distance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from ..model.periods import Form, Period, parse
from .resolved_spec import ResolvedSpec
from .scene import LINE_HEIGHT, Label, Shape, line
from .text_layout import text_width
from .theme import Canvas

_YEARLY = frozenset((Form.YEAR, Form.FISCAL_YEAR))
_SHORT_STRIDES, _STRIDES = (1, 2, 5, 10), (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)  # of labelled years
_SHORT = 12  # years
_LEAST_YEARS = 2  # that the axis must span for years to label it
_FEW = 6  # years that are all labelled, in a shorter form where they would not fit
_GAP, _TICK_GAP = 8.0, 2.0  # between labels, and from the label of a year to the tick where the next one begins
_MOST_NAME = 0.2  # of the canvas width, for half the name of a period
_LEAST_PART = 6.0  # of the axis that a year must have to be labelled
Tick = tuple[float, str]
Extent = tuple[float, float]


def time_places(periods: Sequence[Period], left: float, right: float) -> list[float]:
    """The x positions of the middles of periods, in days; the first at `left` and the last at `right`."""
    days = [_middle(period) for period in periods]
    first, last = min(days), max(days)
    if first == last:
        return [(left + right) / 2 for _ in days]
    return [left + (right - left) * (day - first) / (last - first) for day in days]


def time_axis(
    spec: ResolvedSpec,
    periods: Sequence[Period],
    places: Sequence[float],
    y: float,
    canvas: Canvas,
    *,
    named: Sequence[tuple[float, Period]] = (),
) -> tuple[list[Shape], float]:
    """Ticks and labels below the height `y` for periods in order at these places, and the height they take.

    Where years are labelled and rows are shorter, those of `named` that have room stand in a line above the years, best first.

    Years are labelled: below their points where rows are years, else in the middle of the part that is drawn, with a tick
    where each begins. Few years are all labelled, if need be as 2025 or ’25 in every language. A shorter time has its periods
    as labels.
    """
    size, ticks, marks = canvas.small_size, [], list(places)
    if all(period.form in _YEARLY for period in periods):
        ticks = _years(spec, periods, places, canvas)
    elif periods[-1].last.year - periods[0].first.year + 1 > _LEAST_YEARS:
        ticks, marks = _spans_of_years(spec, periods, places, canvas)
    points = _named(spec, named, ticks, canvas) if ticks and marks != list(places) else []
    ticks = ticks or _ends(spec, periods, places, canvas)
    top = y + (size * LINE_HEIGHT if points else 0.0)
    shapes: list[Shape] = [line(((x, y), (x, y + 4)), stroke="muted", stroke_width=1) for x in marks]
    shapes += [Label(x=x, y=top + 7 + size, text=text, size=size, colour="muted", anchor="middle") for x, text in ticks]
    shapes += [Label(x=x, y=y + 7 + size, text=text, size=size, anchor="middle") for x, text in points]
    return shapes, top - y + 7 + size * LINE_HEIGHT


def _named(spec: ResolvedSpec, named: Sequence[tuple[float, Period]], years: Sequence[Tick], canvas: Canvas) -> list[Tick]:
    """The names of periods at their places, without those that would touch one before them in this order.

    They are without the year where that is labelled below them and one word is left, such as Q2, if as many have room so.
    """
    texts = [spec.texts.word_period(period) for _, period in named]
    found = _apart(named, texts, canvas)
    own = [spec.texts.word_period(parse(str(period.first.year))) for _, period in named]
    brief = [text.removeprefix(year).removesuffix(year).strip() for text, year in zip(texts, own, strict=True)]
    below = {text for _, text in years}
    labelled = all(any(shorten(year) in below for shorten in (str, _digits, _of_century)) for year in own)
    brief = [short if len(short.split()) == 1 else text for short, text in zip(brief, texts, strict=True)]
    shorter = _apart(named, brief, canvas) if labelled else []
    return shorter if len(shorter) >= len(found) else found


def _apart(named: Sequence[tuple[float, Period]], texts: Sequence[str], canvas: Canvas) -> list[Tick]:
    """These names of periods, without those that would touch one before them in this order or that are too long."""
    found: list[Tick] = []
    for (x, _), text in zip(named, texts, strict=True):
        half = text_width(text, canvas.small_size) / 2
        if half > _MOST_NAME * canvas.width:
            continue
        centre = min(max(x, half), canvas.width - half)
        if all(abs(centre - other) > half + text_width(word, canvas.small_size) / 2 + _GAP for other, word in found):
            found.append((centre, text))
    return found


def _middle(period: Period) -> float:
    return (period.first.toordinal() + period.last.toordinal()) / 2


def _years(spec: ResolvedSpec, periods: Sequence[Period], places: Sequence[float], canvas: Canvas) -> list[Tick]:
    """Labels of round years that have a row, as many as fit; over a short time, every second from the last one back."""
    last = periods[-1].first.year
    short = last - periods[0].first.year <= _SHORT
    calendar = all(period.form is Form.YEAR for period in periods)
    for stride in _SHORT_STRIDES if short else _STRIDES:
        for shorten in _forms(len(periods) if stride == 1 and calendar else 0):
            kept = [
                (x, shorten(spec.texts.word_period(period)))
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
    parts = [*pairwise(starts), (starts[-1], places[-1])]
    drawn = [(year, part) for year, part in zip(years, parts, strict=True) if part[0] < part[1]]
    begins = [start for _, (start, _) in drawn[1:]]
    words = {year: spec.texts.word_period(parse(str(year))) for year, _ in drawn}
    labelled = [(year, part) for year, part in drawn if part[1] - part[0] >= _LEAST_PART]
    for stride in _STRIDES:
        for shorten in _forms(len(labelled) if stride == 1 else 0):
            kept = [(shorten(words[year]), part) for year, part in labelled if year % stride == 0]
            ticks = [(_beside_ticks(text, part, drawn[0][1], drawn[-1][1], canvas), text) for text, part in kept]
            if fitting := list(_inside(ticks, canvas)):
                return fitting, begins
    return [], begins


def _beside_ticks(text: str, part: Extent, first: Extent, last: Extent, canvas: Canvas) -> float:
    """The middle of a year's part; a label that is wider than the first or last part reaches past the end of the axis."""
    half = text_width(text, canvas.small_size) / 2 + _TICK_GAP
    middle = (part[0] + part[1]) / 2
    if part == first:
        return min(middle, part[1] - half)
    return max(middle, part[0] + half) if part == last else middle


def _forms(years: int) -> Sequence[Callable[[str], str]]:
    """What makes the label of a year from its words, the longest first: a few years may be digits, of the century alone."""
    return (str, _digits, _of_century) if years <= _FEW and years else (str,)


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _of_century(text: str) -> str:
    return f"’{_digits(text)[-2:]}"


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
