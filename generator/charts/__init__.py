"""Charts: a spec, an edition and a language become pictures, their description, and their numbers as a table.

Only drawing needs matplotlib, which is loaded when something is drawn first.

Doors:
    draw_formats: a chart as SVG in every width
    lay_out: a chart as a scene, before it is drawn
    describe: a chart in words, as its text alternative
    tabulate: a chart's values as a table
    Drawing: a chart that was drawn
    Table: a chart's values
    options: which keys each mark takes
    raster: a scene as PNG
    scene: shapes and labels at their places
    theme: colours, and the widths of a page
    typeset: the measured width of a text
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import (
    alt,
    marks_areas,
    marks_bars,
    marks_graphs,
    marks_grids,
    marks_loglog,
    marks_ranges,
    marks_timeline,
    marks_trend,
    tables,
)
from .resolved_spec import ResolvedSpec
from .scene import Scene
from .svg import Words, finish
from .tables import Table
from .theme import FORMATS, Format

if TYPE_CHECKING:
    from ..model.report import Chart, Edition
    from ..wording.texts import Texts

__all__ = [
    "Drawing",
    "Table",
    "describe",
    "draw_formats",
    "lay_out",
    "options",
    "raster",
    "scene",
    "tabulate",
    "theme",
    "typeset",
]

MARKS: Mapping[str, Callable[[ResolvedSpec, Format], Scene]] = {
    "bars": marks_bars.bars,
    "pairs": marks_bars.pairs,
    "ranges": marks_ranges.ranges,
    "trend": marks_trend.trend,
    "loglog": marks_loglog.loglog,
    "stack": marks_bars.stack,
    "areas": marks_areas.areas,
    "organisation": marks_graphs.organisation,
    "flows": marks_graphs.flows,
    "timeline": marks_timeline.timeline,
    "matrix": marks_grids.matrix,
    "counts": marks_grids.counts,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart in one language and format: inline SVG, the same as a file of its own, and both in words."""

    svg: str
    standalone: str
    alt: str
    table: Table


def draw_chart(chart: Chart, edition: Edition, texts: Texts, *, width: str = "wide") -> Drawing:
    """Draw a chart for a `wide` (720 px) or `narrow` (340 px) place."""
    return _draw(ResolvedSpec(chart, edition, texts), (width,))[width]


def draw_formats(chart: Chart, edition: Edition, texts: Texts) -> dict[str, Drawing]:
    """A chart in every format; what they say is worded once."""
    return _draw(ResolvedSpec(chart, edition, texts), tuple(FORMATS))


def _draw(brief: ResolvedSpec, widths: Sequence[str]) -> dict[str, Drawing]:
    from .drawing import paint  # noqa: PLC0415  matplotlib is loaded only to draw

    chart, texts = brief.chart, brief.texts
    words = Words(title=texts.fill(chart.title), description=alt.body(brief), locale=texts.language.locale)
    told, table = alt.entitled(brief, words.description), tables.tabulate(brief)
    found = {}
    for width in widths:
        scene = MARKS[chart.mark](brief, FORMATS[width])
        svg, standalone = finish(paint(scene), scene, FORMATS[width], chart.id, words)
        found[width] = Drawing(svg=svg, standalone=standalone, alt=told, table=table)
    return found


def lay_out(chart: Chart, edition: Edition, texts: Texts, *, width: str = "wide") -> Scene:
    """The places of everything in a chart, before any ink."""
    return MARKS[chart.mark](ResolvedSpec(chart, edition, texts), FORMATS[width])


def describe(chart: Chart, edition: Edition, texts: Texts) -> str:
    """The alternative text of a chart."""
    return alt.describe(ResolvedSpec(chart, edition, texts))


def tabulate(chart: Chart, edition: Edition, texts: Texts) -> Table:
    """The numbers of a chart as a table."""
    return tables.tabulate(ResolvedSpec(chart, edition, texts))
