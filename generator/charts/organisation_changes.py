"""An organisation before and after: a line for each unit of a tree, with what has become of it at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ..records.struct import Struct
from .resolved_spec import ResolvedSpec
from .scene import Patch, Scene, Shape, line, polygon, rectangle, text_block, text_height
from .stacking import ink_on
from .text_layout import block_width, text_width, wrap
from .theme import CONTEXT_COLOUR, Canvas

_PADDING, _INDENT, _ARROW = 8.0, 20.0, 24.0  # above and below a unit, of branches, before what has become of one
_BEFORE, _BEFORE_TWO, _LONGEST_TAG = 0.46, 0.41, 0.28  # of the canvas width
_NONE = "\u2014"  # in a column of what else became of units, where nothing is told of one
_TAG_GAP, _TAG_INSET = 16.0, 8.0  # from the word in a tag to what follows, and to its edges


class _Unit(Struct, frozen=True, kw_only=True):
    """A unit of the tree: its name, what it was, the word for its outcome, and what has become of it."""

    row: int
    name: str
    note: str
    outcome: str
    then: str
    emphasis: bool

    @property
    def left(self) -> float:
        """Where its words begin: branches are indented."""
        return _INDENT + _PADDING if self.row else _PADDING


def change_of(spec: ResolvedSpec, node: Mapping[str, object]) -> str:
    """What has become of a unit, in one text."""
    outcome, then = (spec.text_of(node, key) for key in ("outcome", "then"))
    return spec.noted(outcome, then) if outcome else then


def before_and_after(spec: ResolvedSpec, nodes: Sequence[Mapping[str, object]], canvas: Canvas) -> Scene:
    """The root and its branches in lines: their outcomes in tags below each other, and what else became of them beside these.

    On a narrow canvas what else became of a unit stands below it.
    """
    units = [_unit(spec, row, node) for row, node in enumerate(nodes)]
    tag = max(block_width(_outcome(unit, canvas), canvas.small_size, bold=True) for unit in units)
    tag = tag + 2 * _TAG_INSET if tag else 0.0
    later = spec.phrase("then_label")
    column = tag
    if later and tag and not canvas.narrow:  # two columns, each as wide as what stands above it
        column = max(tag, text_width(spec.phrase("to_label"), canvas.small_size, bold=True))
    shapes, top = _headings(spec, column, later, canvas)
    rail, stubs, start = _INDENT / 2, list[float](), top
    for unit in units:
        if canvas.narrow:
            words, bottom = _below(unit, top + _PADDING, tag, canvas)
        else:
            words, bottom = _beside(unit, top + _PADDING, (tag, column), canvas, in_column=bool(later))
        bottom += _PADDING
        fill = "c1-soft" if unit.emphasis else "paper"
        shapes.append(rectangle(_INDENT if unit.row else 0.0, top, canvas.width, bottom, fill=fill, row=unit.row))
        shapes += [line(((_INDENT if unit.row else 0.0, top), (canvas.width, top)), stroke="grid", stroke_width=1), *words]
        if unit.row:
            stubs.append(top + _PADDING + canvas.text_size * 0.66)
        else:
            start = bottom
        top = bottom
    if stubs:
        shapes.append(line(((rail, start), (rail, stubs[-1])), stroke="muted"))
        shapes += [line(((rail, y), (_INDENT + 3, y)), stroke="muted") for y in stubs]
    return Scene(width=canvas.width, height=top + 1, shapes=tuple(shapes))


def _share_before(later: str) -> float:
    """The share of the width for what the units were: less where two columns follow."""
    return _BEFORE_TWO if later else _BEFORE


def _unit(spec: ResolvedSpec, row: int, node: Mapping[str, object]) -> _Unit:
    name, note, outcome, then = (spec.text_of(node, key) for key in ("label", "note", "outcome", "then"))
    return _Unit(row=row, name=name, note=note, outcome=outcome, then=then, emphasis=node.get("emphasis") is True)


def _beside(
    unit: _Unit, top: float, widths: tuple[float, float], canvas: Canvas, *, in_column: bool
) -> tuple[list[Shape], float]:
    """The words of a unit in columns, and where they end; the widths are of its tag and of the column of tags.

    What else became of it has a column of its own, or begins in that of tags where the unit has none.
    """
    tag, column = widths
    split = canvas.width * _share_before("later" if in_column else "")
    shapes, bottom = _named(unit, top, split - unit.left - _TAG_GAP, canvas)
    tags, end = _tag(unit, split, top, tag, canvas)
    shapes += tags
    x = split + (column + _TAG_GAP if unit.outcome or (in_column and column) else 0.0)
    then = unit.then or (_NONE if in_column else "")
    lines = wrap(then, canvas.small_size, canvas.width - x - _PADDING) if then else ()
    shapes += text_block(lines, x, top + (canvas.text_size - canvas.small_size), canvas.small_size)
    return shapes, max(bottom, end, top + text_height(lines, canvas.small_size))


def _below(unit: _Unit, top: float, tag: float, canvas: Canvas) -> tuple[list[Shape], float]:
    """The words of a unit with its tag at the right, and what else became of it below behind an arrow; and where they end."""
    right = canvas.width - tag - _PADDING
    shapes, bottom = _named(unit, top, (right if unit.outcome else canvas.width) - unit.left - _PADDING, canvas)
    tags, end = _tag(unit, right, top, tag, canvas)
    shapes, bottom = [*shapes, *tags], max(bottom, end)
    if not unit.then:
        return shapes, bottom
    size = canvas.small_size
    lines = wrap(unit.then, size, canvas.width - unit.left - _ARROW - _PADDING)
    shapes += [
        *_arrow(unit.left, bottom + 3 + size * 0.66),
        *text_block(lines, unit.left + _ARROW, bottom + 3, size),
    ]
    return shapes, bottom + 3 + text_height(lines, canvas.small_size)


def _named(unit: _Unit, top: float, room: float, canvas: Canvas) -> tuple[list[Shape], float]:
    """The name of a unit and what it was, and where these end."""
    name = wrap(unit.name, canvas.text_size, room, bold=True)
    note = wrap(unit.note, canvas.small_size, room) if unit.note else ()
    below = top + text_height(name, canvas.text_size)
    words = [
        *text_block(name, unit.left, top, canvas.text_size, bold=True),
        *text_block(note, unit.left, below, canvas.small_size, colour="muted"),
    ]
    return [*words], below + text_height(note, canvas.small_size)


def _outcome(unit: _Unit, canvas: Canvas) -> tuple[str, ...]:
    """The word for an outcome in lines, of which there are several only if it is long."""
    return wrap(unit.outcome, canvas.small_size, canvas.width * _LONGEST_TAG, bold=True) if unit.outcome else ()


def _tag(unit: _Unit, left: float, top: float, width: float, canvas: Canvas) -> tuple[list[Shape], float]:
    """The word for an outcome in a tag, which is filled where the chart is about the unit; and where the tag ends."""
    if not unit.outcome:
        return [], top
    size, lines = canvas.small_size, _outcome(unit, canvas)
    fill, ink = ("c1", ink_on("c1")) if unit.emphasis else (f"{CONTEXT_COLOUR}-soft", "ink")
    words = text_block(lines, left + width / 2, top, size, colour=ink, anchor="middle", bold=True)
    end = top + text_height(lines, size) + 2
    return [rectangle(left, top - 3, left + width, end, fill=fill), *words], end


def _headings(spec: ResolvedSpec, column: float, later: str, canvas: Canvas) -> tuple[list[Shape], float]:
    """What is before, what is after and what came later, above their columns, and where these words end."""
    words, size = [spec.phrase(key) for key in ("from_label", "to_label")], canvas.small_size
    if not any(words):
        return [], 1.0
    if canvas.narrow:
        return _narrow_headings(words, later, canvas)
    split = canvas.width * _share_before(later)
    edges = [_PADDING, split]
    if later:
        words, edges = [*words, later], [*edges, split + column + _TAG_GAP]
    rooms = [end - start for start, end in pairwise([*edges, canvas.width])]
    lines = [
        wrap(word, size, room - (_PADDING if not n else 0), bold=True)
        for n, (word, room) in enumerate(zip(words, rooms, strict=True))
    ]
    blocks = (text_block(one, x, 0, size, colour="muted", bold=True) for one, x in zip(lines, edges, strict=True))
    return [label for block in blocks for label in block], max(text_height(one, size) for one in lines) + 5


def _narrow_headings(words: Sequence[str], later: str, canvas: Canvas) -> tuple[list[Shape], float]:
    """What is before above the names, what is after above the right edge of the tags; what came later behind its arrow."""
    size, room = canvas.small_size, canvas.width / 2 - _PADDING
    (before, after), ahead = (wrap(word, size, room, bold=True) for word in words), list[Shape]()
    shapes, below = text_block(before, _PADDING, 0, size, colour="muted", bold=True), text_height(before, size)
    shapes += text_block(after, canvas.width - _PADDING, 0, size, colour="muted", anchor="end", bold=True)
    if later:
        shapes += text_block([later], _PADDING + _ARROW, below, size, colour="muted", bold=True)
        ahead, below = [*_arrow(_PADDING, below + size * 0.66)], below + text_height(("",), size)
    return [*shapes, *ahead], max(below, text_height(after, size)) + 5


def _arrow(x: float, y: float) -> list[Patch]:
    """An arrow to the right, as wide as what it precedes is indented."""
    end = x + _ARROW - 7
    return [
        line(((x, y), (end, y)), stroke="muted", stroke_width=1.4),
        polygon(((end, y), (end - 6, y - 3.5), (end - 6, y + 3.5)), fill="muted"),
    ]
