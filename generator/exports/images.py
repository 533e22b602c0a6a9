"""Pictures in dots, for where SVG is of no use: a chart with its title and sources, and the card that stands for a shared page.

Both are scenes like every chart, drawn by the same hand in the light scheme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..charts.layout import lay_out
from ..charts.scene import Label, Scene, Shape, line, rectangle, text_block, text_height
from ..charts.text_layout import text_width, wrap
from ..model.report import Chart, Edition
from ..model.sources import Source
from ..pages.page import Page
from ..wording import citations
from ..wording.formatting import SHORT
from ..wording.texts import Texts

CARD = (600.0, 315.0)  # drawn at two dots to the pixel: 1200 x 630
MARGIN = 20.0
_TITLE, _SMALL, _GAP = 18.0, 11.5, 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card says: the report's name, the page's title, a figure with what it is, and a line at the foot."""

    report: str
    title: str
    figure: str
    label: str
    foot: str


# --- charts -----------------------------------------------------------------------------------


def chart_sources(chart: Chart, edition: Edition) -> tuple[Source, ...]:
    """Who a chart's numbers come from, each once, in the order of the chart."""
    cited = [one.source for key in chart.facts for one in edition.facts[key].evidence]
    cited += [source for key in chart.series for row in edition.series[key].rows for source in row.sources]
    return tuple({source.id: source for source in cited}.values())


def chart_lines(chart: Chart, texts: Texts) -> tuple[str, str, str]:
    """What a chart needs where it stands alone: its title, who its numbers come from, and whose chart it is."""
    word = texts.language.word
    publishers = dict.fromkeys(source.publisher for source in chart_sources(chart, texts.edition))
    named = word("text.titled").replace("{0}", word("part_sources")).replace("{1}", word("cite.list").join(publishers))
    return texts.fill(chart.title), named if publishers else "", citations.plain(texts, citations.report_reference(texts))


def chart_scene(chart: Chart, edition: Edition, texts: Texts) -> Scene:
    """A chart in its wide format between its title and its sources."""
    drawn = lay_out(chart, edition, texts)
    title, sources, report = chart_lines(chart, texts)
    heading = wrap(title, _TITLE, drawn.width, bold=True)
    foot = [row for text in (sources, report) if text for row in wrap(text, _SMALL, drawn.width)]
    top = text_height(heading, _TITLE) + _GAP
    below = top + drawn.height + _GAP
    shapes: list[Shape] = [*text_block(heading, 0, 0, _TITLE, bold=True)]
    shapes += (_moved(shape, top) for shape in drawn.shapes)
    shapes += text_block(foot, 0, below, _SMALL, colour="muted")
    return Scene(width=drawn.width, height=below + text_height(foot, _SMALL), shapes=tuple(shapes))


def _moved(shape: Shape, down: float) -> Shape:
    if isinstance(shape, Label):
        return replace(shape, y=shape.y + down)
    return replace(shape, points=tuple((x, y + down) for x, y in shape.points))


# --- cards ------------------------------------------------------------------------------------


def card(page: Page, texts: Texts) -> Card:
    """The card of a page: the first page and the sections show the first fact they speak of, others their description."""
    report, code = texts.edition.report, texts.language.code
    tells = page.uses.facts and page.name in ("index", *report.sections)
    fact = texts.edition.facts[page.uses.facts[0]] if tells else None
    return Card(
        report="" if page.name == "index" else report.title[code],
        title=report.title[code] if page.name == "index" else page.title,
        figure=texts.value(fact, SHORT) if fact else "",
        label=texts.label(fact) if fact else page.description,
        foot=" · ".join((report.publisher[code], texts.word_period(report.as_of))),
    )


def card_scene(told: Card) -> Scene:
    """A card as a scene: a quiet sheet, one colour for the figure."""
    width, height = CARD
    left, inner = 40.0, CARD[0] - 80.0
    shapes: list[Shape] = [
        rectangle(0, 0, width, height, fill="paper"),
        rectangle(0, 0, 10, height, fill="c1"),
        line(((left, height - 52), (left + inner, height - 52)), stroke="grid", stroke_width=1),
    ]
    top = 32.0
    if told.report:
        shapes += text_block([_fitted(told.report, 15, inner)], left, top, 15, colour="muted")
        top += 30
    size, heading = _largest(told.title, inner, sizes=(36.0, 32.0, 28.0, 24.0, 20.0), lines=2)
    shapes += text_block(heading, left, top, size, bold=True)
    base = height - 66
    size, label = _largest(told.label, inner, sizes=(17.0, 15.0, 13.0), lines=2 if told.figure else 4)
    base -= text_height(label, size)
    shapes += text_block(label, left, base, size, colour="muted")
    if told.figure:
        size, figure = _largest(told.figure, inner, sizes=(52.0, 44.0, 36.0, 28.0), lines=1)
        shapes += text_block(figure, left, base - text_height(figure, size) + 2, size, colour="c1", bold=True)
    shapes += text_block([_fitted(told.foot, 14, inner)], left, height - 40, 14, colour="muted")
    return Scene(width=width, height=height, shapes=tuple(shapes))


def _largest(text: str, width: float, *, sizes: Sequence[float], lines: int) -> tuple[float, tuple[str, ...]]:
    """The largest size at which a text takes no more than so many lines; the smallest cuts it."""
    for size in sizes:
        found = wrap(text, size, width, bold=True)
        if len(found) <= lines:
            return size, found
    return sizes[-1], (*found[: lines - 1], _fitted(found[lines - 1] + "…", sizes[-1], width))


def _fitted(text: str, size: float, width: float) -> str:
    """A text cut to a width, with a mark where it was cut."""
    while text and text_width(text, size) > width:
        text = text.removesuffix("…")[:-1] + "…"
    return text
