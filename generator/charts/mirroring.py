"""Charts of languages that are read from the right: which are mirrored, and which stay as they are.

Rows of bars, tables, trees and legends are read as text is, from the right. Time and scales of numbers run to the right in
scripts that are read from the right, too, as most newspapers and schoolbooks draw them there; places stay where a map has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..records.struct import replace
from ..wording.language_names import reads_from_right
from .scene import Label, Scene, Shape

if TYPE_CHECKING:
    from .resolved_spec import ResolvedSpec

# Marks whose horizontal direction is that of reading. An installed mark says itself how it is drawn.
_MIRRORED = frozenset(
    {
        *("areas", "bar_table", "bars", "counts", "dated_bars", "diverging_bars", "dumbbell", "flows", "heatmap", "matrix"),
        *("organisation", "pairs", "ranges", "stack", "timeline", "waffle", "waterfall"),
    }
)
_UPRIGHT = frozenset({"grouped_bars", "stacked_bars"})  # which stand side by side in time, unless they lie
_ANCHORS = {"start": "end", "end": "start", "middle": "middle"}


def is_mirrored(spec: ResolvedSpec) -> bool:
    """Whether a chart runs from the right."""
    if not reads_from_right(spec.texts.language.locale):
        return False
    return spec.chart.mark in _MIRRORED or (spec.chart.mark in _UPRIGHT and not _stands_in_time(spec))


def _stands_in_time(spec: ResolvedSpec) -> bool:
    return bool(spec.periods()) and spec.choice("direction", "vertical") == "vertical"


def mirror_scene(scene: Scene) -> Scene:
    """The scene with left and right exchanged; texts stay readable."""
    return replace(scene, shapes=tuple(mirrored(scene.shapes, scene.width)))


def legend_from_reading_side(spec: ResolvedSpec, shapes: list[Shape], width: float) -> list[Shape]:
    """A legend that begins at the right where its language does, also in a chart that stays as it is."""
    stays = reads_from_right(spec.texts.language.locale) and not is_mirrored(spec)
    return mirrored(shapes, width) if stays else shapes


def mirrored(shapes: Iterable[Shape], width: float) -> list[Shape]:
    """The shapes with left and right exchanged within a width."""
    return [
        replace(shape, x=width - shape.x, anchor=_ANCHORS[shape.anchor])
        if isinstance(shape, Label)
        else replace(shape, points=tuple((width - x, y) for x, y in shape.points))
        for shape in shapes
    ]
