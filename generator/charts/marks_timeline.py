"""Timeline: events on a vertical axis that is true to time as far as their dots do not overlap, with leader lines to labels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from math import fsum

from ..model.report import Event
from ..records.struct import Struct
from .legend import SYMBOL_WIDTH, legend
from .marks_timeline_lanes import timeline_lanes
from .resolved_spec import ResolvedSpec
from .scene import Patch, Scene, Shape, circle, line, text_block, text_height
from .text_layout import wrap
from .theme import CONTEXT_COLOUR, Canvas

_GUTTER = {"wide": 34.0, "narrow": 48.0}  # between the axis and the labels
_LANE, _BEFORE_LANES, _BEHIND_LANES = 5.0, 10.0, 12.0  # between the vertical parts of leader lines, and around them
_RADIUS, _HALO = 5.0, 1.6
_DOT_DISTANCE = 2 * (_RADIUS + _HALO)  # the least one between centres
_LABEL_GAP = 9.0
_LEADER_HEIGHT = 0.66  # from the top of a date to where its leader line arrives, in font sizes


class _EventLabel(Struct, kw_only=True):
    """The label of an event, with the heights of its dot and its upper edge, and the lane of its leader line."""

    event: Event
    date: str
    title: tuple[str, ...]
    height: float
    dot: float = 0.0
    top: float = 0.0
    lane: int = 0

    def arrival(self, canvas: Canvas) -> float:
        """The height at which the leader line arrives."""
        return self.top + canvas.small_size * _LEADER_HEIGHT


def timeline(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The events in order of time, their labels on alternate sides of the axis, or at its right on a narrow canvas."""
    if spec.records("lanes"):
        return timeline_lanes(spec, canvas)
    events = spec.events()
    axis = 8.0 if canvas.narrow else canvas.width / 2
    label_width = canvas.width - axis - _GUTTER[canvas.name]
    labels = [_label(spec, event, canvas, label_width) for event in events]
    sides = [labels] if canvas.narrow else [labels[::2], labels[1::2]]
    height = max(fsum(label.height + _LABEL_GAP for label in side) for side in sides)
    _place_dots(labels, height, canvas)
    for side in sides:
        _place_labels(side, height, canvas)
        _assign_lanes(side, canvas)
    shapes: list[Shape] = [line(((axis, 0), (axis, height)), stroke="muted", stroke_width=1.6)]
    for number, side in enumerate(sides):
        direction = 1 if canvas.narrow or number else -1
        available = _GUTTER[canvas.name] - _BEFORE_LANES - _BEHIND_LANES
        lane_width = min(_LANE, available / max(*(label.lane for label in side), 1))
        for label in side:
            shapes += _label_shapes(label, axis, direction, lane_width, canvas)
    shapes += [circle(axis, label.dot, _RADIUS + _HALO, fill="paper") for label in labels]
    shapes += [_dot(axis, label.dot, later=label.event.after_article) for label in labels]
    if len({event.after_article for event in events}) == 1 or not spec.flag("legend", default=True):
        return Scene(width=canvas.width, height=height, shapes=tuple(shapes))
    entries = [(partial(_symbol, later=later), spec.word(word)) for word, later in (("before", False), ("after", True))]
    symbols, more = legend(entries, canvas, height + 12)
    return Scene(width=canvas.width, height=height + 12 + more, shapes=(*shapes, *symbols))


def _dot(x: float, y: float, *, later: bool) -> Patch:
    """The dot of an event: in the accent, or grey for one before the article that the report checks."""
    colour = "c1" if later else CONTEXT_COLOUR
    return circle(x, y, _RADIUS, fill=colour, stroke=colour, stroke_width=2)


def _symbol(x: float, middle: float, *, later: bool) -> list[Patch]:
    return [_dot(x + SYMBOL_WIDTH / 2, middle, later=later)]


def _label(spec: ResolvedSpec, event: Event, canvas: Canvas, width: float) -> _EventLabel:
    title = wrap(spec.texts.fill(event.title), canvas.text_size, width)
    return _EventLabel(
        event=event,
        date=spec.texts.word_period(event.date),
        title=title,
        height=text_height(("",), canvas.small_size) + text_height(title, canvas.text_size),
    )


def _place_dots(labels: Sequence[_EventLabel], height: float, canvas: Canvas) -> None:
    """Place dots in proportion to time, then move those that overlap as little as possible, within the axis and in order."""
    top = canvas.small_size * _LEADER_HEIGHT
    bottom = height - top
    first = labels[0].event.date.first.toordinal()
    last = max(label.event.date.last for label in labels).toordinal()
    for label in labels:
        label.dot = top + (height - 2 * top) * (label.event.date.first.toordinal() - first) / max(last - first, 1)
    distance = min(_DOT_DISTANCE, (bottom - top) / max(len(labels) - 1, 1))
    for before, label in pairwise(labels):
        label.dot = max(label.dot, before.dot + distance)
    lowest = bottom
    for label in reversed(labels):
        label.dot = min(label.dot, lowest)
        lowest = label.dot - distance


def _place_labels(side: Sequence[_EventLabel], height: float, canvas: Canvas) -> None:
    """Place every label near its dot without overlaps: first down from the top, then back up from the bottom."""
    highest = 0.0
    for label in side:
        label.top = max(label.dot - canvas.small_size * _LEADER_HEIGHT, highest)
        highest = label.top + label.height + _LABEL_GAP
    lowest = height
    for label in reversed(side):
        label.top = min(label.top, lowest - label.height)
        lowest = label.top - _LABEL_GAP


def _assign_lanes(side: Sequence[_EventLabel], canvas: Canvas) -> None:
    """Give the vertical part of every leader line a lane, so that none crosses another; outer lanes have higher numbers."""
    for index, label in reversed(list(enumerate(side))):
        arrival = label.arrival(canvas)
        if arrival >= label.dot:  # downwards: outside of those that begin before it arrives
            following = (other for other in side[index + 1 :] if other.arrival(canvas) >= other.dot)
            inner = [other for other in following if other.dot <= arrival + _LANE]
            label.lane = max((other.lane + 1 for other in inner), default=0)
    for index, label in enumerate(side):
        arrival = label.arrival(canvas)
        if arrival < label.dot:
            preceding = (other for other in side[:index] if other.arrival(canvas) < other.dot)
            inner = [other for other in preceding if other.dot >= arrival - _LANE]
            label.lane = max((other.lane + 1 for other in inner), default=0)


def _label_shapes(label: _EventLabel, axis: float, direction: int, lane_width: float, canvas: Canvas) -> list[Shape]:
    """The leader line and the words of a label at the right (1) or the left (-1) of the axis."""
    arrival, gutter = label.arrival(canvas), _GUTTER[canvas.name]
    turn = axis + direction * (_BEFORE_LANES + lane_width * label.lane)
    leader = ((axis, label.dot), (turn, label.dot), (turn, arrival), (axis + direction * (gutter - 6), arrival))
    x, anchor = axis + direction * gutter, "start" if direction > 0 else "end"
    title_top = label.top + text_height(("",), canvas.small_size)
    return [
        line(leader, stroke="muted", stroke_width=1),
        *text_block([label.date], x, label.top, canvas.small_size, colour="muted", anchor=anchor),
        *text_block(label.title, x, title_top, canvas.text_size, anchor=anchor),
    ]
