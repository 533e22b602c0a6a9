"""The places of events in the columns of a timeline: their dots in proportion to time, and their words near the dots."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from ..model.report import Event
from ..records.struct import Struct
from .label_spread import spread
from .scene import text_height
from .theme import Canvas

_MOST_STEPS, _STEP = 10, 0.1  # by which an axis grows beyond what its fullest column needs, until words are near their dots
_MOST_DRIFT = 30.0  # of words from their dots
LABEL_GAP = 10.0
RADIUS, HALO = 5.0, 1.6
ARRIVAL = 0.66  # from the top of a date to where the line from its dot arrives, in font sizes
AROUND_DIVIDER = 7.0  # from the divider to the words above and below it


class LaneEntry(Struct, frozen=True, kw_only=True):
    """An event with its date, the theme that a narrow canvas has beside or below the date, and its title in lines."""

    event: Event
    date: str
    theme: str
    colour: str = "ink"  # of the theme
    plain: bool = False  # whether the theme is regular and grey, as what the chart is about is bold
    beside: bool
    title: tuple[str, ...]
    bold: bool  # whether the chart is about it
    height: float

    @property
    def day(self) -> int:
        """The first day of its date."""
        return self.event.date.first.toordinal()


class LaneColumn(Struct, frozen=True, kw_only=True):
    """The events of a column, in order of time, below its heading."""

    heading: tuple[str, ...]
    left: float
    entries: tuple[LaneEntry, ...]


class LaneAxis(Struct, frozen=True, kw_only=True):
    """The axis of time: its upper end and its height, the first and the last day, and the day of the divider."""

    top: float
    height: float
    inset: float
    first: int
    last: int
    divider: int | None

    @property
    def bottom(self) -> float:
        """The lower end."""
        return self.top + self.height

    def place(self, day: int) -> float:
        """The height at which a day stands; one before the first day stands at that."""
        share = (max(day, self.first) - self.first) / max(self.last - self.first, 1)
        return self.top + self.inset + (self.height - 2 * self.inset) * share


class PlacedEntry(Struct, frozen=True, kw_only=True):
    """An event with the height of its dot and of the upper edge of its words."""

    entry: LaneEntry
    dot: float
    top: float


def fit_axis(
    columns: Sequence[LaneColumn], events: Sequence[Event], divider: int | None, canvas: Canvas
) -> tuple[LaneAxis, list[list[PlacedEntry]]]:
    """The shortest axis, up to a limit, beside which all words stand near their dots; and where they stand."""
    least = max(fsum(entry.height + LABEL_GAP for entry in column.entries) for column in columns)
    first, last = (event.date.first.toordinal() for event in (events[0], events[-1]))
    for step in range(1, _MOST_STEPS + 1):
        axis = LaneAxis(
            top=max(text_height(column.heading, canvas.text_size) for column in columns) + 8,
            height=least * (1 + _STEP * step),
            inset=canvas.small_size * ARRIVAL,
            first=first,
            last=last,
            divider=divider,
        )
        placed = [_place(column.entries, axis) for column in columns]
        if all(_is_near(one, axis) for entries in placed for one in entries):
            break
    return axis, placed


def _is_near(one: PlacedEntry, axis: LaneAxis) -> bool:
    """Whether the words of an event are near its dot, and on the same side of the divider."""
    if abs(one.top + axis.inset - one.dot) > _MOST_DRIFT:
        return False
    return axis.divider is None or one.entry.day > axis.divider or one.top + one.entry.height <= axis.place(axis.divider)


def _place(entries: Sequence[LaneEntry], axis: LaneAxis) -> list[PlacedEntry]:
    """The dots and the words of a column; those before the divider stand above it, the others below."""
    end = axis.bottom + max((entry.height for entry in entries[-1:]), default=0.0) - axis.inset
    if axis.divider is None:
        return _place_between(entries, axis, (axis.top, end))
    middle, day = axis.place(axis.divider), axis.divider
    sides = (
        ([one for one in entries if one.day <= day], (axis.top, middle - AROUND_DIVIDER)),
        ([one for one in entries if one.day > day], (middle + AROUND_DIVIDER, end)),
    )
    if any(fsum(one.height + LABEL_GAP for one in side) - LABEL_GAP > lower - upper for side, (upper, lower) in sides):
        return _place_between(entries, axis, (axis.top, end))  # too many in too short a time for one side
    return [placed for side, ends in sides for placed in _place_between(side, axis, ends)]


def _place_between(entries: Sequence[LaneEntry], axis: LaneAxis, ends: tuple[float, float]) -> list[PlacedEntry]:
    least = 2 * (RADIUS + HALO)
    lower = min(ends[1], axis.bottom)
    tops = spread([axis.place(entry.day) for entry in entries], [least] * len(entries), ends[0], lower, gap=0.0)
    dots = [top + least / 2 for top in tops]
    heights = [entry.height for entry in entries]
    wanted = [dot - axis.inset + height / 2 for dot, height in zip(dots, heights, strict=True)]
    words = spread(wanted, heights, *ends, gap=LABEL_GAP)
    return [PlacedEntry(entry=entry, dot=dot, top=top) for entry, dot, top in zip(entries, dots, words, strict=True)]
