"""Layout of a chart: from its specification to a scene graph, by the function of its mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from . import (
    marks_areas,
    marks_bars,
    marks_counts,
    marks_flows,
    marks_loglog,
    marks_matrix,
    marks_organisation,
    marks_pairs,
    marks_ranges,
    marks_stack,
    marks_timeline,
    marks_trend,
)
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
}


def lay_out(chart: Chart, edition: Edition, texts: Texts, *, width: str = "wide") -> Scene:
    """The scene of a chart in one language, for the `wide` or the `narrow` canvas; nothing is drawn."""
    return lay_out_spec(ResolvedSpec(chart, edition, texts), CANVASES[width])


def lay_out_spec(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The scene of a chart whose facts and words are looked up."""
    return MARKS[spec.chart.mark](spec, canvas)
