"""An organisation before and after: each unit of a tree beside what has become of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from .legend import SYMBOL_WIDTH, legend
from .resolved_spec import ResolvedSpec
from .scene import Patch, Scene, Shape, line, polygon, rectangle, tag_row, text_block, text_height
from .text_layout import wrap
from .theme import CONTEXT_COLOUR, Canvas

_PADDING, _GAP, _INDENT, _ARROW = 9.0, 9.0, 22.0, 36.0  # inside a box, between rows, of branches, between before and after
_BEFORE = 0.52  # of the canvas width


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    """Lines of words in a box: bold ones, and plain ones below."""

    bold: tuple[str, ...]
    plain: tuple[str, ...]
    canvas: Canvas

    @property
    def height(self) -> float:
        """The height of the words."""
        return text_height(self.bold, self.canvas.text_size) + text_height(self.plain, self.canvas.small_size)

    def draw(self, place: tuple[float, float, float, float], row: int, *, fill: str, stroke: str) -> list[Shape]:
        """The box at its left, top, right and bottom, and its words in the middle of its height."""
        left, top, right, bottom = place
        y = (top + bottom - self.height) / 2 - 1
        shapes: list[Shape] = [rectangle(left, top, right, bottom, fill=fill, stroke=stroke, row=row)]
        shapes += text_block(self.bold, left + _PADDING, y, self.canvas.text_size, bold=True)
        y += text_height(self.bold, self.canvas.text_size)
        return [*shapes, *text_block(self.plain, left + _PADDING, y, self.canvas.small_size)]


def change_of(spec: ResolvedSpec, node: Mapping[str, object]) -> str:
    """What has become of a unit, in one text."""
    outcome, then = (spec.text_of(node, key) for key in ("outcome", "then"))
    return spec.noted(outcome, then) if outcome else then


def before_and_after(spec: ResolvedSpec, nodes: Sequence[Mapping[str, object]], canvas: Canvas) -> Scene:
    """The root and its branches in rows, each with an arrow to what has become of it: beside it, or below it."""
    shapes, top = _headings(spec, canvas)
    rail, stubs, start = 1 + _INDENT / 2, list[float](), top
    split = canvas.width * _BEFORE
    for row, node in enumerate(nodes):
        left = 1.0 if row == 0 else 1 + _INDENT
        right = canvas.width - 1 if canvas.narrow else split
        colour = "c1" if node.get("emphasis") is True else CONTEXT_COLOUR
        before = _box(spec, node, ("label", "note"), right - left, canvas)
        after_left = left + _ARROW if canvas.narrow else split + _ARROW
        after = _box(spec, node, ("outcome", "then"), canvas.width - 1 - after_left, canvas)
        boxed = after.bold or not any("outcome" in one for one in nodes)  # beside outcomes, mere words have no box
        height = before.height + 2 * _PADDING
        if not canvas.narrow:
            height = max(height, after.height + 2 * _PADDING)
        bottom = top + height
        shapes += before.draw((left, top, right, bottom), row, fill=f"{colour}-soft", stroke=colour)
        if row:
            stubs.append((top + bottom) / 2)
        else:
            start = bottom
        if after.bold or after.plain:
            if canvas.narrow:
                top, bottom = bottom + 5, bottom + 5 + after.height + 2 * _PADDING
                x, middle = left + _ARROW / 2, (top + bottom) / 2
                shapes += tag_row(row, _arrow([(x, top - 4), (x, middle), (after_left - 3, middle)]))
            else:
                middle = (top + bottom) / 2
                shapes += tag_row(row, _arrow([(right + 4, middle), (after_left - 4, middle)]))
            fill = f"{colour}-soft" if node.get("emphasis") is True and after.bold else "paper"
            place = (after_left, top, canvas.width - 1, bottom)
            shapes += after.draw(place, row, fill=fill, stroke=colour if boxed else "paper")
        top = bottom + _GAP
    if stubs:
        shapes.append(line(((rail, start), (rail, stubs[-1])), stroke="muted"))
        shapes += [line(((rail, y), (1 + _INDENT, y)), stroke="muted") for y in stubs]
    return Scene(width=canvas.width, height=top - _GAP + 1, shapes=tuple(shapes))


def _box(spec: ResolvedSpec, node: Mapping[str, object], keys: tuple[str, str], width: float, canvas: Canvas) -> _Box:
    bold, plain = (spec.text_of(node, key) for key in keys)
    room = width - 2 * _PADDING
    return _Box(
        bold=wrap(bold, canvas.text_size, room, bold=True) if bold else (),
        plain=wrap(plain, canvas.small_size, room) if plain else (),
        canvas=canvas,
    )


def _headings(spec: ResolvedSpec, canvas: Canvas) -> tuple[list[Shape], float]:
    """What is before and what is after, above their columns; as a key where they stand below each other."""
    words, size = [spec.phrase(key) for key in ("from_label", "to_label")], canvas.small_size
    if not any(words):
        return [], 1.0
    if canvas.narrow:
        entries = [
            (partial(_swatch, fill), word) for fill, word in zip((f"{CONTEXT_COLOUR}-soft", "paper"), words, strict=True)
        ]
        shapes, height = legend([entry for entry in entries if entry[1]], canvas, 0)
        return shapes, height + 8
    right = canvas.width * _BEFORE + _ARROW
    lines = [wrap(words[0], size, canvas.width * _BEFORE), wrap(words[1], size, canvas.width - right)]
    height = max(text_height(one, size) for one in lines)
    before, after = (text_block(one, x, 0, size, colour="muted", bold=True) for one, x in zip(lines, (0.0, right), strict=True))
    return [*before, *after], height + 5


def _swatch(fill: str, x: float, middle: float) -> list[Patch]:
    return [rectangle(x, middle - 6, x + SYMBOL_WIDTH, middle + 6, fill=fill, stroke=CONTEXT_COLOUR)]


def _arrow(points: Sequence[tuple[float, float]]) -> list[Patch]:
    """A line with a head at its end, which points to the right."""
    x, y = points[-1]
    return [
        line(points, stroke="muted", stroke_width=1.4),
        polygon(((x, y), (x - 7, y - 4), (x - 7, y + 4)), fill="muted"),
    ]
