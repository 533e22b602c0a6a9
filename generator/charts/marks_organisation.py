"""Organisation: a tree of boxes, one root and its branches."""

from __future__ import annotations

from collections.abc import Mapping

from .resolved_spec import ResolvedSpec
from .scene import Scene, Shape, line, rectangle, text_block, text_height
from .text_layout import wrap
from .theme import Canvas

_ABREAST = 5  # more boxes do not fit side by side

_PAD, _GAP, _STEM = 10.0, 14.0, 22.0


def organisation(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The root above its branches; where they would be cramped, the branches below each other."""
    root, nodes = spec.record("root"), spec.records("nodes")
    beside = not canvas.narrow and len(nodes) <= _ABREAST
    wide = (canvas.width - 2 - _GAP * (len(nodes) - 1)) / len(nodes) if beside else canvas.width - 2 - _STEM
    root_wide = min(canvas.width - 2, 380.0) if beside else canvas.width - 2
    root_left = (canvas.width - root_wide) / 2 if beside else 1.0
    shapes, bottom = _card(spec, root, canvas, "c1", left=root_left, top=1.0, wide=root_wide)
    if beside:
        tall = max(_card(spec, node, canvas, "c6", left=0, top=0, wide=wide)[1] for node in nodes)
        rail, top = bottom + _STEM / 2, bottom + _STEM
        lefts = [1 + number * (wide + _GAP) for number in range(len(nodes))]
        shapes.append(line(((canvas.width / 2, bottom), (canvas.width / 2, rail)), stroke="muted"))
        shapes.append(line(((lefts[0] + wide / 2, rail), (lefts[-1] + wide / 2, rail)), stroke="muted"))
        for node, left in zip(nodes, lefts, strict=True):
            shapes.append(line(((left + wide / 2, rail), (left + wide / 2, top)), stroke="muted"))
            shapes += _card(spec, node, canvas, "c6", left=left, top=top, wide=wide, tall=tall)[0]
        return Scene(width=canvas.width, height=top + tall + 1, shapes=tuple(shapes))
    rail, y = 1 + _STEM / 2, bottom
    for node in nodes:
        found, end = _card(spec, node, canvas, "c6", left=1 + _STEM, top=y + _GAP, wide=wide)
        middle = (y + _GAP + end) / 2
        shapes += [line(((rail, middle), (1 + _STEM, middle)), stroke="muted"), *found]
        y = end
    if nodes:
        shapes.append(line(((rail, bottom), (rail, middle)), stroke="muted"))
    return Scene(width=canvas.width, height=y + 1, shapes=tuple(shapes))


def _card(
    spec: ResolvedSpec,
    node: Mapping[str, object],
    canvas: Canvas,
    colour: str,
    *,
    left: float,
    top: float,
    wide: float,
    tall: float = 0.0,
) -> tuple[list[Shape], float]:
    """A box with a name and a note, at least so tall; and its bottom."""
    limit = wide - 2 * _PAD
    name = wrap(spec.text_of(node, "label"), canvas.text_size, limit, bold=True)
    note = wrap(spec.text_of(node, "note"), canvas.small_size, limit) if "note" in node else ()
    words = text_height(name, canvas.text_size) + text_height(note, canvas.small_size)
    bottom = top + max(tall, 2 * _PAD + words)
    middle, y = left + wide / 2, (top + bottom - words) / 2 - 1
    shapes: list[Shape] = [rectangle(left, top, left + wide, bottom, fill=f"{colour}-soft", stroke=colour)]
    shapes += text_block(name, middle, y, canvas.text_size, anchor="middle", bold=True)
    shapes += text_block(note, middle, y + text_height(name, canvas.text_size), canvas.small_size, anchor="middle")
    return shapes, bottom
