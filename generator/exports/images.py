"""Scenes of PNG images: a chart with its title and sources, and the picture of a page in link previews.

Both are drawn like charts, in the light colour scheme; lengths are in CSS pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..charts.layout import lay_out
from ..charts.scene import Label, Scene, Shape, line, rectangle, text_block, text_height
from ..charts.text_layout import text_width, wrap
from ..model.report import Chart, Edition
from ..records.struct import replace
from ..wording.texts import Texts
from .image_texts import Card, chart_lines

CARD = (600.0, 315.0)  # width and height; drawn at double resolution: 1200 x 630
MARGIN = 20.0
_TITLE, _MEASURE, _SMALL, _GAP = 18.0, 13.0, 11.5, 14.0
_PARAGRAPH = 0.75  # of the width, for the lines of a paragraph


def chart_scene(chart: Chart, edition: Edition, texts: Texts) -> Scene:
    """A chart in its wide format, with its title and measure above, and its note and sources below."""
    scene = lay_out(chart, edition, texts)
    title, sources, report = chart_lines(chart, texts)
    heading = wrap(title, _TITLE, scene.width, bold=True)
    measure, note = (texts.fill(text) if text is not None else "" for text in (chart.measure, chart.note))
    above = wrap(measure, _MEASURE, scene.width, least=_PARAGRAPH) if measure else ()
    foot = [row for text in (note, sources, report) if text for row in wrap(text, _SMALL, scene.width, least=_PARAGRAPH)]
    top = text_height(heading, _TITLE) + text_height(above, _MEASURE) + _GAP
    below = top + scene.height + _GAP
    shapes: list[Shape] = [*text_block(heading, 0, 0, _TITLE, bold=True)]
    shapes += text_block(above, 0, text_height(heading, _TITLE), _MEASURE, colour="muted")
    shapes += (_moved_down(shape, top) for shape in scene.shapes)
    shapes += text_block(foot, 0, below, _SMALL, colour="muted")
    return Scene(width=scene.width, height=below + text_height(foot, _SMALL), shapes=tuple(shapes))


def _moved_down(shape: Shape, offset: float) -> Shape:
    if isinstance(shape, Label):
        return replace(shape, y=shape.y + offset)
    return replace(shape, points=tuple((x, y + offset) for x, y in shape.points))


def card_scene(card: Card) -> Scene:
    """The picture of a card."""
    width, height = CARD
    left, inner = 40.0, CARD[0] - 80.0
    shapes: list[Shape] = [
        rectangle(0, 0, width, height, fill="paper"),
        rectangle(0, 0, 10, height, fill="c1"),
        line(((left, height - 52), (left + inner, height - 52)), stroke="grid", stroke_width=1),
    ]
    top = 32.0
    if card.report:
        shapes += text_block([_fitted(card.report, 15, inner)], left, top, 15, colour="muted")
        top += 30
    size, heading = _largest(card.title, inner, sizes=(36.0, 32.0, 28.0, 24.0, 20.0), lines=2)
    shapes += text_block(heading, left, top, size, bold=True)
    bottom = height - 66
    size, label = _largest(card.label, inner, sizes=(17.0, 15.0, 13.0), lines=2 if card.value else 4)
    bottom -= text_height(label, size)
    shapes += text_block(label, left, bottom, size, colour="muted")
    if card.value:
        size, value = _largest(card.value, inner, sizes=(52.0, 44.0, 36.0, 28.0), lines=1)
        shapes += text_block(value, left, bottom - text_height(value, size) + 2, size, colour="c1", bold=True)
    shapes += text_block([_fitted(card.footer, 14, inner)], left, height - 40, 14, colour="muted")
    return Scene(width=width, height=height, shapes=tuple(shapes))


def _largest(text: str, width: float, *, sizes: Sequence[float], lines: int) -> tuple[float, tuple[str, ...]]:
    """The largest of some sizes at which a text fits into a number of lines, and the lines; cut at the smallest size."""
    for size in sizes:
        rows = wrap(text, size, width, bold=True)
        if len(rows) <= lines:
            return size, rows
    return sizes[-1], (*rows[: lines - 1], _fitted(rows[lines - 1] + "…", sizes[-1], width))


def _fitted(text: str, size: float, width: float) -> str:
    """A text cut to a width, with an ellipsis where it was cut."""
    while text and text_width(text, size) > width:
        text = text.removesuffix("…")[:-1] + "…"
    return text
