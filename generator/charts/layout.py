"""Layout of a chart: from its specification to a scene graph, by the function of its mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from .installed_marks import draw_installed
from .mirroring import is_mirrored, mirror_scene
from .resolved_spec import ResolvedSpec
from .scene import Scene, with_top_margin
from .theme import CANVASES, Canvas

if TYPE_CHECKING:
    from ..model.report import Chart, Edition
    from ..wording.texts import Texts

# By the `mark` that a chart's specification names: the module of this room and the function, loaded when it is drawn.
MARKS: Mapping[str, str] = {
    "bars": "marks_bars.bars",
    "pairs": "marks_pairs.pairs",
    "ranges": "marks_ranges.ranges",
    "trend": "marks_trend.trend",
    "loglog": "marks_loglog.loglog",
    "stack": "marks_stack.stack",
    "areas": "marks_areas.areas",
    "organisation": "marks_organisation.organisation",
    "flows": "marks_flows.flows",
    "timeline": "marks_timeline.timeline",
    "matrix": "marks_matrix.matrix",
    "counts": "marks_counts.counts",
    "line": "marks_line.lines",
    "area": "marks_filled.area",
    "stacked_area": "marks_filled.stacked_area",
    "grouped_bars": "marks_series_bars.grouped_bars",
    "stacked_bars": "marks_series_bars.stacked_bars",
    "diverging_bars": "marks_diverging.diverging_bars",
    "slope": "marks_slope.slope",
    "dated_bars": "marks_dated_bars.dated_bars",
    "dumbbell": "marks_dumbbell.dumbbell",
    "scatter": "marks_scatter.scatter",
    "histogram": "marks_histogram.histogram",
    "heatmap": "marks_heatmap.heatmap",
    "waterfall": "marks_waterfall.waterfall",
    "small_multiples": "marks_multiples.small_multiples",
    "range_outcome": "marks_range_outcome.range_outcome",
    "waffle": "marks_waffle.waffle",
    "tile_map": "marks_tile_map.tile_map",
    "bar_table": "marks_bar_table.bar_table",
}


def lay_out(chart: Chart, edition: Edition, texts: Texts, *, width: str = "wide") -> Scene:
    """The scene of a chart in one language, for the `wide` or the `narrow` canvas; nothing is drawn."""
    return lay_out_spec(ResolvedSpec.of(chart, edition, texts), CANVASES[width])


def lay_out_spec(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The scene of a chart whose facts and words are looked up."""
    scene = with_top_margin(_drawing_of(spec.chart.mark)(spec, canvas))
    return mirror_scene(scene) if is_mirrored(spec) else scene


def _drawing_of(mark: str) -> Callable[[ResolvedSpec, Canvas], Scene]:
    if mark not in MARKS:
        return draw_installed
    module, _, name = MARKS[mark].partition(".")
    draw: Callable[[ResolvedSpec, Canvas], Scene] = getattr(import_module(f".{module}", __package__), name)
    return draw
