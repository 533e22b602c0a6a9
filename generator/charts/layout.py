"""Layout of a chart: from its specification to a scene graph, by the function of its mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from . import (
    marks_areas,
    marks_bar_table,
    marks_bars,
    marks_counts,
    marks_dated_bars,
    marks_diverging,
    marks_dumbbell,
    marks_filled,
    marks_flows,
    marks_heatmap,
    marks_histogram,
    marks_line,
    marks_loglog,
    marks_matrix,
    marks_multiples,
    marks_organisation,
    marks_pairs,
    marks_range_outcome,
    marks_ranges,
    marks_scatter,
    marks_series_bars,
    marks_slope,
    marks_stack,
    marks_tile_map,
    marks_timeline,
    marks_trend,
    marks_waffle,
    marks_waterfall,
)
from .installed_marks import draw_installed
from .mirroring import is_mirrored, mirror_scene
from .resolved_spec import ResolvedSpec
from .scene import Scene
from .theme import CANVASES, Canvas

if TYPE_CHECKING:
    from ..model.report import Chart, Edition
    from ..wording.texts import Texts

# By the `mark` that a chart's specification names.
MARKS: Mapping[str, Callable[[ResolvedSpec, Canvas], Scene]] = {
    "bars": marks_bars.bars,
    "pairs": marks_pairs.pairs,
    "ranges": marks_ranges.ranges,
    "trend": marks_trend.trend,
    "loglog": marks_loglog.loglog,
    "stack": marks_stack.stack,
    "areas": marks_areas.areas,
    "organisation": marks_organisation.organisation,
    "flows": marks_flows.flows,
    "timeline": marks_timeline.timeline,
    "matrix": marks_matrix.matrix,
    "counts": marks_counts.counts,
    "line": marks_line.lines,
    "area": marks_filled.area,
    "stacked_area": marks_filled.stacked_area,
    "grouped_bars": marks_series_bars.grouped_bars,
    "stacked_bars": marks_series_bars.stacked_bars,
    "diverging_bars": marks_diverging.diverging_bars,
    "slope": marks_slope.slope,
    "dated_bars": marks_dated_bars.dated_bars,
    "dumbbell": marks_dumbbell.dumbbell,
    "scatter": marks_scatter.scatter,
    "histogram": marks_histogram.histogram,
    "heatmap": marks_heatmap.heatmap,
    "waterfall": marks_waterfall.waterfall,
    "small_multiples": marks_multiples.small_multiples,
    "range_outcome": marks_range_outcome.range_outcome,
    "waffle": marks_waffle.waffle,
    "tile_map": marks_tile_map.tile_map,
    "bar_table": marks_bar_table.bar_table,
}


def lay_out(chart: Chart, edition: Edition, texts: Texts, *, width: str = "wide") -> Scene:
    """The scene of a chart in one language, for the `wide` or the `narrow` canvas; nothing is drawn."""
    return lay_out_spec(ResolvedSpec.of(chart, edition, texts), CANVASES[width])


def lay_out_spec(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The scene of a chart whose facts and words are looked up."""
    scene = MARKS.get(spec.chart.mark, draw_installed)(spec, canvas)
    return mirror_scene(scene) if is_mirrored(spec) else scene
