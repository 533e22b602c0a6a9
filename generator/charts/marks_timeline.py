"""Events on an axis that is true to time as far as dots leave each other room, with labels tied to their dots."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from ..model.report import Event
from .legend import SYMBOL_WIDTH, legend
from .resolved_spec import ResolvedSpec
from .scene import Patch, Scene, Shape, circle, line, text_block, text_height
from .text_layout import wrap
from .theme import Canvas

_GUTTER = {"wide": 34.0, "narrow": 48.0}  # between the axis and a label
_LANE, _FIRST, _LAST = 5.0, 10.0, 12.0  # between the upright parts of ties; room before the first, and behind the last
_DOT, _HALO = 5.0, 1.6
_APART = 2 * (_DOT + _HALO)  # the least distance of two dots
_BETWEEN = 9.0
_LEVEL = 0.66  # from the top of a date to where its tie meets it, in heights of its letters


@dataclass(slots=True, kw_only=True)
class _Card:
    """One event's words, where its dot is and where its words have come to stand."""

    event: Event
    date: str
    title: tuple[str, ...]
    tall: float
    dot: float = 0.0
    top: float = 0.0
    lane: int = 0

    def level(self, canvas: Canvas) -> float:
        """The height at which its tie arrives."""
        return self.top + canvas.small_size * _LEVEL


def timeline(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Words on both sides of the axis, or on one where space is narrow."""
    events = spec.events()
    value_axis = 8.0 if canvas.narrow else canvas.width / 2
    limit = canvas.width - value_axis - _GUTTER[canvas.name]
    cards = [_card(spec, event, canvas, limit) for event in events]
    sides = [cards] if canvas.narrow else [cards[::2], cards[1::2]]
    height = max(sum(card.tall + _BETWEEN for card in side) for side in sides)
    pad = canvas.small_size * _LEVEL
    first, last = events[0].date.first.toordinal(), max(event.date.last for event in events).toordinal()
    for card in cards:
        card.dot = pad + (height - 2 * pad) * (card.event.date.first.toordinal() - first) / max(last - first, 1)
    _part(cards, pad, height - pad)
    for side in sides:
        _spread(side, height, canvas)
        _lay_lanes(side, canvas)
    shapes: list[Shape] = [line(((value_axis, 0), (value_axis, height)), stroke="muted", stroke_width=1.6)]
    for number, side in enumerate(sides):
        way = 1 if canvas.narrow or number else -1
        room = _GUTTER[canvas.name] - _FIRST - _LAST
        lane = min(_LANE, room / max(*(card.lane for card in side), 1))
        for card in side:
            shapes += _drawn(card, value_axis, way, lane, canvas)
    shapes += [circle(value_axis, card.dot, _DOT + _HALO, fill="paper") for card in cards]
    shapes += [_dot(value_axis, card.dot, later=card.event.after_article) for card in cards]
    mixed = len({event.after_article for event in events}) > 1
    entries = [(partial(_sign, later=later), spec.word(word)) for word, later in (("before", False), ("after", True))]
    found, more = legend(entries if mixed else [], canvas, height + 12)
    return Scene(width=canvas.width, height=height + (12 + more if mixed else 0), shapes=(*shapes, *found))


def _dot(x: float, y: float, *, later: bool) -> Patch:
    """An event: full, or hollow where the checked source could not know it."""
    return circle(x, y, _DOT, fill="paper" if later else "c1", stroke="c1", stroke_width=2)


def _sign(x: float, middle: float, *, later: bool) -> list[Patch]:
    return [_dot(x + SYMBOL_WIDTH / 2, middle, later=later)]


def _card(spec: ResolvedSpec, event: Event, canvas: Canvas, limit: float) -> _Card:
    title = wrap(spec.texts.fill(event.title), canvas.text_size, limit)
    return _Card(
        event=event,
        date=spec.texts.word_period(event.date),
        title=title,
        tall=text_height(("",), canvas.small_size) + text_height(title, canvas.text_size),
    )


def _spread(side: list[_Card], height: float, canvas: Canvas) -> None:
    """Give every card a place near its dot, none on another."""
    floor = 0.0
    for card in side:
        card.top = max(card.dot - canvas.small_size * _LEVEL, floor)
        floor = card.top + card.tall + _BETWEEN
    ceiling = height
    for card in reversed(side):
        card.top = min(card.top, ceiling - card.tall)
        ceiling = card.top - _BETWEEN


def _part(cards: list[_Card], top: float, bottom: float) -> None:
    """Keep dots from hiding each other: moved as little as it takes, in their order, from the first date to the last."""
    apart = min(_APART, (bottom - top) / max(len(cards) - 1, 1))
    for before, card in pairwise(cards):
        card.dot = max(card.dot, before.dot + apart)
    floor = bottom
    for card in reversed(cards):
        card.dot = min(card.dot, floor)
        floor = card.dot - apart


def _lay_lanes(side: list[_Card], canvas: Canvas) -> None:
    """Give every tie an upright part of its own, so that none crosses another or runs into it."""
    for number, card in reversed(list(enumerate(side))):
        if card.level(canvas) >= card.dot:  # downwards: outside of those that begin before it arrives
            inner = [
                one for one in side[number + 1 :] if one.level(canvas) >= one.dot and one.dot <= card.level(canvas) + _LANE
            ]
            card.lane = max((one.lane + 1 for one in inner), default=0)
    for number, card in enumerate(side):
        if card.level(canvas) < card.dot:
            inner = [one for one in side[:number] if one.level(canvas) < one.dot and one.dot >= card.level(canvas) - _LANE]
            card.lane = max((one.lane + 1 for one in inner), default=0)


def _drawn(card: _Card, value_axis: float, way: int, lane: float, canvas: Canvas) -> list[Shape]:
    level, gutter = card.level(canvas), _GUTTER[canvas.name]
    turn = value_axis + way * (_FIRST + lane * card.lane)
    ties = ((value_axis, card.dot), (turn, card.dot), (turn, level), (value_axis + way * (gutter - 6), level))
    x, anchor = value_axis + way * gutter, "start" if way > 0 else "end"
    return [
        line(ties, stroke="muted", stroke_width=1),
        *text_block([card.date], x, card.top, canvas.small_size, colour="muted", anchor=anchor, bold=True),
        *text_block(card.title, x, card.top + text_height(("",), canvas.small_size), canvas.text_size, anchor=anchor),
    ]
