"""Drawing of a chart as SVG, with the text alternative and the table that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .alt_text import description, with_title
from .drawn import Drawing
from .layout import lay_out_spec
from .matplotlib_defaults import load_matplotlib
from .resolved_spec import ResolvedSpec
from .tables import tabulate_spec
from .theme import CANVASES

if TYPE_CHECKING:
    from ..model.report import Chart, Edition
    from ..wording.texts import Texts


def draw_chart(chart: Chart, edition: Edition, texts: Texts, *, width: str = "wide") -> Drawing:
    """Draw a chart for the `wide` (720 px) or the `narrow` (340 px) canvas."""
    return _draw(ResolvedSpec.of(chart, edition, texts), (width,))[width]


def draw_widths(chart: Chart, edition: Edition, texts: Texts) -> dict[str, Drawing]:
    """A chart on every canvas, by the canvas's name; its texts are worded once for all."""
    return _draw(ResolvedSpec.of(chart, edition, texts), tuple(CANVASES))


def _draw(spec: ResolvedSpec, widths: Sequence[str]) -> dict[str, Drawing]:
    load_matplotlib()
    from .svg_document import AccessibleText, write_svg  # noqa: PLC0415  as below
    from .svg_paths import render_paths  # noqa: PLC0415  matplotlib is loaded only to draw

    chart, texts = spec.chart, spec.texts
    told = description(spec)
    around = [texts.fill(text) if text is not None else "" for text in (chart.measure, chart.note)]
    accessible = AccessibleText(
        title=texts.fill(chart.title),
        description=spec.sentences([around[0] and spec.word("alt.title", title=around[0]), told, around[1]]),
        locale=texts.language.locale,
        stands_in=spec.stands_in,
    )
    alt, table = with_title(spec, told), tabulate_spec(spec)
    drawings = {}
    for width in widths:
        canvas = CANVASES[width]
        scene = lay_out_spec(spec, canvas)
        svg, standalone = write_svg(render_paths(scene), scene, canvas, chart.id, accessible)
        drawings[width] = Drawing(svg=svg, standalone=standalone, alt=alt, table=table)
    return drawings
