"""Organisation: a tree of boxes, one root and its branches; or each of them beside what has become of it."""

from __future__ import annotations

from collections.abc import Mapping

from .organisation_changes import before_and_after
from .resolved_spec import ResolvedSpec
from .scene import Scene, Shape, line, rectangle, text_block, text_height
from .text_layout import wrap
from .theme import Canvas

_MOST_ABREAST = 5  # branches side by side
_PADDING, _GAP, _STEM = 10.0, 14.0, 22.0  # inside a box, between boxes, between the root and its branches
_ROOT_WIDTH = 380.0


def organisation(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The root above its branches side by side; or the branches below each other where there is not enough space."""
    branches = spec.records("nodes")
    if any({"outcome", "then"} & set(node) for node in (spec.record("root"), *branches)):
        return before_and_after(spec, (spec.record("root"), *branches), canvas)
    if canvas.narrow or not 1 <= len(branches) <= _MOST_ABREAST:
        return _as_list(spec, branches, canvas)
    return _as_tree(spec, branches, canvas)


def _as_tree(spec: ResolvedSpec, branches: tuple[Mapping[str, object], ...], canvas: Canvas) -> Scene:
    root_width = min(canvas.width - 2, _ROOT_WIDTH)
    centre = canvas.width / 2
    shapes, bottom = _box(spec, spec.record("root"), canvas, "c1", left=centre - root_width / 2, top=1.0, width=root_width)
    width = (canvas.width - 2 - _GAP * (len(branches) - 1)) / len(branches)
    height = max(_box(spec, branch, canvas, "c6", left=0, top=0, width=width)[1] for branch in branches)
    rail, top = bottom + _STEM / 2, bottom + _STEM
    lefts = [1 + number * (width + _GAP) for number in range(len(branches))]
    shapes.append(line(((centre, bottom), (centre, rail)), stroke="muted"))
    shapes.append(line(((lefts[0] + width / 2, rail), (lefts[-1] + width / 2, rail)), stroke="muted"))
    for row, (branch, left) in enumerate(zip(branches, lefts, strict=True), start=1):
        shapes.append(line(((left + width / 2, rail), (left + width / 2, top)), stroke="muted"))
        shapes += _box(spec, branch, canvas, "c6", left=left, top=top, width=width, height=height, row=row)[0]
    return Scene(width=canvas.width, height=top + height + 1, shapes=tuple(shapes))


def _as_list(spec: ResolvedSpec, branches: tuple[Mapping[str, object], ...], canvas: Canvas) -> Scene:
    shapes, bottom = _box(spec, spec.record("root"), canvas, "c1", left=1.0, top=1.0, width=canvas.width - 2)
    rail, end, middle = 1 + _STEM / 2, bottom, bottom
    for row, branch in enumerate(branches, start=1):
        top, width = end + _GAP, canvas.width - 2 - _STEM
        box, end = _box(spec, branch, canvas, "c6", left=1 + _STEM, top=top, width=width, row=row)
        middle = (top + end) / 2
        shapes += [line(((rail, middle), (1 + _STEM, middle)), stroke="muted"), *box]
    if branches:
        shapes.append(line(((rail, bottom), (rail, middle)), stroke="muted"))
    return Scene(width=canvas.width, height=end + 1, shapes=tuple(shapes))


def _box(
    spec: ResolvedSpec,
    node: Mapping[str, object],
    canvas: Canvas,
    colour: str,
    *,
    left: float,
    top: float,
    width: float,
    height: float = 0.0,
    row: int = 0,
) -> tuple[list[Shape], float]:
    """A box with the label and the note of a node, a row of the table, at least `height` high; and its lower edge."""
    limit = width - 2 * _PADDING
    label = wrap(spec.text_of(node, "label"), canvas.text_size, limit, bold=True)
    note = wrap(spec.text_of(node, "note"), canvas.small_size, limit) if "note" in node else ()
    label_height = text_height(label, canvas.text_size)
    words_height = label_height + text_height(note, canvas.small_size)
    bottom = top + max(height, 2 * _PADDING + words_height)
    centre, y = left + width / 2, (top + bottom - words_height) / 2 - 1
    shapes: list[Shape] = [rectangle(left, top, left + width, bottom, fill=f"{colour}-soft", stroke=colour, row=row)]
    shapes += text_block(label, centre, y, canvas.text_size, anchor="middle", bold=True)
    shapes += text_block(note, centre, y + label_height, canvas.small_size, anchor="middle")
    return shapes, bottom
