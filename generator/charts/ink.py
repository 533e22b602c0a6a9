"""A Scene becomes SVG text: the one place where matplotlib draws.

No pyplot, no axes and no layout engine: the scene knows its places already. Date and hash salt are fixed, so the same
scene gives the same bytes.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from generator.charts.scene import Label, Patch, Scene
from generator.charts.theme import INKS
from generator.charts.typeset import font_file

_DPI = 72  # one point is one pixel
_CODES = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4, "Z": Path.CLOSEPOLY}
_ANCHORS: Mapping[str, Literal["left", "center", "right"]] = {"start": "left", "middle": "center", "end": "right"}
_NOTHING = dict.fromkeys(("Date", "Creator", "Format", "Type"))


def paint(scene: Scene) -> str:
    """The scene as matplotlib writes it, in sentinel colours."""
    figure = _figure()
    figure.clear()
    figure.patch.set_visible(False)
    figure.set_size_inches(scene.width / _DPI, scene.height / _DPI)
    for artist in artists(scene):
        figure.add_artist(artist)
    written = io.StringIO()
    settings = mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "charts", "hatch.linewidth": 1.1})
    with settings, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the reader's browser has its own fonts
        figure.canvas.print_figure(written, format="svg", metadata=_NOTHING)
    return written.getvalue()


def artists(scene: Scene) -> Iterator[PathPatch | Text]:
    """What matplotlib draws for each shape, in sentinel colours; one unit is one pixel, from the bottom left corner."""
    place = Affine2D().scale(1, -1).translate(0, scene.height)
    for shape in scene.shapes:
        yield _patch(shape, place) if isinstance(shape, Patch) else _text(shape, place)


@cache
def _figure() -> Figure:
    figure = Figure(dpi=_DPI)
    FigureCanvasSVG(figure)
    return figure


@cache
def _font(size: float, *, bold: bool) -> FontProperties:
    return FontProperties(fname=font_file(), size=size, weight="semibold" if bold else "normal")


def _patch(shape: Patch, place: Affine2D) -> PathPatch:
    return PathPatch(
        Path(shape.points, [_CODES[code] for code in shape.codes]),
        transform=place,
        facecolor=INKS[shape.fill].sentinel if shape.fill else "none",
        edgecolor=INKS[shape.edge].sentinel if shape.edge else "none",
        linewidth=shape.weight if shape.edge else 0,
        linestyle=(0, tuple(part / shape.weight for part in shape.dashes)) if shape.dashes else "solid",
        hatch=shape.hatch or None,
    )


def _text(label: Label, place: Affine2D) -> Text:
    return Text(
        label.x,
        label.y,
        label.text,
        transform=place,
        color=INKS[label.ink].sentinel,
        fontproperties=_font(label.size, bold=label.bold),
        horizontalalignment=_ANCHORS[label.anchor],
        verticalalignment="baseline",
        parse_math=False,
    )
